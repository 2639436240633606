/** A data directory of the embedded PostgreSQL, made once for a test file. */
import {PGlite} from '@electric-sql/pglite'
import {beforeAll} from 'vitest'

/** @returns What a replay is to start from, once the tests run. */
export function sharedDataDir(): () => Blob {
  let packed: Blob | undefined
  beforeAll(async () => {
    const database = await PGlite.create()
    packed = await database.dumpDataDir('none')
    await database.close()
  })
  return () => {
    if (packed === undefined) throw new Error('There is no data directory before the tests run')
    return packed
  }
}
