/** A folder → the project in it as an init finds it: its place in the repository, and its migrations. */
import {posix, relative, resolve, sep} from 'node:path'
import {lookAtRepository} from '../../io/git-hooks.ts'
import {filesOnDisk} from '../../io/project-files.ts'
import {Failure} from '../../model/failure.ts'
import {loadProject, type Project} from '../project.ts'
import {findMigrations} from './migrations-folder.ts'
import type {Site} from './plan.ts'

/** A project as it is found, before anything is chosen for it. */
export type Found = {
  readonly site: Site
  readonly project: Project
  readonly migrations: string | undefined
  /** Folders that look like migrations, too, and were not chosen. */
  readonly otherMigrations: readonly string[]
}

/**
 * @param cwd Absolute folder in or below the project.
 * @param given Folder of the migrations, relative to `cwd`.
 * @throws Failure if the project cannot be looked at, or its configuration has findings.
 */
export async function findProject(cwd: string, given: string | undefined): Promise<Found> {
  const found = await loadProject(cwd)
  if (!('project' in found)) {
    throw new Failure(`${found.file} has findings`, {
      hint: 'Run `secdef check`, mend them, then run the command again.',
    })
  }
  const {project} = found
  const repository = await lookAtRepository(project.root)
  const base = repository?.top ?? project.root
  const site = {base, files: filesOnDisk(base), prefix: repository?.prefix ?? '', repository}
  if (project.file !== undefined) {
    if (given !== undefined) {
      throw new Failure(`Unexpected --migrations beside ${project.file}`, {
        hint: 'Name the folder as `migrations` in it.',
      })
    }
    return {site, project, migrations: project.migrations?.folder, otherMigrations: []}
  }
  const asked = given === undefined ? undefined : fromRoot(project.root, resolve(cwd, given))
  const {folder, others} = findMigrations(project.files, asked)
  return {site, project, migrations: folder, otherMigrations: others}
}

function fromRoot(root: string, folder: string): string {
  const path = relative(root, folder).split(sep).join(posix.sep)
  if (path !== '' && !path.startsWith('..')) return path
  throw new Failure(`Unexpected migrations at ${folder}, expected a folder below ${root}`)
}
