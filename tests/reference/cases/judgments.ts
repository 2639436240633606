/** Judgments and debtors: fields, conflicts, enrichment. */
import {describe, expect, it} from 'vitest'
import {admin, operator, otherWorker, owner, records, service, worker} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

export function judgmentCases(db: Reference): void {
  describe('judgments', () => {
    it('are refused with a status that is none', async () => {
      const update = (to: string) => `SELECT public.update_judgment_status('${records.judgment}', ${to})`
      expect(await db.code(owner, update(`'nonsense'`))).toBe(refused.enumeration)
      expect(await db.code(owner, update('NULL'))).toBe(refused.argument)
    })

    it.each(['{"id": "x"}', '{"priority": 101}', '{"interest_rate": 26}', '{}'])(
      'are not updated with %s',
      async (fields) => {
        const call = `SELECT public.ops_update_judgment('${records.judgment}', '${fields}')`
        expect(await db.code(operator, call)).toBe(refused.argument)
      },
    )

    it('keep what an extended upsert does not know', async () => {
      const upsert = (rest: string) =>
        db.as(
          worker,
          `SELECT ops.upsert_judgment_extended('NY', 'D-8', 'P', 'D', 5, '2024-01-02'${rest}) AS id`,
        )
      const [first] = await upsert(`, p_county => 'Kings'`)
      expect(await upsert(`, p_notes => 'n'`)).toEqual([first])
      expect(
        await db.sql(`SELECT county, notes FROM public.core_judgments WHERE id = '${String(first?.id)}'`),
      ).toEqual([{county: 'Kings', notes: 'n'}])
    })

    it('touch no row when nothing changed', async () => {
      const upsert = `SELECT ops.upsert_judgment('NY', 'D-8', 'P', 'D', 5, '2024-01-02')`
      await db.as(worker, upsert)
      const version = () => db.sql(`SELECT ctid::text FROM public.core_judgments WHERE docket_number = 'D-8'`)
      const before = await version()
      await db.as(worker, upsert)
      expect(await version()).toEqual(before)
    })

    it('are enriched by the worker that claimed the job', async () => {
      const [enrichment] = await db.sql('SELECT id FROM public.enrichments')
      const complete = (name: string) =>
        `SELECT public.complete_enrichment('${String(enrichment?.id)}', '${name}', '{"found": 1}')`
      expect(await db.code(worker, complete('worker-1'))).toBe(refused.privilege)
      await db.as(worker, `SELECT ops.claim_pending_job('worker-1')`)
      expect(await db.code(otherWorker, complete('worker-2'))).toBe(refused.privilege)
      await db.as(worker, complete('worker-1'))
      expect(
        await db.sql(`SELECT e.status AS enrichment, q.status AS job
        FROM public.enrichments AS e JOIN ops.job_queue AS q ON q.id = job_id`),
      ).toEqual([{enrichment: 'complete', job: 'completed'}])
    })
  })

  describe('debtors', () => {
    it('are not known worse by what is less certain', async () => {
      const upsert = (confidence: number, bank: string) =>
        db.as(
          worker,
          `SELECT public.upsert_debtor_intelligence('${records.debtor}', ${confidence}, p_bank => '${bank}') AS stored`,
        )
      expect(await upsert(60, 'A')).toEqual([{stored: true}])
      expect(await upsert(50, 'B')).toEqual([{stored: false}])
      expect(await db.as(admin, 'SELECT bank FROM public.debtor_intelligence')).toEqual([{bank: 'A'}])
      const other = `SELECT public.upsert_debtor_intelligence(gen_random_uuid(), 5)`
      expect(await db.code(worker, other)).toBe(refused.argument)
    })

    it('have bundles whose revision grows with their content', async () => {
      const upsert = async (bundle: string) =>
        (
          await db.as(
            service,
            `SELECT public.upsert_enrichment_bundle('${records.case}', 'records', '${bundle}') AS revision`,
          )
        )[0]?.revision
      expect([await upsert('{"a": 1}'), await upsert('{"a": 1}'), await upsert('{"a": 2}')]).toEqual([
        1, 1, 2,
      ])
    })

    it.each(['{"phone": "555"}', '{"email": "x"}', '{"name": "X"}'])(
      'are not updated with %s',
      async (fields) => {
        const call = `SELECT public.enrichment_update_debtor('${records.debtor}', '${fields}')`
        expect(await db.code(worker, call)).toBe(refused.argument)
      },
    )
  })
}
