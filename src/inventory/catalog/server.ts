/** Is this a server whose catalogues say what we take them to say? */
import {Failure} from '../../model/failure.ts'
import type {Unseen} from '../../model/inventory.ts'
import type {ServerRow} from './queries/server.ts'

const oldest = 130000

/**
 * @returns What this server cannot tell for certain.
 * @throws Failure for what only speaks PostgreSQL's protocol: catalogues that are imitated come out empty, and a
 * reading of nothing would look clean.
 * @throws {Error} if the session is not set up as {@link Query} asks: ids would lack their schemas.
 */
export function checkServer(row: ServerRow): Unseen[] {
  const {product, version, path, quotesAll, encoding} = row
  if (!/^PostgreSQL \d/.test(product) || /redshift/i.test(product)) {
    throw new Failure(`Unexpected server, expected PostgreSQL: ${product}`, {
      hint: 'Give the URL of a PostgreSQL server.',
    })
  }
  if (version < oldest) {
    throw new Failure(`PostgreSQL ${Math.floor(version / 10000)} is too old, expected 13 or newer`, {
      hint: 'Read a copy that is restored to a newer server.',
    })
  }
  if (path.length > 0 || quotesAll) {
    throw new Error(
      'Unexpected session, expected search_path to be empty and quote_all_identifiers to be off',
    )
  }
  if (encoding !== 'SQL_ASCII') return []
  return [
    {
      subject: 'names',
      why: 'The database’s encoding is SQL_ASCII: their bytes may mean anything',
      location: null,
    },
  ]
}
