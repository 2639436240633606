/** Every case on a real host: clean, one thing broken, one judgement, its mend as offered, clean. */
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {type Audit, audit} from '../../../src/audit/audit.ts'
import {readCatalog} from '../../support/catalog.ts'
import {clean, type Host, type Session} from '../../support/postgres.ts'
import {type BreakCase, breakCases} from '../cases.ts'
import {registryWith} from './registry.ts'
import {apiRoles, leftovers, world, worldRows} from './world.ts'

/** Define the cases on these hosts. In files of their own, hosts run beside each other. */
export function proveCases(hosts: readonly Host[]): void {
  describe.each(hosts)('$name', (host) => {
    describe.skipIf(host.missing !== undefined)(host.missing ?? 'starts', () => {
      let session: Session
      // A case that went through leaves the schema as it found it.
      let isAsBefore = false
      beforeAll(async () => {
        session = await host.start()
      })
      afterAll(() => session.stop())
      beforeEach(async () => {
        if (isAsBefore) return
        await clean(session)
        await session.run(leftovers + world)
        expect(brief(await auditOf(session))).toEqual([])
      })

      it.each(breakCases)('$what', async (one) => {
        isAsBefore = false
        await session.run(one.breaking)
        const broken = await auditOf(session)
        expect(brief(broken)).toEqual([`${one.rule} ${one.verdict ?? 'refuted'} ${one.object}`])
        await session.run(mendOf(broken, one))
        expect(brief(await auditOf(session))).toEqual([])
        await session.run(one.after ?? '')
        isAsBefore = true
      })

      it('knows nothing where there is nothing, until there is something', async () => {
        isAsBefore = false
        await clean(session)
        const unseen = ['unseen unknown app', 'unseen unknown relations']
        expect(brief(await auditOf(session)).sort()).toEqual(['nothing-seen unknown routines', ...unseen])
        await session.run(leftovers + world)
        expect(brief(await auditOf(session))).toEqual([])
      })

      it('knows nothing of a role that is not there, until it is', async () => {
        isAsBefore = false
        const asked = [...apiRoles, 'secdef_guest']
        expect(brief(await auditOf(session, asked))).toEqual(['absent-api-role unknown secdef_guest'])
        await session.run('CREATE ROLE secdef_guest')
        expect(brief(await auditOf(session, asked))).toEqual([])
      })

      it('knows that it may not see a schema without USAGE, until it has it', async () => {
        isAsBefore = false
        const audited = async (change: string) => {
          await session.run(`RESET ROLE; ${change}; SET ROLE secdef_reader`)
          const judged = brief(await auditOf(session))
          await session.run('RESET ROLE')
          return judged
        }
        const usage = (schemas: string) => `USAGE ON SCHEMA ${schemas}`
        await session.run('CREATE ROLE secdef_reader')
        expect(await audited(`GRANT ${usage('app, other, public')} TO secdef_reader`)).toEqual([])
        expect(await audited(`REVOKE ${usage('app')} FROM secdef_reader`)).toEqual(['unseen unknown app'])
        expect(await audited(`GRANT ${usage('app')} TO secdef_reader`)).toEqual([])
      })

      it('runs a caller’s code as the owner by a temporary type, until the path is mended as offered', async () => {
        isAsBefore = false
        await session.run(attack.victim)
        const {judgements} = await auditOf(session)
        expect(judgements.map(({rule}) => rule.id)).toEqual(['search-path-temp'])
        await expect(session.run(attack.call)).rejects.toThrow('text_check')
        await session.run('RESET ROLE')
        const mend = judgements[0]?.mend ?? {advice: ''}
        await session.run('statement' in mend ? mend.statement : mend.advice)
        expect((await session.run(attack.call)).rows).toEqual([{claim: '1'}])
      })
    })
  })
}

/** The domain refuses every value if its check runs as the owner of the routine, which nobody let it. */
const attack = {
  victim: `
    DROP FUNCTION app.claim(integer);
    CREATE FUNCTION app.claim(p_id integer) RETURNS pg_catalog.text LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = '' AS 'BEGIN RETURN p_id::text; END';
    ALTER FUNCTION app.claim(integer) OWNER TO secdef_owner;
    REVOKE ALL ON FUNCTION app.claim(integer) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION app.claim(integer) TO secdef_authenticated;`,
  call: `
    SET ROLE secdef_authenticated;
    CREATE TEMP TABLE IF NOT EXISTS mine (id integer);
    CREATE OR REPLACE FUNCTION pg_temp.is_mine(value pg_catalog.text) RETURNS boolean LANGUAGE plpgsql
      AS 'BEGIN RETURN CURRENT_USER <> ''secdef_owner''; END';
    DROP DOMAIN IF EXISTS pg_temp.text;
    CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.is_mine(VALUE));
    SELECT app.claim(1)`,
}

/**
 * The statement as it is offered, by a judgement that says what it must; what an advice means is the case's to say, and
 * no case may say both.
 */
export function mendOf({judgements}: Audit, {mend, says = ''}: BreakCase): string {
  expect(judgements[0]?.message).toContain(says)
  const offered = judgements[0]?.mend
  const statement = offered && 'statement' in offered ? offered.statement : undefined
  expect(statement === undefined).toBe(mend !== undefined)
  return mend ?? statement ?? ''
}

async function auditOf(session: Session, roles: readonly string[] = apiRoles): Promise<Audit> {
  const documented = ['app']
  const inventory = await readCatalog(session, {
    apiRoles: roles,
    schemas: {include: [], exclude: [], documented},
  })
  return audit([registryWith(worldRows)], inventory, {apiRoles: roles})
}

export function brief({judgements}: Audit): string[] {
  return judgements.map(({rule, verdict, object}) => `${rule.id} ${verdict} ${object}`)
}
