/** A folder → the project in it: its root and its registries, or findings about its configuration. */
import {findConfig, type LoadedConfig} from '../io/load-config.ts'
import {knownColumns} from '../model/column.ts'
import {ListConfig, RegistryConfig, SingleConfig} from '../model/config.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {indexLines} from '../source/lines.ts'
import {findingsOfIssues} from './config-findings.ts'

export type Project = {
  /** Absolute; every other path is relative to it. */
  readonly root: string
  /** File name of the configuration, if there is one. */
  readonly file: string | undefined
  readonly registries: readonly RegistryConfig[]
}

export type ProjectResult =
  | {readonly project: Project}
  | {readonly findings: readonly Finding[]; readonly file: string; readonly text: string | undefined}

const defaultDocument = 'docs/SECURITY_EXCEPTIONS.md'

/**
 * @param cwd Absolute folder in or below the project.
 * @param given Path of a configuration, relative to `cwd`.
 * @throws Failure if the configuration cannot be found or loaded.
 */
export async function loadProject(cwd: string, given?: string): Promise<ProjectResult> {
  const config = findConfig(cwd, given, defaultDocument)
  const file = config.file ?? 'the configuration'
  const rejected = (findings: readonly Finding[]) => ({findings, file, text: config.text})

  const loaded = await load(config, file)
  if ('findings' in loaded) return rejected(loaded.findings)
  const {value} = loaded
  const isList = typeof value === 'object' && value !== null && 'registries' in value
  const parsed = (isList ? ListConfig : SingleConfig).safeParse(value)
  if (!parsed.success) {
    const prefix = config.file === 'package.json' ? ['secdef'] : []
    return rejected(await findingsOfIssues(parsed.error.issues, {file, text: config.text, prefix}, keysAt))
  }
  const registries = 'registries' in parsed.data ? parsed.data.registries : [parsed.data]
  const {report, findings} = collectFindings(file)
  if (registries.length > 1) {
    for (const [index, {name}] of registries.entries()) {
      const earlier = registries.findIndex((other) => other.name === name)
      const reason =
        name === undefined ? 'expected a name, as there are several registries' : `\`${name}\` stands twice`
      if (name === undefined || earlier < index)
        report('config-invalid', undefined, {at: `\`registries.${index}.name\``, reason})
    }
  }
  return findings.length > 0
    ? rejected(findings)
    : {project: {root: config.root, file: config.file, registries}}
}

async function load(config: LoadedConfig, file: string): Promise<{value: unknown} | {findings: Finding[]}> {
  try {
    return {value: await config.load()}
  } catch (error) {
    if (!(error instanceof SyntaxError) || config.text === undefined) throw error
    const {report, findings} = collectFindings(file)
    const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? config.text.length)
    const point = indexLines(config.text).pointAt(offset)
    report('config-syntax', {start: point, end: point}, {reason: error.message})
    return {findings}
  }
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
