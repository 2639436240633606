/** The value of a configuration → registries, or findings. Loaded only where there is a configuration. */
import {knownColumns} from '../model/column.ts'
import {ListConfig, RegistryConfig, SingleConfig} from '../model/config.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {type ConfigSource, findingsOfIssues} from './config-findings.ts'

export type Validated =
  | {readonly registries: readonly RegistryConfig[]}
  | {readonly findings: readonly Finding[]}

export async function validateConfig(value: unknown, source: ConfigSource): Promise<Validated> {
  const isList = typeof value === 'object' && value !== null && 'registries' in value
  const parsed = (isList ? ListConfig : SingleConfig).safeParse(value)
  if (!parsed.success) return {findings: await findingsOfIssues(parsed.error.issues, source, keysAt)}
  const registries = 'registries' in parsed.data ? parsed.data.registries : [parsed.data]
  const findings = checkNames(registries, source.file)
  return findings.length > 0 ? {findings} : {registries}
}

/** Several registries may describe one database, and are told apart there by their names. */
function checkNames(registries: readonly RegistryConfig[], file: string): readonly Finding[] {
  const {report, findings} = collectFindings(file)
  if (registries.length < 2) return findings
  for (const [index, {name}] of registries.entries()) {
    const at = `\`registries.${index}.name\``
    const earlier = registries.findIndex((other) => other.name === name)
    if (name === undefined)
      report('config-invalid', undefined, {at, reason: 'expected one, as there are several'})
    else if (earlier < index) report('config-invalid', undefined, {at, reason: `\`${name}\` stands twice`})
  }
  return findings
}

/** The keys that the configuration knows at a path; of an output, those of all its forms. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const last = path.findLast((key) => typeof key === 'string')
  if (last === 'columns') return knownColumns
  if (last === 'schemas') return ['include', 'exclude']
  if (last === 'outputs') return ['target', 'path', 'region', 'records', 'missing', 'template']
  const fields = Object.keys(RegistryConfig.shape)
  return path.length === 0 ? [...fields, 'registries', '$schema'] : fields
}
