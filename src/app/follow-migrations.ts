/** The migrations of a project, followed once and judged as often as its documents change. */
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

/** @throws Failure if the migrations cannot be read. */
export async function followMigrations(
  {files}: Project,
  documents: readonly DocumentRead[],
  {folder, tool, profile}: MigrationsConfig,
): Promise<Inventory> {
  const chosen = {label: folder, profile: profile && profiles[profile], schemas: schemasOf(documents)}
  return await foldFolder(readMigrations(files, folder, tool), chosen)
}

/**
 * Whether the rows and the definers are the same: what `check` asks, and nothing else. It asks nothing that depends on
 * what stood before the first migration.
 */
export function judgeMigrations(
  project: Project,
  documents: readonly DocumentRead[],
  inventory: Inventory,
  {profile}: MigrationsConfig,
): AuditReport {
  return reportOn(project, documents, [aboutRoutines(inventory)], profile, ['coverage', 'document'])
}

/** What can have changed no routine of the project's own keeps no row from being held against one. */
function aboutRoutines(inventory: Inventory): Inventory {
  const {coverage} = inventory
  const unknowns = coverage.unknowns.filter(({about}) => about === undefined)
  return {...inventory, coverage: {...coverage, unknowns}}
}

/** What of the documents decides which objects are looked at: an inventory holds as long as this is the same. */
export function scopeOf(documents: readonly DocumentRead[]): string {
  return JSON.stringify(schemasOf(documents))
}
