/** Append-only logs, for everybody. */
import {describe, expect, it} from 'vitest'
import {admin, owner, records, stranger, tableOwner, worker} from '../callers.ts'
import {type Caller, type Reference, readDocument, refused} from '../support.ts'

/** Functions whose row says that what they write is append-only, or immutable, and where they write. */
const logs: readonly (readonly [string, string, Caller, string])[] = [
  ['ops.log_action', 'ops.audit_log', owner, `SELECT ops.log_action('report.read', 'case', '{}')`],
  [
    'ops.log_intake_event',
    'ops.intake_events',
    worker,
    `SELECT ops.log_intake_event('worker-1', 'row_stored')`,
  ],
  ['public.log_access', 'public.access_log', owner, `SELECT public.log_access('case', 'x')`],
  ['public.log_event', 'public.event_log', owner, `SELECT public.log_event('page.opened')`],
  ['public.log_export', 'public.export_log', owner, `SELECT public.log_export('cases', 3, 'an audit')`],
  [
    'public.log_external_data_call',
    'public.external_data_calls',
    worker,
    `SELECT public.log_external_data_call('records', '/search', 200, 0.5)`,
  ],
  [
    'public.log_insert_case',
    'public.record_insertions',
    owner,
    `SELECT public.insert_case('NY', 'C-2', 'Second')`,
  ],
  [
    'public.log_insert_entity',
    'public.record_insertions',
    owner,
    `SELECT public.insert_entity('company', 'Acme')`,
  ],
  [
    'public.log_sensitive_update',
    'public.sensitive_changes',
    worker,
    `SELECT public.enrichment_update_debtor('${records.debtor}', '{"phone": "+12125550100"}')`,
  ],
  [
    'public.log_enforcement_action',
    'public.enforcement_action_log',
    owner,
    `SELECT public.log_enforcement_action('${records.case}', 'send_demand')`,
  ],
  [
    'public.log_call_outcome',
    'public.call_log',
    admin,
    `SELECT public.log_call_outcome('${records.plaintiff}', 'voicemail')`,
  ],
  [
    'public.enrichment_log_run',
    'public.enrichment_runs',
    worker,
    `SELECT public.enrichment_log_run('worker-1', 'records', '${records.case}', true, 12)`,
  ],
]

const forbidden = (table: string, column: string) => [
  `UPDATE ${table} SET ${column} = ${column}`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table} CASCADE`,
  `UPDATE ${table} SET ${column} = ${column} WHERE false`,
]

export function logCases(db: Reference): void {
  describe('logs', () => {
    it('are, of those that the document calls append-only, all in this list', () => {
      const said = readDocument().filter((entry) => /append-only/i.test(entry.risks))
      const others = ['public.store_intake_validation']
      expect([...logs.map(([id]) => id), ...others].sort()).toEqual(said.map((entry) => entry.id).sort())
    })

    it.each(logs)('%s appends one row to %s', async (_, table, caller, call) => {
      const before = Number((await db.sql(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n)
      await db.as(caller, call)
      const rows = await db.sql(`SELECT * FROM ${table} ORDER BY 1 DESC`)
      expect(rows).toHaveLength(before + 1)
      if (rows[0] && 'actor_role' in rows[0]) expect(rows[0].actor_role).toBe(caller.role)
      if (rows[0] && 'actor_id' in rows[0]) expect(rows[0].actor_id).toBe(caller.sub ?? null)
    })

    it('refuse every change, to their owner and to a superuser', async () => {
      const tables =
        await db.sql(`SELECT format('%s.%s', relnamespace::regnamespace, relname) AS name, tgenabled::text AS enabled
        FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid
        WHERE tgname = 'append_only' ORDER BY 1`)
      expect(tables.map((table) => table.name)).toEqual(
        expect.arrayContaining(logs.map(([, table]) => table)),
      )
      for (const {name, enabled} of tables) {
        expect(enabled, String(name)).toBe('A')
        for (const statement of forbidden(String(name), 'at')) {
          expect(await db.code(tableOwner, statement), statement).toBe(refused.appendOnly)
          expect(await db.code({role: 'postgres'}, statement), statement).toBe(refused.appendOnly)
        }
      }
    })

    it('are written through their functions alone', async () => {
      for (const role of ['service_role', 'dragonfly_app', 'dragonfly_ops', 'dragonfly_worker']) {
        for (const table of new Set(logs.map(([, table]) => table))) {
          expect(await db.code({role}, `INSERT INTO ${table} DEFAULT VALUES`), `${role} ${table}`).toBe(
            refused.privilege,
          )
        }
      }
    })

    it('are read in pages, by their actors, and whole by an admin', async () => {
      await db.as(owner, `SELECT public.log_access('case', 'mine') FROM generate_series(1, 250)`)
      const read = (limit: string) => `SELECT resource_id FROM public.get_access_logs(${limit})`
      expect(await db.as(owner, read('1000000'))).toHaveLength(200)
      expect(await db.as(admin, read('7'))).toHaveLength(7)
      expect(await db.as(stranger, read('7'))).toEqual([])
      expect(await db.code(admin, read('0'))).toBe(refused.argument)
    })
  })
}
