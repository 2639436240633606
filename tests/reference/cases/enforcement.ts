/** Enforcement: workflows, stages, evidence, owners of actions. */
import {describe, expect, it} from 'vitest'
import {admin, operator, owner, records, stranger, tableOwner} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

export function enforcementCases(db: Reference): void {
  const one = async (promise: Promise<readonly Record<string, unknown>[]>) => String((await promise)[0]?.id)

  describe('enforcement', () => {
    it('spawns one workflow at a time, with its tasks, and records its outcome in all tables at once', async () => {
      const spawn = `SELECT public.spawn_enforcement_flow('${records.case}', 'bank_levy') AS id`
      const flow = await one(db.as(owner, spawn))
      expect(await db.code(owner, spawn)).toBe(refused.state)
      expect(await db.as(owner, `SELECT public.generate_enforcement_tasks('${flow}') AS n`)).toEqual([{n: 0}])
      expect(await db.code(owner, 'SELECT public.generate_enforcement_tasks(gen_random_uuid())')).toBe(
        refused.argument,
      )
      expect(
        await db.as(owner, 'SELECT step, action_type FROM public.enforcement_tasks ORDER BY step'),
      ).toEqual([
        {step: 1, action_type: 'search_assets'},
        {step: 2, action_type: 'serve_levy'},
      ])
      expect(await db.as(stranger, 'SELECT FROM public.enforcement_tasks')).toEqual([])

      const record = (outcome: string, amount: number) =>
        `SELECT enforcement.record_outcome('${flow}', '${outcome}', ${amount}, 50)`
      expect(await db.code(owner, record('collected', 900))).toBe(refused.privilege)
      expect(await db.code(operator, record('collected', 0))).toBe(refused.argument)
      expect(await db.code(operator, record('nonsense', 1))).toBe(refused.enumeration)
      await db.as(operator, record('collected', 900))
      expect(await db.code(operator, record('collected', 900))).toBe(refused.state)
      expect(
        await db.sql(`SELECT kind, flows, t.recovered::int, t.cost::int, w.status, enforcement_stage, outcome
        FROM enforcement.strategy_totals AS t JOIN public.enforcement_workflows AS w USING (kind)
        JOIN enforcement.strategy_outcomes ON workflow_id = w.id JOIN public.cases AS c ON c.id = case_id`),
      ).toEqual([
        {
          kind: 'bank_levy',
          flows: 1,
          recovered: 900,
          cost: 50,
          status: 'finished',
          enforcement_stage: 'collected',
          outcome: 'collected',
        },
      ])
      const timeline = `SELECT event_type FROM public.get_enforcement_timeline('${records.case}')`
      expect((await db.as(owner, timeline)).map((row) => row.event_type)).toEqual([
        'outcome_recorded',
        'stage_changed',
        'flow_started',
      ])
    })

    it('refuses stages and events that are none', async () => {
      const nothing = [
        `public.set_enforcement_stage('${records.case}', 'nonsense')`,
        `public.add_enforcement_event('${records.case}', 'nonsense')`,
        `public.spawn_enforcement_flow('${records.case}', 'nonsense')`,
      ]
      for (const call of nothing)
        expect(await db.code(owner, `SELECT ${call}`), call).toBe(refused.enumeration)
      for (const call of nothing) {
        expect(await db.code(owner, `SELECT ${call.replace(`'nonsense'`, 'NULL')}`), call).toBe(
          refused.argument,
        )
      }
    })

    it('stores evidence once, and no path that leaves its folder', async () => {
      const add = (file: string, sha = 'b') =>
        `SELECT public.add_evidence('${records.case}', 'document', 'Deed', '${file}', '${sha.repeat(64)}') AS id`
      const first = await one(db.as(owner, add('a/deed.pdf')))
      expect(await one(db.as(owner, add('a/copy.pdf')))).toBe(first)
      expect(await db.code(owner, add('../secret', 'c'))).toBe(refused.argument)
      expect(await db.code(owner, add('/etc/passwd', 'c'))).toBe(refused.argument)
      expect(await db.code(owner, add('a/deed.pdf', 'x'))).toBe(refused.argument)
    })

    it('lets the owner of an action finish it, and logs each step', async () => {
      const action = await one(
        db.as(
          owner,
          `SELECT public.log_enforcement_action('${records.case}', 'send_demand', '', 'planned') AS id`,
        ),
      )
      const update = (to: string) => `SELECT public.update_enforcement_action_status('${action}', '${to}')`
      expect(await db.code(stranger, update('done'))).toBe(refused.privilege)
      expect(await db.code(operator, update('done'))).toBe(refused.privilege)
      expect(await db.code(owner, update('nonsense'))).toBe(refused.enumeration)
      await db.as(owner, update('in_progress'))
      await db.as(admin, update('done'))
      expect(await db.code(owner, update('failed'))).toBe(refused.state)
      const log = await db.as(
        tableOwner,
        'SELECT status, actor_id FROM public.enforcement_action_log ORDER BY id',
      )
      expect(log).toEqual([
        {status: 'planned', actor_id: owner.sub},
        {status: 'in_progress', actor_id: owner.sub},
        {status: 'done', actor_id: admin.sub},
      ])
    })
  })
}
