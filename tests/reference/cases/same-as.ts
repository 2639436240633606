/** A row that says "Same as x" belongs to a function that refuses what x refuses, because it calls x. */
import {describe, expect, it} from 'vitest'
import {admin, owner, records, stranger, worker} from '../callers.ts'
import {listDefiners} from '../exposure.ts'
import {type Caller, type Reference, readDocument, refused} from '../support.ts'

const missing = '99999999-0000-4000-8000-000000000000'
const judgment = (amount: number) => `'NY', 'D-7', 'P', 'D', ${amount}, '2024-01-02'`

/** Calls that both functions of a pair answer alike: the function, who calls, with what, the answer. */
const calls: readonly (readonly [string, Caller, string, string])[] = [
  ['ops.enqueue_job', owner, `'send_mail'`, 'done'],
  ['ops.enqueue_job', owner, `'send_mail', '[]'`, refused.argument],
  ['ops.enqueue_job', owner, `'nonsense'`, refused.enumeration],
  ['ops.worker_heartbeat', worker, `'worker-1'`, 'done'],
  ['ops.worker_heartbeat', worker, `'Not A Worker'`, refused.argument],
  ['ops.worker_heartbeat', worker, `'worker-2'`, refused.privilege],
  ['ops.log_audit', owner, `'report.read'`, 'done'],
  ['ops.log_audit', owner, `'Not An Action'`, refused.argument],
  ['ops.create_intake_batch', worker, `'worker-1', 'county', 5`, 'done'],
  ['ops.create_intake_batch', worker, `'worker-1', 'county', -5`, refused.argument],
  ['ops.create_intake_batch', worker, `'worker-2', 'county', 5`, refused.privilege],
  ['ops.finalize_intake_batch', worker, `'${missing}', 'worker-1', 5`, refused.privilege],
  ['ops.finalize_intake_batch', worker, `'${missing}', 'worker-1', -5`, refused.argument],
  ['ops.upsert_judgment_extended', worker, judgment(5), 'done'],
  ['ops.upsert_judgment_extended', worker, judgment(-5), refused.argument],
  ['ops.upsert_judgment_extended', worker, `${judgment(5)}, '${missing}'`, refused.argument],
  ['public.log_enforcement_event', owner, `'${records.case}', 'send_demand'`, 'done'],
  ['public.log_enforcement_event', stranger, `'${records.case}', 'send_demand'`, refused.privilege],
  ['public.log_enforcement_event', owner, `'${records.case}', 'nonsense'`, refused.enumeration],
  ['public.update_plaintiff_status', admin, `'${records.plaintiff}', 'signed'`, 'done'],
  ['public.update_plaintiff_status', admin, `'${records.plaintiff}', 'nonsense'`, refused.enumeration],
  ['public.update_plaintiff_status', admin, `'${missing}', 'signed'`, refused.missing],
  ['public.ops_update_plaintiff_status', admin, `'${records.plaintiff}', 'signed', 'called'`, 'done'],
  ['public.ops_update_plaintiff_status', admin, `'${records.plaintiff}', NULL, 'called'`, refused.argument],
  ['public.outreach_log_call', admin, `'${records.plaintiff}', 'voicemail'`, 'done'],
  ['public.outreach_log_call', admin, `'${records.plaintiff}', 'voicemail', -1`, refused.argument],
  ['public.outreach_log_call', admin, `'${records.plaintiff}', 'nonsense'`, refused.enumeration],
]

export function sameAsCases(db: Reference): void {
  const pairs = new Map(
    readDocument().flatMap((entry) => (entry.sameAs === null ? [] : [[entry.id, entry.sameAs] as const])),
  )

  describe('functions that are the same as another', () => {
    it('are all in this list', () => {
      expect([...new Set(calls.map(([id]) => id))].sort()).toEqual([...pairs.keys()].sort())
    })

    it('call the other', async () => {
      const bodies = new Map((await listDefiners(db)).map(({id, body}) => [id, body]))
      for (const [id, other] of pairs) expect(bodies.get(id), id).toContain(`${other}(`)
    })

    it.each(calls)('%s answers like the other', async (id, caller, args, answer) => {
      expect(await db.code(caller, `SELECT ${id}(${args})`)).toBe(answer)
      expect(await db.code(caller, `SELECT ${pairs.get(id)}(${args})`)).toBe(answer)
    })
  })
}
