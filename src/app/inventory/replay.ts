/** Migrations → inventory, by running them in an embedded PostgreSQL. */
import type {CatalogOptions} from '../../inventory/catalog/read-inventory.ts'
import type {Migrations} from '../../inventory/migrations/order.ts'
import type {Profile} from '../../inventory/profiles/profiles.ts'
import type {ReplayOptions} from '../../io/pglite/replay.ts'
import type {Inventory} from '../../model/inventory.ts'

export type ReplayMigrationsOptions = Omit<ReplayOptions, 'split' | 'profile'> &
  Pick<CatalogOptions, 'schemas' | 'apiRoles' | 'onRows'> & {
    /** The folder, for messages. */
    readonly label: string
    readonly profile: Profile
  }

/**
 * Run the files in order, statement by statement, and read what is there in the end.
 *
 * What failed is in the coverage, at its place, and a replay that is partial says so.
 *
 * @throws Failure if the embedded PostgreSQL is not installed.
 */
export async function replayMigrations(
  {tool, files, leftOut, doubts}: Migrations,
  options: ReplayMigrationsOptions,
): Promise<Inventory> {
  const {label, profile, schemas, apiRoles, onRows} = options
  const {withReplay} = await import('../../io/pglite/replay.ts')
  const {readInventory} = await import('../../inventory/catalog/read-inventory.ts')
  const {splitPieces} = await import('./pieces.ts')
  const source = {kind: 'replay', label: `${label} (${profile.name})`} as const
  const inventory = await withReplay(
    files,
    {...options, split: (text) => splitPieces(text, tool)},
    (replayed) =>
      readInventory(replayed.query, {source, schemas, apiRoles, replayed, ...(onRows && {onRows})}),
  )
  const {coverage} = inventory
  const unknowns = doubts.map(({path, why}) => ({subject: path, why, location: {path}}))
  return {
    ...inventory,
    coverage: {...coverage, leftOutFiles: leftOut, unknowns: [...unknowns, ...coverage.unknowns]},
  }
}
