/** Functions whose row says that they read, only read. */
import {describe, expect, it} from 'vitest'
import {owner, records, service, users} from '../callers.ts'
import {listDefiners} from '../exposure.ts'
import {type Reference, readDocument, refused} from '../support.ts'

const readOnly: Readonly<Record<string, string>> = {
  'ops.check_batch_integrity': 'gen_random_uuid()',
  'ops.get_queue_health_summary': '',
  'public.ceo_12_metrics': '',
  'public.ceo_command_center_metrics': '',
  'public.check_import_guardrails': 'gen_random_uuid()',
  'public.compute_litigation_budget': '',
  'public.copilot_case_context': `'${records.case}'`,
  'public.dragonfly_can_read': `'judgment', '${records.judgment}'`,
  'public.dragonfly_has_any_role': `'{admin,viewer}'`,
  'public.dragonfly_has_role': `'viewer'`,
  'public.dragonfly_is_admin': '',
  'public.enforcement_activity_metrics': '',
  'public.enforcement_radar_filtered': `NULL, 1`,
  'public.evaluate_enforcement_path': `'${records.case}'`,
  'public.fetch_new_candidates': '',
  'public.get_access_logs': '',
  'public.get_enforcement_timeline': `'${records.case}'`,
  'public.get_intake_stats': '',
  'public.get_litigation_budget': '',
  'public.intake_radar_metrics': '',
  'public.intake_radar_metrics_v2': '',
  'public.ops_triage_alerts': '',
  'public.ops_triage_alerts_fetch': '',
  'public.pgmq_get_queue_metrics': '',
  'public.pgmq_metrics': `'website_leads'`,
  'public.portfolio_judgments_paginated': '',
  'public.score_case_collectability': `'${records.case}'`,
}

export function readOnlyCases(db: Reference): void {
  describe('read-only functions', () => {
    it('are, of those that the document calls so, all in this list', () => {
      const said = readDocument().filter((entry) => /read-only|pagination/i.test(entry.risks))
      expect(Object.keys(readOnly).sort()).toEqual(said.map((entry) => entry.id).sort())
    })

    it('are the stable ones, and no other is', async () => {
      const stable = (await listDefiners(db)).filter((definer) => definer.volatility !== 'v')
      expect(stable.map((definer) => definer.id)).toEqual(Object.keys(readOnly).sort())
    })

    it.each(Object.entries(readOnly))('%s works where nothing can be written', async (id, args) => {
      await db.sql('SET LOCAL transaction_read_only = on')
      expect(await db.code(service, `SELECT * FROM ${id}(${args})`)).toBe('done')
    })

    it('are not all that there is: a read-only transaction refuses the others', async () => {
      await db.sql('SET LOCAL transaction_read_only = on')
      expect(await db.code(service, `SELECT ops.queue_job('send_mail')`)).toBe(refused.readOnly)
      expect(await db.code(service, `SELECT ops.log_action('some.thing')`)).toBe(refused.readOnly)
    })

    it('answer with what is there', async () => {
      const [score] = await db.as(owner, `SELECT public.score_case_collectability('${records.case}') AS n`)
      await db.sql(`UPDATE public.cases SET enrichment = '{"bank": "B"}' WHERE id = '${records.case}'`)
      const [better] = await db.as(owner, `SELECT public.score_case_collectability('${records.case}') AS n`)
      expect(Number(better?.n)).toBe(Number(score?.n) + 20)
      const [path] = await db.as(
        owner,
        `SELECT flow_kind FROM public.evaluate_enforcement_path('${records.case}')`,
      )
      expect(path).toEqual({flow_kind: 'bank_levy'})

      const metrics = await db.as(service, 'SELECT rank, metric, value::text FROM public.ceo_12_metrics()')
      expect(metrics.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
      expect(metrics.slice(0, 2)).toEqual([
        {rank: 1, metric: 'judgments', value: '1'},
        {rank: 2, metric: 'judged_amount', value: '100000.00'},
      ])
      const [context] = await db.as(owner, `SELECT public.copilot_case_context('${records.case}') AS c`)
      expect(context?.c).toMatchObject({
        case: {court: 'NY', number: 'C-1'},
        parties: [{role: 'defendant', kind: 'person', name: 'Some Debtor'}],
        judgments: [{docket: 'D-1', amount: 100000, status: 'active'}],
      })
      const roles = await db.as(
        {role: 'dragonfly_app', sub: users.owner},
        `SELECT public.dragonfly_has_role('viewer') AS viewer, public.dragonfly_is_admin() AS admin,
          public.dragonfly_has_any_role('{admin,viewer}') AS any`,
      )
      expect(roles).toEqual([{viewer: true, admin: false, any: true}])
    })
  })
}
