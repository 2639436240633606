/** Page sizes, rates, messages, alerts. */
import {describe, expect, it} from 'vitest'
import {admin, impostor, operator, otherAdmin, owner, records, service, stranger, worker} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

/** A paginated function, its rows made, its largest page. */
const pages: readonly (readonly [string, string, number])[] = [
  [
    'public.portfolio_judgments_paginated(1, $)',
    `INSERT INTO public.core_judgments
    (court, docket_number, plaintiff_name, defendant_name, amount, judgment_date)
    SELECT 'NJ', 'N-' || n, 'P', 'D', n, '2024-01-02' FROM generate_series(1, 120) AS n`,
    100,
  ],
  [
    'public.ops_triage_alerts_fetch(0, $)',
    `INSERT INTO ops.triage_alerts (severity, title)
    SELECT 'info', 'Alert ' || n FROM generate_series(1, 120) AS n`,
    100,
  ],
  [
    'public.enforcement_radar_filtered(p_limit => $)',
    `INSERT INTO public.cases (court, case_number, title)
    SELECT 'NJ', 'N-' || n, 'Case' FROM generate_series(1, 220) AS n`,
    200,
  ],
  [
    `public.get_enforcement_timeline('${records.case}', $)`,
    `INSERT INTO public.enforcement_events (case_id, event_type)
    SELECT '${records.case}', 'note' FROM generate_series(1, 220)`,
    200,
  ],
  [
    'public.fetch_new_candidates($)',
    `INSERT INTO intake.candidates
    (source, external_ref, defendant_name, amount, judgment_date)
    SELECT 's', 'R' || n, 'D', n, '2024-01-02' FROM generate_series(1, 520) AS n`,
    500,
  ],
]

export function limitCases(db: Reference): void {
  describe('pages', () => {
    it.each(pages)('%s has a largest page', async (call, rows, most) => {
      await db.sql(rows)
      const read = (limit: string) => `SELECT FROM ${call.replace('$', limit)}`
      for (const [limit, count] of [
        ['1000000', most],
        ['NULL', most],
        ['3', 3],
      ] as const) {
        expect(await db.as(service, read(limit)), limit).toHaveLength(count)
      }
      expect(await db.code(service, read('0'))).toBe(refused.argument)
      expect(await db.code(service, read('-5'))).toBe(refused.argument)
    })

    it('show a portfolio without what the caller may not read', async () => {
      await db.sql(pages[0]?.[1] ?? '')
      const read = 'SELECT docket_number, total::int FROM public.portfolio_judgments_paginated()'
      expect(await db.as(owner, read)).toEqual([{docket_number: 'D-1', total: 1}])
      expect(await db.as(stranger, read)).toEqual([])
      expect((await db.as(operator, read))[0]).toEqual({docket_number: 'D-1', total: 121})
      expect(await db.code(owner, 'SELECT public.portfolio_judgments_paginated(0)')).toBe(refused.argument)
    })

    it('refuse filters that make no sense', async () => {
      for (const call of [
        'enforcement_radar_filtered(NULL, -1)',
        'enforcement_radar_filtered(NULL, NULL, 101)',
        'enforcement_activity_metrics(0)',
      ]) {
        expect(await db.code(operator, `SELECT public.${call}`), call).toBe(refused.argument)
      }
      expect(await db.code(operator, `SELECT public.enforcement_radar_filtered('x')`)).toBe(
        refused.enumeration,
      )
    })
  })

  describe('rates', () => {
    it('let a user ask the copilot ten times an hour', async () => {
      const ask = `SELECT public.request_case_copilot('${records.case}', 'What now?')`
      for (let n = 0; n < 10; n++) await db.as(owner, ask)
      expect(await db.code(owner, ask)).toBe(refused.tooMany)
      expect(await db.code(owner, ask)).toBe(refused.tooMany)
      expect(await db.code(admin, ask)).toBe('done')
      await db.sql(`UPDATE ops.rate_limits SET window_start = window_start - interval '1 hour'`)
      expect(await db.code(owner, ask)).toBe('done')
      expect(await db.sql(`SELECT FROM ops.job_queue WHERE job_type = 'case_copilot'`)).toHaveLength(10)
    })

    it('let a client of the website leave five leads an hour', async () => {
      const submit = (client: string, email = 'Lead@Example.org') =>
        `SELECT public.submit_website_lead('${client}', 'Lead', '${email}', 'Hello')`
      for (let n = 0; n < 5; n++) await db.as(service, submit('192.0.2.1'))
      expect(await db.code(service, submit('192.0.2.1'))).toBe(refused.tooMany)
      expect(await db.code(service, submit('192.0.2.2'))).toBe('done')
      expect(await db.code(service, submit('192.0.2.2', 'nonsense'))).toBe(refused.argument)
      expect(await db.code(owner, submit('192.0.2.2'))).toBe(refused.privilege)
      const leads = await db.sql(`SELECT email, status FROM public.plaintiffs WHERE email IS NOT NULL`)
      expect(leads).toEqual([{email: 'lead@example.org', status: 'lead'}])
    })
  })

  describe('messages', () => {
    it('are counted, read by workers, and deleted once', async () => {
      await db.as(worker, `SELECT public.broadcast_live_event('jobs', 'job.done', '{"n": 1}')`)
      const length = `SELECT queue_name, queue_length::int FROM`
      expect(await db.as(operator, `${length} public.pgmq_get_queue_metrics()`)).toEqual([
        {queue_name: 'live_events', queue_length: 1},
        {queue_name: 'website_leads', queue_length: 0},
      ])
      const [message] = await db.as(worker, 'SELECT msg_id::text FROM ops.queue_messages')
      const remove = (queue: string, id: string) => `SELECT public.pgmq_delete('${queue}', ${id}) AS gone`
      const id = String(message?.msg_id)
      expect(await db.as(worker, remove('website_leads', id))).toEqual([{gone: false}])
      expect(await db.as(worker, remove('live_events', id))).toEqual([{gone: true}])
      expect(await db.as(worker, remove('live_events', id))).toEqual([{gone: false}])
      expect(await db.code(worker, remove('live_events', '0'))).toBe(refused.argument)
      expect(await db.code(worker, remove('nonsense', '1'))).toBe(refused.argument)
      expect(await db.as(worker, `${length} public.pgmq_metrics('live_events')`)).toEqual([
        {queue_name: 'live_events', queue_length: 0},
      ])
    })

    it.each([
      [`'nonsense', 'job.done'`, refused.enumeration],
      [`'jobs', 'Not An Event'`, refused.argument],
      [`'jobs', 'job.done', '[]'`, refused.argument],
    ])('are not broadcast with %s', async (args, code) => {
      expect(await db.code(worker, `SELECT public.broadcast_live_event(${args})`)).toBe(code)
    })
  })

  describe('alerts', () => {
    it('are acknowledged by their assignee', async () => {
      const [alert] = await db.sql(`INSERT INTO ops.triage_alerts (severity, title, assigned_to)
        VALUES ('warning', 'Look', '${otherAdmin.sub}') RETURNING id`)
      const ack = `SELECT public.ops_triage_alerts_ack(${String(alert?.id)})`
      expect(await db.code(impostor, ack)).toBe(refused.privilege)
      expect(await db.code(operator, ack)).toBe(refused.privilege)
      expect(await db.code(service, ack)).toBe(refused.noUser)
      await db.as(otherAdmin, ack)
      expect(await db.as(operator, 'SELECT FROM public.ops_triage_alerts()')).toEqual([])
    })
  })
}
