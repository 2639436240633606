/** The value of a configuration → registries, or findings. Loaded only where there is a configuration. */
import {posix} from 'node:path'
import {knownColumns} from '../model/column.ts'
import {
  type AuditConfig,
  approvalsKeys,
  auditKeys,
  ListConfig,
  type MigrationsConfig,
  migrationKeys,
  type OutputConfig,
  outputForm,
  projectKeys,
  RegistryConfig,
  SingleConfig,
} from '../model/config.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {findClashes} from './clashes.ts'
import {findingsOfIssues} from './config-findings.ts'
import {type ConfigSource, duplicateKeys, type KeyPath, show} from './config-source.ts'

export type ProjectConfig = {
  readonly registries: readonly RegistryConfig[]
  /** `undefined` where the configuration does not speak of migrations. */
  readonly migrations: MigrationsConfig | undefined
  readonly audit: AuditConfig
}

export type Validated = ProjectConfig | {readonly findings: readonly Finding[]}

export async function validateConfig(value: unknown, source: ConfigSource): Promise<Validated> {
  const early = [...duplicateKeys(source), ...unplain(value, source)]
  if (early.length > 0) return {findings: early}
  const isList = typeof value === 'object' && value !== null && 'registries' in value
  const parsed = (isList ? ListConfig : SingleConfig).safeParse(value)
  if (!parsed.success) {
    const keysAt = (path: KeyPath) => keysOf(value, path)
    return {findings: await findingsOfIssues(parsed.error.issues, value, source, keysAt)}
  }
  const registries = ('registries' in parsed.data ? parsed.data.registries : [parsed.data]).map(normalize)
  const {report, findings} = collectFindings(source.file)
  const faults = [...(isList ? nameFaults(registries) : []), ...findClashes(registries, source.file)]
  const {migrations, audit} = parsed.data
  const told = [
    ...faults.map(({registry, keys, reason}) => ({
      path: isList ? ['registries', registry, ...keys] : keys,
      reason,
    })),
    ...(await severityFaults(audit)),
  ]
  for (const {path, ...words} of told)
    report('config-invalid', await source.locate(path, 'value'), {at: show(path, source.prefix), ...words})
  return findings.length > 0 ? {findings} : {registries, migrations: normalizeMigrations(migrations), audit}
}

/** A severity of a rule that there is not would be one that is not in force. */
async function severityFaults({severities}: AuditConfig) {
  if (Object.keys(severities).length === 0) return []
  const {severityFault} = await import('./audit-severities.ts')
  return Object.keys(severities).flatMap((id) => {
    const fault = severityFault(id)
    return fault === undefined ? [] : [{path: ['audit', 'severities', id], ...fault}]
  })
}

function normalizeMigrations(given: string | MigrationsConfig | undefined): MigrationsConfig | undefined {
  if (given === undefined) return undefined
  const config = typeof given === 'string' ? {folder: given} : given
  return {...config, folder: normalizeFolder(config.folder)}
}

function normalizeFolder(folder: string): string {
  return posix.join(folder, '.').replace(/(?<=.)\/$/, '')
}

/**
 * Values that only code can hold. A map or an instance of a class has no keys of its own, and `undefined`
 * stands for a default: taken as they are, they would put other settings into force than are meant.
 */
function unplain(root: unknown, {file, prefix}: ConfigSource): readonly Finding[] {
  const {report, findings} = collectFindings(file)
  const walk = (value: unknown, path: KeyPath): void => {
    const at = show(path, prefix)
    if (value === undefined)
      report('config-invalid', undefined, {at, reason: 'expected a value, not undefined'})
    if (typeof value === 'function') report('config-invalid', undefined, {at, reason: 'expected no function'})
    if (typeof value !== 'object' || value === null) return
    const prototype: unknown = Object.getPrototypeOf(value)
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index])
    else if (prototype !== Object.prototype && prototype !== null) {
      report('config-invalid', undefined, {at, reason: 'expected a plain object'})
    } else for (const [key, item] of Object.entries(value)) walk(item, [...path, key])
  }
  walk(root, [])
  return findings
}

/** One spelling of each path, so that equal paths are equal text. */
function normalize(registry: RegistryConfig): RegistryConfig {
  const outputs = registry.outputs.map((output): OutputConfig => {
    if (typeof output === 'string') return output
    if ('template' in output)
      return {...output, template: posix.normalize(output.template), path: posix.normalize(output.path)}
    return output.path === undefined ? output : {...output, path: posix.normalize(output.path)}
  })
  const document = posix.normalize(registry.document)
  return {
    ...registry,
    outputs,
    document,
    outputDir: normalizeFolder(registry.outputDir),
  }
}

/** Several registries may describe one database, and are told apart there by their names. */
function nameFaults(registries: readonly RegistryConfig[]) {
  if (registries.length < 2) return []
  return registries.flatMap(({name}, registry) => {
    if (name === undefined)
      return [{registry, keys: ['name'], reason: 'expected one, as there are several registries'}]
    const earlier = registries.slice(0, registry).some((other) => other.name === name)
    return earlier ? [{registry, keys: ['name'], reason: 'expected each name once'}] : []
  })
}

/** The keys that the configuration knows at a path. */
function keysOf(root: unknown, path: KeyPath): readonly string[] {
  if (path.at(-1) === 'columns') return knownColumns
  if (path.at(-1) === 'approvals') return approvalsKeys
  if (path.at(-1) === 'schemas') return ['include', 'exclude']
  if (path.at(-2) === 'outputs') {
    const output = path.reduce<unknown>((value, key) => Object(value)[key], root)
    return outputForm(Object(output)).keys
  }
  if (path.at(-1) === 'migrations') return migrationKeys
  if (path.at(-1) === 'audit') return auditKeys
  if (path.at(-2) === 'severities') return ['severity', 'reason']
  const fields = Object.keys(RegistryConfig.shape)
  if (path.length > 0) return fields
  const isList = root !== null && 'registries' in Object(root)
  return [...(isList ? [] : fields), 'registries', ...projectKeys]
}
