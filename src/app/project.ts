/** A folder → the project in it: its root and its registries, or findings about its configuration. */
import {findConfig, type LoadedConfig} from '../io/load-config.ts'
import {filesOnDisk, type ProjectFiles} from '../io/project-files.ts'
import type {AuditConfig, MigrationsConfig, RegistryConfig} from '../model/config.ts'
import {defaultRegistry} from '../model/default-registry.ts'
import {type Finding, sortFindings} from '../model/rules.ts'

export type Project = {
  /** Absolute; every other path is relative to it. */
  readonly root: string
  /** File name of the configuration, if there is one. */
  readonly file: string | undefined
  /** Where its files are read from. What is written goes to the disk. */
  readonly files: ProjectFiles
  readonly registries: readonly RegistryConfig[]
  /** `undefined` where nobody has named any. */
  readonly migrations: MigrationsConfig | undefined
  readonly audit: AuditConfig
}

/** `root` and `file` are where the configuration is that the findings are about. */
export type RejectedProject = {
  readonly findings: readonly Finding[]
  readonly root: string
  readonly file: string
  readonly text: string | undefined
}

/**
 * @param cwd Absolute folder in or below the project.
 * @param given Path of a configuration, relative to `cwd`.
 * @throws Failure if the configuration cannot be found or loaded.
 */
export async function loadProject(
  cwd: string,
  given?: string,
): Promise<{readonly project: Project} | RejectedProject> {
  const config = findConfig(cwd, given, defaultRegistry.document)
  return await openProject(config, filesOnDisk(config.root))
}

/** The project of a configuration that was found. */
export async function openProject(
  config: LoadedConfig,
  files: ProjectFiles,
): Promise<{readonly project: Project} | RejectedProject> {
  const {root, file, text} = config
  if (file === undefined) {
    const registries = [defaultRegistry]
    return {project: {root, file, files, registries, migrations: undefined, audit: {severities: {}}}}
  }

  const result = await evaluate(config, file)
  if ('findings' in result) return {findings: sortFindings(result.findings), root, file, text}
  return {project: {root, file, files, ...result}}
}

async function evaluate({text, load}: LoadedConfig, file: string) {
  const {configSource, syntaxFindings} = await import('./config-source.ts')
  const source = configSource(file, text)
  try {
    const value = await load()
    const {validateConfig} = await import('./validate-config.ts')
    return await validateConfig(value, source)
  } catch (error) {
    if (!(error instanceof SyntaxError) || text === undefined) throw error
    return {findings: await syntaxFindings(source)}
  }
}
