/** The project's generated outputs, run on the database that they are about. */
import {describe, expect, it} from 'vitest'
import {installPgtap, readTap} from '../../support/pgtap.ts'
import {type Reference, readGenerated} from '../support.ts'

export function generatedCases(db: Reference): void {
  describe('generated outputs', () => {
    it('annotate every function of the document', async () => {
      const {notices} = await db.run(
        `SET LOCAL secdef.missing = error; ${readGenerated('security-exceptions.sql')}`,
      )
      expect(notices).toEqual([])
      const [count] = await db.sql(`SELECT count(*)::int AS n FROM pg_proc
        WHERE obj_description(oid, 'pg_proc') LIKE '%[secdef:begin]%'`)
      expect(count).toEqual({n: 111})
    })

    it('find every function, as definers, in pgTAP', async () => {
      await installPgtap(db, 'tap')
      const path = 'SET LOCAL search_path = public, tap;'
      const script = readGenerated('security-exceptions.pgtap.sql').replace(
        /^(BEGIN|ROLLBACK|COMMIT);$/gm,
        '',
      )
      const tap = readTap(await db.run(`${path} ${script}`))
      expect(tap.results.filter((result) => !result.ok)).toEqual([])
      expect(tap.results).toHaveLength(tap.plan)
    })
  })
}
