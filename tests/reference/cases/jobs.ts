/** The job queue: claims, owners, attempts, dead letters, the reaper. */
import {describe, expect, it} from 'vitest'
import {impostor, operator, otherWorker, owner, scheduler, service, worker} from '../callers.ts'
import {type Caller, type Reference, refused} from '../support.ts'

export function jobCases(db: Reference): void {
  const queue = async (args: string, caller: Caller = owner) =>
    String((await db.as(caller, `SELECT ops.queue_job(${args}) AS id`))[0]?.id)
  const claim = (args = `'worker-1'`, caller: Caller = worker) =>
    db.as(caller, `SELECT job_id FROM ops.claim_pending_job(${args})`)
  const status = async (id: string) =>
    (await db.sql(`SELECT status, attempts, claimed_by FROM ops.job_queue WHERE id = '${id}'`))[0]
  const clear = () => db.sql("UPDATE ops.job_queue SET run_after = now() + interval '1 year'")

  describe('jobs', () => {
    it('are claimed by priority, then by age, each once', async () => {
      await clear()
      const low = await queue(`'score_case'`)
      const high = await queue(`'send_mail', '{}', 9`)
      expect(await claim()).toEqual([{job_id: high}])
      expect(await claim(`'worker-2'`, otherWorker)).toEqual([{job_id: low}])
      expect(await claim()).toEqual([])
      expect(await status(high)).toEqual({status: 'processing', attempts: 1, claimed_by: 'worker-1'})
    })

    it('are claimed by type, also through dequeue_job', async () => {
      await clear()
      const id = await queue(`'send_mail'`)
      expect(await claim(`'worker-1', '{score_case}'`)).toEqual([])
      const dequeue = (type: string) => `SELECT job_id FROM public.dequeue_job('worker-1', ${type})`
      expect(await db.as(worker, dequeue(`'score_case'`))).toEqual([])
      expect(await db.code(worker, dequeue('NULL'))).toBe(refused.argument)
      expect(await db.code(worker, dequeue(`'nonsense'`))).toBe(refused.enumeration)
      expect(await db.as(worker, dequeue(`'send_mail'`))).toEqual([{job_id: id}])
    })

    it('are the same for the same claim token, whose answer was lost', async () => {
      await clear()
      const id = await queue(`'send_mail'`)
      const second = await queue(`'send_mail'`)
      const token = `'worker-1', NULL, '77777777-0000-4000-8000-000000000000'`
      const [first] = await claim(token)
      expect([id, second]).toContain(first?.job_id)
      expect(await claim(token)).toEqual([first])
      expect(await claim()).not.toEqual([first])
    })

    it('are queued once for an idempotency key', async () => {
      const call = (type: string) => `SELECT ops.queue_job_idempotent('key-of-mine', '${type}') AS id`
      const first = await db.as(owner, call('send_mail'))
      expect(await db.as(owner, call('send_mail'))).toEqual(first)
      expect(await db.code(owner, call('score_case'))).toBe(refused.argument)
      expect(await db.code(owner, `SELECT ops.queue_job_idempotent('short', 'send_mail')`)).toBe(
        refused.argument,
      )
      expect(await db.sql(`SELECT id FROM ops.job_queue WHERE idempotency_key = 'key-of-mine'`)).toEqual(
        first,
      )
    })

    it.each([
      ['a payload that is no object', `'send_mail', '[]'`, refused.argument],
      ['a priority out of range', `'send_mail', '{}', 10`, refused.argument],
      ['no attempts', `'send_mail', '{}', 0, NULL, 0`, refused.argument],
      ['no type', 'NULL', refused.argument],
      ['an unknown type', `'nonsense'`, refused.enumeration],
    ])('are not queued with %s', async (_, args, code) => {
      expect(await db.code(owner, `SELECT ops.queue_job(${args})`)).toBe(code)
    })

    it('are finished by the worker that holds them, and by no other', async () => {
      await clear()
      const id = await queue(`'send_mail'`)
      await claim()
      const complete = (name: string) => `SELECT ops.complete_job('${id}', '${name}')`
      const fail = (name: string) => `SELECT ops.fail_job('${id}', '${name}', 'broken')`
      expect(await db.code(otherWorker, complete('worker-2'))).toBe(refused.privilege)
      expect(await db.code(otherWorker, fail('worker-2'))).toBe(refused.privilege)
      expect(await db.code(otherWorker, complete('worker-1'))).toBe(refused.privilege)
      expect(await db.code(owner, complete('worker-1'))).toBe(refused.privilege)
      await db.as(worker, complete('worker-1'))
      expect(await db.code(worker, complete('worker-1'))).toBe(refused.privilege)
      expect((await status(id))?.status).toBe('completed')
    })

    it('come back later after a failure, and are dead after the last attempt', async () => {
      await clear()
      const id = await queue(`'send_mail', '{"to": "me"}', 0, NULL, 2`)
      await claim()
      await db.as(worker, `SELECT ops.fail_job('${id}', 'worker-1', 'first')`)
      expect(await status(id)).toEqual({status: 'pending', attempts: 1, claimed_by: null})
      expect(await claim()).toEqual([])
      await db.sql(`UPDATE ops.job_queue SET run_after = now() WHERE id = '${id}'`)
      await claim()
      await db.as(worker, `SELECT ops.fail_job('${id}', 'worker-1', 'second')`)
      expect((await status(id))?.status).toBe('dead')
      expect(
        await db.sql(`SELECT job_id, attempts, worker_id, reason, payload FROM ops.dead_letter_jobs`),
      ).toEqual([{job_id: id, attempts: 2, worker_id: 'worker-1', reason: 'second', payload: {to: 'me'}}])
      const alerts = await db.as(operator, 'SELECT job_id, severity FROM public.ops_triage_alerts()')
      expect(alerts).toEqual([{job_id: id, severity: 'critical'}])
    })

    it('are recovered when stuck, unless their worker still beats', async () => {
      await clear()
      const stuck = await queue(`'send_mail'`)
      await claim()
      const last = await queue(`'send_mail', '{}', 0, NULL, 1`)
      await claim()
      const slow = await queue(`'send_mail'`)
      await claim(`'worker-2'`, otherWorker)
      await db.sql(
        `UPDATE ops.job_queue SET claimed_at = now() - interval '1 hour' WHERE status = 'processing'`,
      )
      const reap = 'SELECT job_id, status FROM ops.reap_stuck_jobs() ORDER BY status'
      await db.as(otherWorker, `SELECT ops.worker_heartbeat('worker-2')`)
      expect(await db.code(worker, reap)).toBe(refused.privilege)
      expect(await db.code(operator, reap)).toBe(refused.privilege)
      expect(await db.code(scheduler, `SELECT ops.reap_stuck_jobs('1 second')`)).toBe(refused.argument)
      expect(await db.as(scheduler, reap)).toEqual([
        {job_id: stuck, status: 'pending'},
        {job_id: last, status: 'dead'},
      ])
      expect((await status(slow))?.status).toBe('processing')
      expect(await db.as(service, reap)).toEqual([])
    })

    it('change their status only along the state machine', async () => {
      const id = await queue(`'send_mail'`)
      const update = (to: string) => `SELECT ops.update_job_status('${id}', '${to}')`
      expect(await db.code(impostor, update('cancelled'))).toBe(refused.privilege)
      expect(await db.code(operator, update('nonsense'))).toBe(refused.enumeration)
      expect(await db.code(operator, update('processing'))).toBe(refused.state)
      expect(await db.code(operator, update('completed'))).toBe(refused.state)
      await db.as(operator, update('cancelled'))
      expect(await db.code(operator, update('cancelled'))).toBe(refused.state)
      await db.as(operator, update('pending'))
      expect((await status(id))?.status).toBe('pending')
    })
  })
}
