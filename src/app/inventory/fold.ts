/** Migrations → inventory, by folding them: no database, fast enough for a commit hook. */
import type {Migrations} from '../../inventory/migrations/order.ts'
import type {Profile} from '../../inventory/profiles/profiles.ts'
import type {SchemaChoice} from '../../inventory/scope.ts'
import type {Inventory} from '../../model/inventory.ts'

export type FoldMigrationsOptions = {
  /** The folder, for messages. */
  readonly label: string
  /** What stands before the first file; without it, PostgreSQL alone. */
  readonly profile: Profile | undefined
  readonly schemas: SchemaChoice
}

/** What could not be followed is in the coverage, at its place. */
export async function foldFolder(
  migrations: Migrations,
  {label, profile, schemas}: FoldMigrationsOptions,
): Promise<Inventory> {
  const {foldMigrations} = await import('../../inventory/migrations/fold.ts')
  const before = profile && {prelude: profile.prelude, searchPath: profile.searchPath}
  return await foldMigrations(migrations, {label, choice: schemas, ...before})
}
