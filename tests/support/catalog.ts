/** Reading the catalogue of a test's session, and the URL of its server. */

import type {Query} from '../../src/inventory/catalog/query.ts'
import {type CatalogOptions, readInventory} from '../../src/inventory/catalog/read-inventory.ts'
import {beginReading, readingSettings} from '../../src/io/postgres/session.ts'
import type {Inventory} from '../../src/model/inventory.ts'
import type {Session} from './postgres.ts'

export const catalogOptions: CatalogOptions = {
  source: {kind: 'database', label: 'test'},
  schemas: {include: [], exclude: [], documented: []},
  apiRoles: ['anon'],
}

/** The whole inventory as the session's own role sees it, or as `role` does. */
export async function readCatalog(
  session: Session,
  options: Partial<CatalogOptions> = {},
  role?: string,
): Promise<Inventory> {
  await session.run(
    `${beginReading};${readingSettings}${role === undefined ? '' : `SET LOCAL ROLE ${role};`}`,
  )
  try {
    return await readInventory(sessionQuery(session), {...catalogOptions, ...options})
  } finally {
    await session.run('ROLLBACK')
  }
}

/** Scripts take no parameters, so that they are written into the statement. */
export function sessionQuery(session: Session): Query {
  return async function* (sql, parameters) {
    const text = sql.replaceAll(/\$(\d)/g, (_, place) => literal(parameters[Number(place) - 1] ?? ''))
    const {rows} = await session.run(text)
    yield rows.map((row) => String(Object.values(row)[0]))
  }
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The URL of a real server as its superuser. */
export async function urlOf(session: Session, user = 'postgres', password = 'password'): Promise<string> {
  const {rows} = await session.run('SHOW port')
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${rows[0]?.port}/postgres`
}
