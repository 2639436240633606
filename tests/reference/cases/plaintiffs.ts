/** Plaintiffs and budgets: owners of tasks, wishes, four eyes. */
import {describe, expect, it} from 'vitest'
import {admin, operator, otherAdmin, owner, records, stranger} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

export function plaintiffCases(db: Reference): void {
  const one = async (promise: Promise<readonly Record<string, unknown>[]>) => String((await promise)[0]?.id)

  describe('plaintiffs', () => {
    it('have tasks that their assignee completes', async () => {
      const upsert = (title: string) => `SELECT public.upsert_plaintiff_task(
        '${records.plaintiff}', 'call_back', '${title}', p_assigned_to => '${owner.sub}') AS id`
      const task = await one(db.as(operator, upsert('Call')))
      expect(await one(db.as(operator, upsert('Call back')))).toBe(task)
      expect(await db.code(operator, upsert(''))).toBe(refused.argument)
      const complete = `SELECT public.complete_plaintiff_task('${task}')`
      expect(await db.code(stranger, complete)).toBe(refused.privilege)
      expect(await db.code(operator, complete)).toBe(refused.privilege)
      await db.as(owner, complete)
      await db.as(owner, complete)
      expect(await db.as(owner, 'SELECT title, status FROM public.plaintiff_tasks')).toEqual([
        {title: 'Call back', status: 'done'},
      ])
      const update = (fields: string) => `SELECT public.ops_update_task('${task}', '${fields}')`
      expect(await db.code(operator, update('{"plaintiff_id": "x"}'))).toBe(refused.argument)
      expect(await db.code(operator, update('{"status": "nonsense"}'))).toBe(refused.enumeration)
      await db.as(operator, update('{"status": "cancelled"}'))
      expect(await db.code(owner, complete)).toBe(refused.state)
    })

    it('who ask not to be called are not contacted again', async () => {
      await db.as(operator, `SELECT public.log_call_outcome('${records.plaintiff}', 'do_not_call')`)
      const update = (to: string) => `SELECT public.outreach_update_status('${records.plaintiff}', '${to}')`
      expect(await db.code(operator, update('in_progress'))).toBe(refused.privilege)
      expect(await db.code(operator, update('nonsense'))).toBe(refused.enumeration)
      expect(await db.code(admin, update('in_progress'))).toBe('done')
    })
  })

  describe('the litigation budget', () => {
    it('is proposed by one admin and approved by another, within what was computed', async () => {
      const approve = (amount: number, day = 'current_date') =>
        `SELECT public.approve_daily_budget(${day}, ${amount}) AS status`
      expect(await db.as(admin, 'SELECT public.compute_litigation_budget()::text AS n')).toEqual([
        {n: '3.20'},
      ])
      expect(await db.code(operator, approve(3))).toBe(refused.privilege)
      expect(await db.code(admin, approve(4))).toBe(refused.argument)
      expect(await db.code(admin, approve(3, 'current_date - 1'))).toBe(refused.argument)
      expect(await db.as(admin, approve(3))).toEqual([{status: 'proposed'}])
      expect(await db.as(admin, approve(3))).toEqual([{status: 'proposed'}])
      expect(await db.as(otherAdmin, approve(2))).toEqual([{status: 'proposed'}])
      expect(await db.as(admin, approve(2))).toEqual([{status: 'approved'}])
      expect(await db.code(admin, approve(3))).toBe(refused.state)
      const current = 'SELECT amount::int, status FROM public.get_litigation_budget()'
      expect(await db.as(operator, current)).toEqual([{amount: 2, status: 'approved'}])
    })
  })
}
