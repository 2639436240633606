/** FOIL datasets: schema, mapping, quarantine, owners, states. */
import {describe, expect, it} from 'vitest'
import {operator, otherWorker, worker} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

const mapping = '{"external_ref": "Ref", "defendant_name": "Name", "amount": "Sum", "judgment_date": "Date"}'
const good = (ref: number, date = '2024-02-29') =>
  `{"Ref": "R${ref}", "Name": "Doe", "Sum": "$1,200.50", "Date": "${date}"}`

export function foilCases(db: Reference): void {
  const one = async (promise: Promise<readonly Record<string, unknown>[]>) => String((await promise)[0]?.id)

  describe('datasets', () => {
    const create = () =>
      one(
        db.as(
          worker,
          `SELECT intake.create_foil_dataset('worker-1', 'City', 'Judgments', '{Ref,Name,Sum,Date}') AS id`,
        ),
      )
    const store = (dataset: string, number: number, row: string) =>
      `SELECT intake.store_foil_raw_row('${dataset}', 'worker-1', ${number}, '${row}') AS id`

    it('go from raw rows to candidates, and bad rows to quarantine', async () => {
      const dataset = await create()
      const rows = [
        good(1),
        good(1),
        good(2, '2023-02-29'),
        good(3, '2999-01-01'),
        '{"Name": "Doe", "Sum": "0"}',
      ]
      const bulk = (from: number, list: readonly string[]) =>
        `SELECT intake.store_foil_raw_rows_bulk('${dataset}', 'worker-1', ${from}, '[${list.join(', ')}]') AS n`
      expect(await db.code(worker, bulk(1, [good(1), '{"Other": 1}']))).toBe(refused.argument)
      expect(await db.code(worker, bulk(1, []))).toBe(refused.argument)
      expect(await db.as(worker, bulk(1, rows))).toEqual([{n: 5}])
      expect(await db.as(worker, bulk(1, rows))).toEqual([{n: 5}])

      const process =
        'SELECT intake.process_raw_row(id) AS status FROM intake.foil_raw_rows ORDER BY row_number'
      const map = (fields: string) =>
        `SELECT intake.update_foil_dataset_mapping('${dataset}', 'worker-1', '${fields}')`
      expect(await db.code(worker, process)).toBe(refused.state)
      expect(await db.code(worker, map(mapping.replace('"Sum"', '"Other"')))).toBe(refused.argument)
      expect(await db.code(worker, map('{"amount": "Sum"}'))).toBe(refused.argument)
      await db.as(worker, map(mapping))
      const finalize = `SELECT * FROM intake.finalize_foil_dataset('${dataset}', 'worker-1')`
      expect(await db.code(worker, finalize)).toBe(refused.state)
      expect((await db.as(worker, process)).map((row) => row.status)).toEqual([
        'processed',
        'quarantined',
        'quarantined',
        'quarantined',
        'quarantined',
      ])
      expect(
        (await db.as(operator, 'SELECT reason FROM intake.foil_quarantine ORDER BY raw_row_id')).map(
          (row) => row.reason,
        ),
      ).toEqual([
        'another row has this reference',
        'no date',
        'the judgment lies in the future',
        'no reference; no amount; no date',
      ])
      const candidates =
        'SELECT external_ref, amount::text, judgment_date::text FROM public.fetch_new_candidates()'
      expect(await db.as(worker, candidates)).toEqual([
        {external_ref: 'R1', amount: '1200.50', judgment_date: '2024-02-29'},
      ])
      const count = (await db.as(worker, finalize)).map(({processed, quarantined, skipped}) =>
        [processed, quarantined, skipped].map(Number),
      )
      expect(count).toEqual([[1, 4, 0]])
      expect(await db.code(worker, store(dataset, 9, good(9)))).toBe(refused.state)
    })

    it('belong to the worker that made them', async () => {
      const dataset = await create()
      const calls = [
        `intake.store_foil_raw_row('${dataset}', 'worker-2', 1, '${good(1)}')`,
        `intake.store_foil_raw_rows_bulk('${dataset}', 'worker-2', 1, '[${good(1)}]')`,
        `intake.update_foil_dataset_mapping('${dataset}', 'worker-2', '${mapping}')`,
        `intake.update_foil_dataset_status('${dataset}', 'worker-2', 'failed')`,
        `intake.finalize_foil_dataset('${dataset}', 'worker-2')`,
      ]
      for (const call of calls) {
        expect(await db.code(otherWorker, `SELECT ${call}`), call).toBe(refused.privilege)
        const pretended = call.replace('worker-2', 'worker-1')
        expect(await db.code(otherWorker, `SELECT ${pretended}`), pretended).toBe(refused.privilege)
      }
    })

    it('and their rows change their status along the state machine', async () => {
      const dataset = await create()
      const set = (to: string) =>
        `SELECT intake.update_foil_dataset_status('${dataset}', 'worker-1', '${to}')`
      for (const to of ['processing', 'complete', 'mapped'])
        expect(await db.code(worker, set(to)), to).toBe(refused.state)
      expect(await db.code(worker, set('nonsense'))).toBe(refused.enumeration)
      const row = await one(db.as(worker, store(dataset, 1, good(1))))
      expect(await db.code(worker, store(dataset, 1, good(2)))).toBe(refused.argument)
      const setRow = (id: string, to: string) => `SELECT intake.update_foil_raw_row_status(${id}, '${to}')`
      expect(await db.code(worker, setRow(row, 'processed'))).toBe(refused.state)
      expect(await db.code(worker, setRow('-1', 'skipped'))).toBe(refused.argument)
      expect(await db.code(worker, setRow('999999', 'skipped'))).toBe(refused.missing)
      expect(await db.code(worker, `SELECT intake.quarantine_foil_row(999999, 'bad')`)).toBe(refused.missing)
      expect(await db.code(worker, `SELECT intake.quarantine_foil_row(${row}, '')`)).toBe(refused.argument)
      await db.as(worker, `SELECT intake.quarantine_foil_row(${row}, 'bad')`)
      await db.as(worker, setRow(row, 'skipped'))
      await db.as(worker, set('failed'))
      expect(await db.code(worker, set('receiving'))).toBe(refused.state)
      expect(
        await db.code(worker, `SELECT intake.create_foil_dataset('worker-1', 'City', 'J', '{A,A}')`),
      ).toBe(refused.argument)
    })
  })
}
