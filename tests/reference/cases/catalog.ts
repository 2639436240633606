/** The definers are the document's, and each is closed. */
import {describe, expect, it} from 'vitest'
import {listDefiners, listOpenPrivileges, listOwnerViews, listUnforcedTables, schemas} from '../exposure.ts'
import {type Reference, readDocument, refused} from '../support.ts'

const entries = readDocument()
const pinned = 'search_path=pg_catalog, pg_temp'

export function catalogCases(db: Reference): void {
  describe('catalogue', () => {
    it('has the definers of the document, all 111, and no other', async () => {
      const names = (await listDefiners(db)).map((definer) => definer.id)
      expect(names).toEqual(entries.map((entry) => entry.id).sort())
      expect(names).toHaveLength(111)
    })

    it('has no overloaded name', async () => {
      const overloaded =
        await db.sql(`SELECT pronamespace::regnamespace || '.' || proname AS name FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('${schemas.join("', '")}') GROUP BY 1 HAVING count(*) > 1`)
      expect(overloaded).toEqual([])
    })

    it('runs each definer as an owner whom policies bind, on a pinned path, without dynamic SQL', async () => {
      const definers = await listDefiners(db)
      const loose = definers.filter(
        (definer) =>
          definer.owner !== 'dragonfly_owner' ||
          definer.ownerBypasses ||
          definer.ownerLogsIn ||
          definer.config !== pinned ||
          /\bexecute\b/i.test(definer.body),
      )
      expect(loose).toEqual([])
    })

    it('pins the path of the helpers, too', async () => {
      const loose = await db.sql(`SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('${schemas.join("', '")}')
          AND proconfig IS DISTINCT FROM ARRAY['${pinned}']`)
      expect(loose).toEqual([])
    })

    it('leaves nothing open to PUBLIC, anon or authenticated', async () => {
      expect(await listOpenPrivileges(db)).toEqual([])
      expect(await listUnforcedTables(db)).toEqual([])
      expect(await listOwnerViews(db)).toEqual([])
    })

    it('gives service_role every function but the triggers, which nobody may execute', async () => {
      for (const {id, isTrigger, grantees} of await listDefiners(db)) {
        if (isTrigger) expect(`${id}: ${grantees}`).toBe(`${id}: `)
        else expect(grantees.split(' '), id).toContain('service_role')
      }
    })

    it('has a policy for the owner on every table, since forced policies bind it', async () => {
      const without = await db.sql(`SELECT c.oid::regclass::text FROM pg_class AS c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text IN ('${schemas.join("', '")}')
          AND NOT EXISTS (SELECT FROM pg_policy AS p
            WHERE p.polrelid = c.oid AND 'dragonfly_owner'::regrole = ANY (p.polroles))`)
      expect(without).toEqual([])
    })

    it('names the roles in every policy: none is for PUBLIC', async () => {
      expect(await db.sql(`SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)`)).toEqual([])
    })

    it('reads no table as service_role', async () => {
      const readable = await db.sql(`SELECT oid::regclass::text FROM pg_class
        WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text IN ('${schemas.join("', '")}')
          AND has_any_column_privilege('service_role', oid, 'SELECT, UPDATE')`)
      expect(readable).toEqual([])
    })

    it.each(['anon', 'authenticated'])('refuses %s every definer, even inside the schemas', async (role) => {
      const definers = await listDefiners(db)
      const answers = []
      for (const {call} of definers) answers.push(await db.code({role}, call))
      expect(answers).toEqual(definers.map(() => refused.privilege))

      await db.sql(`GRANT USAGE ON SCHEMA ${schemas.join(', ')} TO anon, authenticated`)
      for (const {id, call} of definers) {
        const name = id.split('.')[1]
        await expect(db.as({role}, call), id).rejects.toThrow(`permission denied for function ${name}`)
      }
    })
  })
}
