/** Where a project keeps its migrations. */
import {orderMigrations} from '../../inventory/migrations/order.ts'
import type {ProjectFiles} from '../../io/project-files.ts'
import {defaultMigrations} from '../../model/default-registry.ts'
import {Failure} from '../../model/failure.ts'

/** Where tools keep them unless they are told otherwise, the surest first. */
const usual = [
  defaultMigrations,
  'prisma/migrations',
  'db/migrations',
  'database/migrations',
  'sql/migrations',
  'migrations',
  'db/migrate',
  'drizzle',
] as const

export type FoundMigrations = {
  readonly folder: string | undefined
  /** Others that look like one, too. */
  readonly others: readonly string[]
}

/**
 * @param files Of the project.
 * @param given Relative to its root.
 * @throws Failure if there are none in a folder that was given.
 */
export function findMigrations(files: ProjectFiles, given: string | undefined): FoundMigrations {
  if (given !== undefined) {
    if (holdsMigrations(files, given)) return {folder: given, others: []}
    throw new Failure(`No migrations in ${given}`, {
      hint: 'Give the folder of the SQL files, relative to where you are, or leave --migrations out.',
    })
  }
  const [folder, ...others] = usual.filter((name) => holdsMigrations(files, name))
  return {folder, others}
}

function holdsMigrations(files: ProjectFiles, folder: string): boolean {
  const paths = files.below(folder)
  return paths !== undefined && orderMigrations(paths).files.length > 0
}
