/** Project → its documents, read into registries. */
import type {RegistryConfig} from '../model/config.ts'
import {Failure} from '../model/failure.ts'
import type {Registry} from '../model/registry.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {decode} from '../source/decode.ts'
import {readRegistry} from '../source/registry.ts'
import {columnsOf} from './columns.ts'
import type {Project} from './project.ts'

export type ReadProjectOptions = {
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: string
  /** Called between slices of a long document with the rows read so far. */
  readonly onRows?: (path: string, count: number) => void
  /** Whether approvals are held against the age and the roster that are configured. Default: true. */
  readonly judgeApprovals?: boolean
}

export type DocumentRead = {readonly config: RegistryConfig; readonly registry: Registry}

export type ProjectRead = {
  readonly documents: readonly DocumentRead[]
  readonly findings: readonly Finding[]
  /** Texts that findings point into, by path. */
  readonly sources: ReadonlyMap<string, string>
}

/** @throws Failure if a document is not there or cannot be read. */
export function readProject(project: Project, options: ReadProjectOptions): ProjectRead {
  const documents: DocumentRead[] = []
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  for (const config of project.registries) {
    const path = config.document
    const bytes = project.files.read(path)
    if (bytes === undefined) {
      throw new Failure(`No document at ${path} in ${project.files.where}`, {
        hint: 'Create it, run where the project is, or name another `document` in secdef.config.json.',
      })
    }
    const read = readDocument(config, bytes, options)
    findings.push(...read.findings)
    if (read.text !== undefined) sources.set(path, read.text)
    if (read.registry) documents.push({config, registry: read.registry})
  }
  return {documents, findings, sources}
}

/** One document, wherever its bytes come from; `undefined` for what bytes that are no text do not give. */
export function readDocument(
  config: RegistryConfig,
  bytes: Uint8Array,
  {today, onRows, judgeApprovals = true}: ReadProjectOptions,
): {registry: Registry | undefined; findings: readonly Finding[]; text: string | undefined} {
  const path = config.document
  const faults = collectFindings(path)
  const text = decode(bytes, faults.report)
  if (text === undefined) return {registry: undefined, findings: faults.findings, text}
  const {registry, findings} = readRegistry(text, {
    path,
    today,
    columns: columnsOf(config),
    ...(judgeApprovals && config.approvals && {approvals: config.approvals}),
    ...(onRows && {onRows: (count) => onRows(path, count)}),
  })
  return {registry, findings, text}
}
