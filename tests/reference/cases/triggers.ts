/** Deletions that are blocked, and triggers that are only triggers. */
import {describe, expect, it} from 'vitest'
import {admin, service, tableOwner, worker} from '../callers.ts'
import {listDefiners} from '../exposure.ts'
import {type Reference, refused} from '../support.ts'

export function triggerCases(db: Reference): void {
  describe('sensitive rows', () => {
    it.each(['cases', 'entities', 'core_judgments', 'plaintiffs', 'evidence'])(
      'of %s are not deleted',
      async (table) => {
        for (const statement of [`DELETE FROM public.${table}`, `TRUNCATE public.${table} CASCADE`]) {
          expect(await db.code(tableOwner, statement), statement).toBe(refused.appendOnly)
          expect(await db.code({role: 'postgres'}, statement), statement).toBe(refused.appendOnly)
          const replica = `SET LOCAL session_replication_role = replica; ${statement}`
          expect(await db.code({role: 'postgres'}, replica), replica).toBe(refused.appendOnly)
        }
      },
    )
  })

  describe('trigger functions', () => {
    it('are called by nobody, not even by their owner', async () => {
      const triggers = (await listDefiners(db)).filter((definer) => definer.isTrigger)
      expect(triggers).toHaveLength(7)
      for (const {id, call} of triggers) {
        expect(await db.code(tableOwner, call), id).toBe(refused.asTrigger)
        expect(await db.code(service, call), id).toBe(refused.privilege)
      }
    })

    it('set up a new user, and refuse one without an address', async () => {
      const insert = (email: string) => `INSERT INTO public.app_users (id, email)
        VALUES ('88888888-0000-4000-8000-000000000000', '${email}')`
      expect(await db.code(service, insert('nonsense'))).toBe(refused.argument)
      await db.as(service, insert('new@example.org'))
      expect(
        await db.sql(`SELECT role, time_zone FROM public.user_roles JOIN public.user_settings USING (user_id)
        WHERE user_id = '88888888-0000-4000-8000-000000000000'`),
      ).toEqual([{role: 'viewer', time_zone: 'UTC'}])
    })

    it('queue the enrichment of a judgment once, and log each change of its status', async () => {
      const upsert = (amount: number) =>
        db.as(worker, `SELECT ops.upsert_judgment('ny ', 'd-9', 'P', 'D', ${amount}, '2024-01-02') AS id`)
      const [first] = await upsert(5)
      expect(await upsert(6)).toEqual([first])
      const id = String(first?.id)
      expect(
        await db.sql(`SELECT idempotency_key FROM ops.job_queue WHERE payload ->> 'judgment_id' = '${id}'`),
      ).toEqual([{idempotency_key: `enrich_judgment:${id}`}])
      await db.as(
        admin,
        `SELECT public.update_judgment_status('${id}', 'satisfied');
        SELECT public.update_judgment_status('${id}', 'satisfied')`,
      )
      expect(
        await db.sql(`SELECT from_status, to_status, actor_id FROM public.judgment_status_history`),
      ).toEqual([{from_status: 'active', to_status: 'satisfied', actor_id: admin.sub}])
    })
  })
}
