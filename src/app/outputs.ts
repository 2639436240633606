/** Configured outputs → what goes where, and what each renders. */
import {posix} from 'node:path'
import {compareCodePoints} from '../model/compare.ts'
import type {OutputConfig, RegistryConfig} from '../model/config.ts'
import {kindIds} from '../model/kind.ts'
import type {Registry} from '../model/registry.ts'
import {targets} from '../targets/index.ts'
import type {TargetInput} from '../targets/target.ts'

/** One output of one registry. `path` is relative to the project's root. */
export type Output = {
  readonly path: string
  /** The region of the file that it goes into; `undefined` for a whole file. */
  readonly region: string | undefined
  /** Path of a project's own template, or the id of a target. */
  readonly source: {readonly template: string} | {readonly target: keyof typeof targets}
  readonly registry: RegistryConfig
  readonly config: OutputConfig
}

export function planOutputs(registry: RegistryConfig): Output[] {
  return registry.outputs.map((config) => {
    if (typeof config === 'string') return builtin(registry, config, {target: config})
    if ('template' in config) {
      const path = posix.normalize(config.path)
      return {path, region: config.region, source: {template: config.template}, registry, config}
    }
    return builtin(registry, config.target, config)
  })
}

function builtin(
  registry: RegistryConfig,
  target: keyof typeof targets,
  config: Exclude<OutputConfig, string>,
): Output {
  const path = config.path ?? posix.join(registry.outputDir, targets[target].file)
  return {path: posix.normalize(path), region: config.region, source: {target}, registry, config}
}

/** What some outputs can say and others cannot. */
type OutputOptions = {
  readonly path?: string | undefined
  readonly records?: boolean | undefined
  readonly missing?: 'notice' | 'error' | undefined
}

/** What a target sees: without places, sorted, so that the same records render to the same bytes. */
export function inputOf({registry: config, config: output, path}: Output, registry: Registry): TargetInput {
  const {records, missing}: OutputOptions = typeof output === 'string' ? {} : output
  const schema = planOutputs(config).find(({source}) => 'target' in source && source.target === 'json-schema')
  const relative = schema && posix.relative(posix.dirname(path), schema.path)
  return {
    source: config.document,
    name: config.name ?? null,
    entries: registry.entries
      .map(({value}) => value)
      .toSorted((a, b) => kindIds.indexOf(a.kind) - kindIds.indexOf(b.kind) || compareCodePoints(a.id, b.id)),
    history: registry.history
      .map(({value}) => value)
      .toSorted((a, b) => compareCodePoints(keyOf(a), keyOf(b))),
    options: {
      records: records ?? true,
      missing: missing ?? 'notice',
      manifestSchema: relative === undefined ? null : relative.startsWith('.') ? relative : `./${relative}`,
      schemas: config.schemas,
    },
  }
}

function keyOf({date, auditor, action}: {date: string; auditor: string; action: string}): string {
  return `${date}\n${auditor}\n${action}`
}
