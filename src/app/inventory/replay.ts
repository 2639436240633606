/** Migrations → inventory, by running them in an embedded PostgreSQL. */
import type {CatalogOptions} from '../../inventory/catalog/read-inventory.ts'
import type {MigrationFile, ReplayOptions} from '../../io/pglite/replay.ts'
import type {Inventory} from '../../model/inventory.ts'

export type ReplayMigrationsOptions = Omit<ReplayOptions, 'split'> &
  Pick<CatalogOptions, 'schemas' | 'apiRoles'> & {
    /** The folder, for messages. */
    readonly label: string
  }

/**
 * Run the files in order, statement by statement, and read what is there in the end.
 *
 * What failed is in the coverage, at its place, and a replay that is partial says so.
 *
 * @throws Failure if the embedded PostgreSQL is not installed.
 */
export async function replayMigrations(
  files: readonly MigrationFile[],
  options: ReplayMigrationsOptions,
): Promise<Inventory> {
  const {label, profile, schemas, apiRoles} = options
  const {withReplay} = await import('../../io/pglite/replay.ts')
  const {readInventory} = await import('../../inventory/catalog/read-inventory.ts')
  const {splitPieces} = await import('./pieces.ts')
  const source = {kind: 'replay', label: `${label} (${profile})`} as const
  return await withReplay(files, {...options, split: splitPieces}, (replayed) =>
    readInventory(replayed.query, {source, schemas, apiRoles, replayed}),
  )
}
