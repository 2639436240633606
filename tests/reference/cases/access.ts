/** Who may touch whose case, and what each role sees of the tables. */
import {describe, expect, it} from 'vitest'
import {admin, impostor, operator, owner, records, service, stranger, worker} from '../callers.ts'
import {type Caller, type Reference, refused} from '../support.ts'

const sha = 'a'.repeat(64)
const ofCase: readonly string[] = [
  `public.add_enforcement_event('${records.case}', 'notice_sent')`,
  `public.add_evidence('${records.case}', 'photo', 'House', 'c/1.jpg', '${sha}')`,
  `public.log_enforcement_action('${records.case}', 'send_demand')`,
  `public.set_enforcement_stage('${records.case}', 'demand')`,
  `public.spawn_enforcement_flow('${records.case}', 'bank_levy')`,
  `public.get_enforcement_timeline('${records.case}')`,
  `public.copilot_case_context('${records.case}')`,
  `public.evaluate_enforcement_path('${records.case}')`,
  `public.score_case_collectability('${records.case}')`,
  `public.request_case_copilot('${records.case}', 'What now?')`,
  `public.update_judgment_status('${records.judgment}', 'vacated')`,
  `public.set_judgment_priority('${records.judgment}', 80)`,
]

/** Functions that ask for a role of the application, beside the role of the database. */
const ofOps: readonly string[] = [
  'ops.get_queue_health_summary()',
  `public.ops_update_judgment('${records.judgment}', '{"priority": 3}')`,
  `public.set_plaintiff_status('${records.plaintiff}', 'signed')`,
  `public.upsert_plaintiff_task('${records.plaintiff}', 'call_back', 'Call back')`,
  `public.outreach_update_status('${records.plaintiff}', 'in_progress')`,
  `public.advance_import_run(gen_random_uuid(), 'created', 'county', 5)`,
  'public.get_intake_stats()',
  'public.enforcement_activity_metrics()',
  'public.enforcement_radar_filtered()',
  'public.intake_radar_metrics()',
  'public.intake_radar_metrics_v2()',
  'public.compute_litigation_budget()',
  'public.get_litigation_budget()',
  'public.ops_triage_alerts()',
  'public.ops_triage_alerts_fetch()',
]

export function accessCases(db: Reference): void {
  describe('functions of a case', () => {
    it.each(ofCase)('%s is for its owner and for an admin', async (call) => {
      expect(await db.code(owner, `SELECT ${call}`)).toBe('done')
      expect(await db.code(admin, `SELECT ${call}`)).toBe('done')
      expect(await db.code(stranger, `SELECT ${call}`)).toBe(refused.privilege)
    })

    it('answer alike for a case that is missing and for one that is another’s', async () => {
      const stage = (id: string) => db.as(stranger, `SELECT public.set_enforcement_stage('${id}', 'levy')`)
      const missing = records.case.replace('6', '7')
      await expect(stage(records.case)).rejects.toThrow(`no case ${records.case} of yours`)
      await expect(stage(missing)).rejects.toThrow(`no case ${missing} of yours`)
    })
  })

  describe('functions of operations', () => {
    it.each(ofOps)('%s is for who has the role in both places', async (call) => {
      expect(await db.code(operator, `SELECT ${call}`)).toBe('done')
      expect(await db.code(impostor, `SELECT ${call}`)).toBe(refused.privilege)
      expect(await db.code(owner, `SELECT ${call}`)).toBe(refused.privilege)
    })

    it('keep the numbers of the executives for admins, and the reload for service_role', async () => {
      expect(await db.code(admin, 'SELECT public.ceo_command_center_metrics()')).toBe('done')
      expect(await db.code(operator, 'SELECT public.ceo_command_center_metrics()')).toBe(refused.privilege)
      expect(await db.code(service, 'SELECT public.pgrst_reload()')).toBe('done')
      for (const caller of [admin, worker, owner]) {
        expect(await db.code(caller, 'SELECT public.pgrst_reload()')).toBe(refused.privilege)
      }
    })
  })

  describe('policies', () => {
    const count = async (caller: Caller, table: string) =>
      Number((await db.as(caller, `SELECT count(*)::int AS n FROM ${table}`))[0]?.n)

    it.each([
      'public.cases',
      'public.core_judgments',
      'public.entities',
      'public.case_entities',
      'public.case_overview',
    ])('show %s to its owner and to staff, to nobody else', async (table) => {
      expect(await count(owner, table)).toBe(1)
      expect(await count(operator, table)).toBe(1)
      expect(await count(stranger, table)).toBe(0)
      expect(await count({role: 'dragonfly_app'}, table)).toBe(0)
      expect(await db.code(service, `SELECT FROM ${table}`)).toBe(refused.privilege)
      expect(await db.code(worker, `SELECT FROM ${table}`)).toBe(refused.privilege)
    })

    it('show the queue to operations, and each user themselves', async () => {
      expect(await count(operator, 'ops.job_queue')).toBe(1)
      expect(await count(impostor, 'ops.job_queue')).toBe(0)
      expect(await count(owner, 'public.app_users')).toBe(1)
      expect(await count(admin, 'public.app_users')).toBe(5)
    })

    it('let users change their own settings, and nothing else', async () => {
      await db.as(owner, `UPDATE public.user_settings SET time_zone = 'Asia/Tokyo'`)
      const changed = await db.sql(`SELECT user_id FROM public.user_settings WHERE time_zone <> 'UTC'`)
      expect(changed).toEqual([{user_id: owner.sub}])
      expect(await db.code(owner, 'UPDATE public.user_settings SET user_id = user_id')).toBe(
        refused.privilege,
      )
      expect(await db.code(owner, `INSERT INTO public.user_roles VALUES ('${owner.sub}', 'admin')`)).toBe(
        refused.privilege,
      )
    })

    it('bind the owner of the tables: without its policy it sees nothing', async () => {
      const see = () => count({role: 'dragonfly_owner'}, 'public.cases')
      expect(await see()).toBe(1)
      await db.sql('DROP POLICY definers ON public.cases')
      expect(await see()).toBe(0)
    })
  })
}
