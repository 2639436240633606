/** Many connections at once, on real servers: PGlite has but one. */
import {randomUUID} from 'node:crypto'
import type pg from 'pg'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {hosts, type Session} from '../support/postgres.ts'
import {seed} from './callers.ts'
import {become, connect, install, readCode} from './support.ts'

const login = 'secdef_caller'
const connections = 8

for (const host of hosts.filter((each) => each.name !== 'PGlite')) {
  describe.skipIf(host.missing !== undefined)(host.name, () => {
    let session: Session
    let clients: pg.Client[] = []

    beforeAll(async () => {
      session = await host.start()
      await install(session)
      await seed(session)
      await session.run(`CREATE ROLE ${login} LOGIN PASSWORD '${login}';
        GRANT service_role, dragonfly_worker TO ${login};`)
      clients = await connect(session, login, connections)
    })
    afterAll(async () => {
      await Promise.all(clients.map((client) => client.end()))
      await session.stop()
    })
    const queue = (count: number) =>
      session.run(`UPDATE ops.job_queue SET status = 'cancelled';
      INSERT INTO ops.job_queue (job_type) SELECT 'send_mail' FROM generate_series(1, ${count})`)

    it('claims 200 jobs, each once, none lost', async () => {
      await queue(200)
      const claims = await Promise.all(
        clients.map(async (client, n) => {
          await client.query(become({role: 'dragonfly_worker', worker: `worker-${n}`}))
          const mine: string[] = []
          for (;;) {
            const {rows} = await client.query(`SELECT job_id FROM ops.claim_pending_job('worker-${n}')`)
            if (rows.length === 0) return mine
            mine.push(...rows.map((row) => String(row.job_id)))
          }
        }),
      )
      const {rows} = await session.run(
        `SELECT id, claimed_by, attempts FROM ops.job_queue WHERE status = 'processing'`,
      )
      expect(rows).toHaveLength(200)
      expect(claims.flat().sort()).toEqual(rows.map((row) => String(row.id)).sort())
      expect(rows.filter((row) => row.attempts !== 1)).toEqual([])
      for (const [n, mine] of claims.entries()) {
        const held = rows.filter((row) => row.claimed_by === `worker-${n}`)
        expect(mine.sort()).toEqual(held.map((row) => String(row.id)).sort())
      }
    })

    it('does not wait for a claim that is not committed', async () => {
      await queue(2)
      const [first, second] = clients
      await first?.query(
        `BEGIN; ${become({role: 'dragonfly_worker'})} SELECT ops.claim_pending_job('worker-a')`,
      )
      await second?.query(`${become({role: 'dragonfly_worker'})} SET statement_timeout = '5s'`)
      const answer = await second?.query(`SELECT job_id FROM ops.claim_pending_job('worker-b')`)
      expect(answer?.rows).toHaveLength(1)
      await first?.query('ROLLBACK')
      const {rows} =
        await session.run(`SELECT claimed_by FROM ops.job_queue WHERE status = 'processing' AND claimed_by
        IN ('worker-a', 'worker-b')`)
      expect(rows).toEqual([{claimed_by: 'worker-b'}])
    })

    it('queues one job and inserts one case, however many ask at once', async () => {
      const key = randomUUID()
      const answers = await Promise.all(
        clients.map(async (client) => {
          await client.query(become({role: 'service_role'}))
          const job = await client.query(`SELECT ops.queue_job_idempotent('${key}', 'send_mail') AS id`)
          const inserted = await client.query(
            `SELECT * FROM public.insert_or_get_case('NY', '${key}', 'At once')`,
          )
          return {
            job: String(job.rows[0]?.id),
            case: String(inserted.rows[0]?.case_id),
            created: inserted.rows[0]?.created,
          }
        }),
      )
      expect(new Set(answers.map((answer) => answer.job)).size).toBe(1)
      expect(new Set(answers.map((answer) => answer.case)).size).toBe(1)
      expect(answers.filter((answer) => answer.created)).toHaveLength(1)
    })

    it('lets five of eight leads through', async () => {
      const codes = await Promise.all(
        clients.map(async (client) => {
          await client.query(become({role: 'service_role'}))
          const submit = `SELECT public.submit_website_lead('192.0.2.9', 'Lead', 'lead@example.org')`
          return client.query(submit).then(() => 'done', readCode)
        }),
      )
      expect(codes.sort()).toEqual(['PT429', 'PT429', 'PT429', 'done', 'done', 'done', 'done', 'done'])
    })

    it('gives a job to one of a worker that completes it and a reaper that takes it back', async () => {
      await queue(1)
      const [first, second] = clients
      await first?.query(become({role: 'dragonfly_worker'}))
      const claimed = await first?.query(`SELECT job_id FROM ops.claim_pending_job('worker-c')`)
      await session.run(
        `UPDATE ops.job_queue SET claimed_at = now() - interval '1 hour' WHERE status = 'processing'`,
      )
      await first?.query(`BEGIN; SELECT ops.complete_job('${claimed?.rows[0]?.job_id}', 'worker-c')`)
      await second?.query(`${become({role: 'service_role'})} SET statement_timeout = '5s'`)
      const reaped = await second?.query(`SELECT job_id FROM ops.reap_stuck_jobs()`)
      expect(reaped?.rows.map((row) => row.job_id)).not.toContain(claimed?.rows[0]?.job_id)
      await first?.query('COMMIT')
    })
  })
}
