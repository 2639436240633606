/** A live server → inventory. */
import type {CatalogOptions} from '../../inventory/catalog/read-inventory.ts'
import type {DatabaseOptions} from '../../io/postgres/database.ts'
import type {Inventory} from '../../model/inventory.ts'

export type ReadDatabaseOptions = DatabaseOptions & Pick<CatalogOptions, 'schemas' | 'apiRoles' | 'onRows'>

/**
 * Read a database in one READ ONLY transaction. Several may be read side by side.
 *
 * A connection whose other end was not verified is noted in the coverage: what it told may be anybody's word.
 *
 * @throws Failure if it cannot be read as a whole.
 */
export async function readDatabase(options: ReadDatabaseOptions): Promise<Inventory> {
  const {schemas, apiRoles, onRows} = options
  const {withDatabase} = await import('../../io/postgres/database.ts')
  const {readInventory} = await import('../../inventory/catalog/read-inventory.ts')
  return await withDatabase(options, async ({label, trust, query}) => {
    const inventory = await readInventory(query, {
      source: {kind: 'database', label},
      schemas,
      apiRoles,
      ...(onRows && {onRows}),
    })
    if (trust !== 'unverified') return inventory
    const {coverage} = inventory
    const why = 'It was not verified who answered: sslmode=no-verify'
    const unknowns = [...coverage.unknowns, {subject: label, why, location: null}]
    return {...inventory, coverage: {...coverage, unknowns}}
  })
}
