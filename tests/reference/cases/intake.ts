/** Batches and imports: owners, numbers that add up, the state machine, guardrails. */
import {describe, expect, it} from 'vitest'
import {admin, operator, otherWorker, service, worker} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

const run = '77777777-0000-4000-8000-000000000001'
export function intakeCases(db: Reference): void {
  const one = async (promise: Promise<readonly Record<string, unknown>[]>) => String((await promise)[0]?.id)

  describe('batches', () => {
    it('are finalized by their worker, once, with numbers that add up', async () => {
      const batch = await one(db.as(worker, `SELECT ops.create_intake_batch('worker-1', 'county', 2) AS id`))
      const finalize = (name: string, stored: number, rejected: number) =>
        `SELECT ops.finalize_ingest_batch('${batch}', '${name}', ${stored}, ${rejected})`
      await db.as(worker, `SELECT ops.upsert_judgment('NY', 'D-5', 'P', 'D', 5, '2024-01-02', '${batch}')`)
      expect(await db.code(otherWorker, finalize('worker-2', 1, 1))).toBe(refused.privilege)
      expect(await db.code(worker, finalize('worker-1', 1, 2))).toBe(refused.argument)
      await db.as(worker, finalize('worker-1', 1, 1))
      await db.as(worker, finalize('worker-1', 1, 1))
      expect(await db.code(worker, finalize('worker-1', 2, 0))).toBe(refused.state)
      const late = `SELECT ops.upsert_judgment('NY', 'D-6', 'P', 'D', 5, '2024-01-02', '${batch}')`
      expect(await db.code(worker, late)).toBe(refused.argument)
      const failed = (id: string) =>
        `SELECT check_name FROM ops.check_batch_integrity(${id}) WHERE NOT passed`
      expect(await db.as(operator, failed(`'${batch}'`))).toEqual([])
      await db.sql('UPDATE public.core_judgments SET batch_id = NULL')
      expect(await db.as(operator, failed(`'${batch}'`))).toEqual([{check_name: 'rows_stored'}])
      expect((await db.as(operator, failed('gen_random_uuid()')))[0]).toEqual({check_name: 'batch_exists'})
    })
  })

  describe('imports', () => {
    const advance = (to: string) => `SELECT public.advance_import_run('${run}', '${to}') AS state`
    const validate = (row: number, errors = '{}') =>
      `SELECT public.store_intake_validation('${run}', ${row}, '${errors}') AS id`

    it('go through their states in order, reviewed by two, within the guardrails', async () => {
      await db.as(worker, `SELECT public.advance_import_run('${run}', 'created', 'county', 2)`)
      await db.as(worker, `SELECT public.advance_import_run('${run}', 'created', 'county', 2)`)
      for (const to of ['validated', 'in_review', 'approved', 'importing', 'completed']) {
        expect(await db.code(worker, advance(to)), to).toBe(refused.state)
        await expect(db.as(worker, advance(to))).rejects.toThrow(`cannot go from created to ${to}`)
      }
      expect(await db.code(worker, validate(1))).toBe(refused.state)
      await db.as(worker, advance('validating'))
      await db.as(worker, validate(1, '{no name}'))
      expect(await db.code(worker, validate(3))).toBe(refused.argument)
      expect(await db.code(operator, `SELECT public.submit_intake_review('${run}')`)).toBe(refused.state)
      await db.as(worker, advance('validated'))
      expect(await db.code(operator, advance('in_review'))).toBe(refused.state)
      await db.as(operator, `SELECT public.submit_intake_review('${run}')`)
      expect(await db.code(operator, advance('approved'))).toBe(refused.privilege)
      expect(await db.code(service, advance('approved'))).toBe(refused.noUser)
      await db.as(admin, advance('approved'))

      const failing = `SELECT check_name FROM public.check_import_guardrails('${run}') WHERE NOT passed`
      expect(await db.as(worker, failing)).toEqual([
        {check_name: 'every_row_validated'},
        {check_name: 'few_rejected'},
      ])
      expect(await db.code(worker, advance('importing'))).toBe(refused.state)
      await db.sql(`INSERT INTO public.intake_validations (run_id, row_number, passed)
        VALUES ('${run}', 1, true), ('${run}', 2, true)`)
      expect(await db.as(worker, failing)).toEqual([])
      expect(await db.as(worker, advance('importing'))).toEqual([{state: 'importing'}])
      await db.as(worker, advance('completed'))
      expect(await db.code(worker, advance('failed'))).toBe(refused.state)
      expect(await db.code(worker, advance('nonsense'))).toBe(refused.enumeration)
    })
  })
}
