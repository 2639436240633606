/** The part of `check` that holds the rows against the migrations. Loaded only where a project names them. */
import {profiles} from '../inventory/profiles/profiles.ts'
import type {AuditReport} from '../model/audit-report.ts'
import type {MigrationsConfig} from '../model/config.ts'
import type {Inventory} from '../model/inventory.ts'
import {reportOn} from './audit-report.ts'
import {foldFolder} from './inventory/fold.ts'
import {readMigrations} from './inventory/folder.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'
import {schemasOf} from './schemas.ts'

/**
 * Whether the rows and the definers are the same, and nothing else: what a commit may not break. It asks nothing that
 * depends on what stood before the first migration.
 *
 * @throws Failure if the migrations cannot be read.
 */
export async function checkMigrations(
  project: Project,
  documents: readonly DocumentRead[],
  {folder, tool, profile}: MigrationsConfig,
): Promise<AuditReport> {
  const migrations = readMigrations(project.files, folder, tool)
  const inventory = await foldFolder(migrations, {
    label: folder,
    profile: profile && profiles[profile],
    schemas: schemasOf(documents),
  })
  return reportOn(project, documents, [aboutRoutines(inventory)], profile, ['coverage', 'document'])
}

/** What can have changed no routine of the project's own keeps no row from being held against one. */
function aboutRoutines(inventory: Inventory): Inventory {
  const {coverage} = inventory
  const unknowns = coverage.unknowns.filter(({about}) => about === undefined)
  return {...inventory, coverage: {...coverage, unknowns}}
}
