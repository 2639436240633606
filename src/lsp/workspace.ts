/** Documents → the projects that they belong to: which configuration holds for each, and what it makes of them. */
import {dirname, join, normalize, sep} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {columnsOf} from '../app/columns.ts'
import {loadProject, type Project, type RejectedProject} from '../app/project.ts'
import type {EditorOptions} from '../editor/reading.ts'
import type {RegistryConfig} from '../model/config.ts'
import {Failure} from '../model/failure.ts'

/** What holds for a document. */
export type Home =
  | {readonly state: 'registry'; readonly project: Project; readonly config: RegistryConfig}
  /** The configuration has findings, and what it would say of the document is not known. */
  | {readonly state: 'rejected'; readonly rejected: RejectedProject}
  | {readonly state: 'failed'; readonly failure: Failure}
  /** No registry's document. */
  | {readonly state: 'foreign'; readonly project: Project}

export type Workspace = {
  /** `undefined` for what is no file. */
  readonly homeOf: (uri: string) => Promise<Home | undefined>
  /** Folders that the editor has open. */
  readonly setFolders: (uris: readonly string[]) => void
  /** Forget every configuration: one of them has changed. */
  readonly forget: () => void
}

export function createWorkspace(): Workspace {
  let folders: readonly string[] = []
  let loaded = new Map<string, Promise<Home>>()

  /** What holds for a file by the configuration that holds for a folder. */
  function homeIn(folder: string, file: string): Promise<Home> {
    const key = JSON.stringify([folder, file])
    const known = loaded.get(key) ?? findHome(folder, file)
    loaded.set(key, known)
    return known
  }

  return {
    forget: () => {
      loaded = new Map()
    },
    setFolders: (uris) => {
      folders = uris.flatMap((uri) => pathOf(uri) ?? [])
      loaded = new Map()
    },
    async homeOf(uri) {
      const file = pathOf(uri)
      if (file === undefined) return undefined
      const own = await homeIn(dirname(file), file)
      if (own.state !== 'foreign' || own.project.file !== undefined) return own
      // Outside of a repository, nothing above the document's folder is looked at: the editor knows how far it reaches.
      for (const folder of folders.filter((one) => file.startsWith(join(one, sep)))) {
        const home = await homeIn(folder, file)
        if (home.state !== 'foreign') return home
      }
      return own
    },
  }
}

async function findHome(folder: string, file: string): Promise<Home> {
  try {
    const found = await loadProject(folder)
    if (!('project' in found)) return {state: 'rejected', rejected: found}
    const {project} = found
    const config = project.registries.find(({document}) => join(project.root, document) === file)
    return config === undefined ? {state: 'foreign', project} : {state: 'registry', project, config}
  } catch (error) {
    if (error instanceof Failure) return {state: 'failed', failure: error}
    throw error
  }
}

export function optionsOf(config: RegistryConfig, today: string): EditorOptions {
  return {
    path: config.document,
    today,
    columns: columnsOf(config),
    ...(config.approvals && {approvals: config.approvals}),
  }
}

/** The path of a file, or `undefined` for a URI of anything else. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? normalize(fileURLToPath(uri)) : undefined
  } catch {
    return undefined
  }
}

/** One of the ways to spell it: a client may escape more, as `%40` and `c%3A`, so that a path alone tells files apart. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href
}
