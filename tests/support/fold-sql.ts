/** SQL in, inventory out, for tests: one file, or several by name. */
import {type FoldOptions, foldMigrations} from '../../src/inventory/migrations/fold.ts'
import {type Migrations, orderMigrations} from '../../src/inventory/migrations/order.ts'
import type {Grant, Inventory, Relation, Routine} from '../../src/model/inventory.ts'

/** @param sql The text of one file, or the texts of several by their names. */
export function fold(
  sql: string | Readonly<Record<string, string>>,
  options: FoldOptions = {},
): Promise<Inventory> {
  const texts = typeof sql === 'string' ? {'20250102030405_one.sql': sql} : sql
  const files = Object.entries(texts).map(([name, text]) => ({path: `db/${name}`, text}))
  return foldMigrations(inOrder(files), options)
}

/** A folder, as it would be read from the disk. */
export function inOrder(files: readonly {readonly path: string; readonly text: string}[]): Migrations {
  const texts = new Map(files.map(({path, text}) => [path, text]))
  const order = orderMigrations([...texts.keys()])
  return {...order, files: order.files.map((file) => ({...file, text: texts.get(file.path) ?? ''}))}
}

/** The one routine of an id. @throws {Error} naming the others if it is not there. */
export function routine(inventory: Inventory, id: string): Routine {
  const found = inventory.routines.find((one) => one.id === id)
  if (found === undefined)
    throw new Error(`No ${id} among ${inventory.routines.map((one) => one.id).join('; ')}`)
  return found
}

export function relation(inventory: Inventory, id: string): Relation {
  const found = inventory.relations.find((one) => one.id === id)
  if (found === undefined)
    throw new Error(`No ${id} among ${inventory.relations.map((one) => one.id).join('; ')}`)
  return found
}

/** `grantee=PRIVILEGE`, with `*` where it can be granted on. */
export function showGrants(grants: readonly Grant[] | null): string[] | null {
  return (
    grants?.map(({grantee, privilege, grantable}) => `${grantee}=${privilege}${grantable ? '*' : ''}`) ?? null
  )
}

/** `line: subject: why`, for what has a place. */
export function showUnknowns(inventory: Inventory): string[] {
  return inventory.coverage.unknowns.map(
    ({subject, why, location}) => `${location?.place?.start.line ?? '-'}: ${subject}: ${why}`,
  )
}
