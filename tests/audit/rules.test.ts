/** Every rule on facts alone: nothing, one judgement for one broken thing, and what is unknown is never silent. */
import {describe, expect, it} from 'vitest'
import {audit} from '../../src/audit/audit.ts'
import type {AuditOptions} from '../../src/audit/options.ts'
import {auditRules} from '../../src/audit/rules.ts'
import type {IdleRevoke, Membership, Origin, Routine} from '../../src/model/inventory.ts'
import {type Changes, closedFunctions, definer, facts, grant, owner, table} from './support/facts.ts'
import {grantRow} from './support/registry.ts'

type Case = {
  readonly what: string
  readonly changes: Changes
  readonly options?: AuditOptions
  /** `rule verdict object` of every judgement. */
  readonly judged: readonly string[]
  /** What is offered; for some cases that it is there is proved with the real servers. */
  readonly mend?: string
  /** Column whose cell is pointed at. */
  readonly column?: string
}

function judge({changes, options}: Pick<Case, 'changes' | 'options'>) {
  const {inventory, registries} = facts(changes)
  return audit(registries, inventory, options)
}

function brief(result: ReturnType<typeof audit>): string[] {
  return result.judgements.map(({rule, verdict, object}) => `${rule.id} ${verdict} ${object}`)
}

const origin = (date: string | null): Origin => ({path: 'migrations/1_a.sql', date})
const path = (value: string): Partial<Routine> => ({settings: [{name: 'search_path', value}]})
const open = {grants: [grant(owner, 'EXECUTE'), grant('PUBLIC', 'EXECUTE')]}
const unnamed = [grant(owner, 'USAGE'), grant(owner, 'CREATE'), grant('anon', 'USAGE')]
const body = (text: string): Partial<Routine> => ({
  body: `BEGIN ${text} END`,
  argumentNames: ['p_name'],
  signature: ['text'],
})
const named = (text: string): Changes => ({
  routines: [definer('claim', {...body(text), id: 'app.claim(integer)'})],
})

const team = {name: 'team', superuser: false, bypassRls: false}
const ofTeam = (privilege: string) => ({grants: [grant('team', privilege)]})
const member = (role: string, of: string, options: Partial<Membership> = {}): Membership => {
  return {role, member: of, inherits: true, canSet: true, isAdmin: false, ...options}
}

const idle = (grantee: string): IdleRevoke => {
  return {owner, schema: 'app', objects: 'functions', grantee, origin: origin('2025-01-01')}
}

const cases: readonly Case[] = [
  // Coverage
  {
    what: 'no row',
    changes: {withoutRows: facts().registries.flatMap(({entries}) => entries.map(({value}) => value.id))},
    judged: ['nothing-seen unknown rows'],
  },
  {what: 'no schema', changes: {without: ['app', 'other']}, judged: ['nothing-seen unknown schemas']},
  {
    what: 'no routine',
    changes: {without: ['app.claim(integer)', 'app.plain(integer)', 'app.touch()']},
    judged: ['nothing-seen unknown routines'],
  },
  {
    what: 'a DO block',
    changes: {
      coverage: {unknowns: [{subject: 'DO block', why: 'it runs EXECUTE', location: {path: 'a.sql'}}]},
    },
    judged: ['unseen unknown DO block'],
  },
  {
    what: 'a failed statement',
    changes: {coverage: {statements: {applied: 1, failed: 1}}},
    judged: ['failed-statements unknown migrations'],
  },
  {
    what: 'a failed statement that is told',
    changes: {
      coverage: {
        statements: {applied: 1, failed: 1},
        unknowns: [{subject: 'statement', why: 'syntax error', location: {path: 'a.sql'}}],
      },
    },
    judged: ['unseen unknown statement'],
  },
  {
    what: 'an API role that does not exist',
    changes: {},
    options: {apiRoles: ['anom']},
    judged: ['absent-api-role unknown anom'],
  },
  {
    what: 'no API role at all',
    changes: {without: ['anon', 'authenticated']},
    judged: ['absent-api-role unknown API roles'],
  },
  {
    what: 'no API role at all, as was said',
    changes: {without: ['anon', 'authenticated']},
    options: {apiRoles: []},
    judged: [],
  },
  // Document
  {
    what: 'a definer without a row',
    changes: {routines: [definer('more')]},
    judged: ['undocumented-definer refuted app.more(integer)'],
    mend: 'ALTER FUNCTION "app"."more"(integer) SECURITY INVOKER;',
  },
  {
    what: 'perhaps a definer without a row',
    changes: {routines: [definer('more', {securityDefiner: null})]},
    judged: ['undocumented-definer unknown app.more(integer)'],
  },
  {
    what: 'a definer of an extension without a row',
    changes: {routines: [definer('more', {extension: 'pg_net', settings: []})]},
    judged: ['undocumented-definer unknown app.more(integer)'],
  },
  {
    what: 'a row for a type of PostgreSQL’s own, and a routine with a namesake of it',
    changes: {
      routines: [definer('of_id', {signature: ['app.uuid']})],
      rows: [{schema: 'app', name: 'of_id', signature: ['uuid']}],
    },
    judged: ['undocumented-definer refuted app.of_id(app.uuid)', 'absent-routine refuted app.of_id(uuid)'],
  },
  {
    what: 'a row for a type of the project’s own, without its schema',
    changes: {
      routines: [definer('of_id', {signature: ['app.status']})],
      rows: [{schema: 'app', name: 'of_id', signature: ['status']}],
    },
    judged: [],
  },
  {
    what: 'a row without a routine',
    changes: {rows: [{schema: 'app', name: 'gone'}]},
    judged: ['absent-routine refuted app.gone'],
    column: 'Object Name',
  },
  {
    what: 'a row for another signature',
    changes: {rows: [{schema: 'app', name: 'claim', signature: ['text']}]},
    judged: ['absent-routine refuted app.claim(text)'],
  },
  {
    what: 'a row in a schema that was left out',
    changes: {rows: [{schema: 'auth', name: 'uid'}]},
    judged: ['absent-routine unknown auth.uid'],
  },
  {
    what: 'a row in a schema that is told as missing',
    changes: {
      rows: [{schema: 'nope', name: 'f'}],
      coverage: {unknowns: [{subject: 'nope', why: 'no such schema', location: null}]},
    },
    judged: ['absent-routine unknown nope.f'],
  },
  {
    what: 'a row whose routine has unknown types',
    changes: {
      rows: [{schema: 'app', name: 'more', signature: ['uuid']}],
      routines: [definer('more', {signature: null})],
    },
    judged: ['absent-routine unknown app.more(uuid)'],
  },
  {
    what: 'a routine in another schema',
    changes: {rows: [{schema: 'app', name: 'more'}], routines: [definer('more', {schema: 'other'})]},
    judged: ['wrong-schema refuted app.more'],
    column: 'Schema',
  },
  {
    what: 'perhaps a definer in another schema',
    changes: {
      rows: [{schema: 'app', name: 'more'}],
      routines: [definer('more', {schema: 'other', securityDefiner: null})],
    },
    judged: ['wrong-schema unknown app.more'],
  },
  {
    what: 'a routine of another signature in another schema',
    changes: {
      rows: [{schema: 'app', name: 'more', signature: ['text']}],
      routines: [definer('more', {schema: 'other'})],
    },
    judged: ['undocumented-definer refuted other.more(integer)', 'absent-routine refuted app.more(text)'],
  },
  {
    what: 'a row for an invoker',
    changes: {rows: [{schema: 'app', name: 'plain'}]},
    judged: ['documented-invoker refuted app.plain'],
    column: 'Object Name',
  },
  {
    what: 'a row for what may be an invoker',
    changes: {rows: [{schema: 'app', name: 'more'}], routines: [definer('more', {securityDefiner: null})]},
    judged: ['documented-invoker unknown app.more'],
  },
  {
    what: 'a name of several routines',
    changes: {routines: [definer('claim', {signature: ['text']})]},
    judged: ['overloaded-name refuted app.claim'],
    column: 'Object Name',
  },
  {
    what: 'a name of several routines, one of them a definer',
    changes: {routines: [definer('claim', {signature: ['text'], securityDefiner: false})]},
    judged: ['overloaded-name refuted app.claim'],
  },
  {
    what: 'a grant to a name of several routines',
    changes: {
      routines: [definer('plain', {signature: ['text'], securityDefiner: false})],
      rows: [grantRow({schema: 'app', name: 'plain'}, owner, 'EXECUTE')],
    },
    judged: ['overloaded-name refuted app.plain to owner'],
  },
  {
    what: 'an approval of an earlier month',
    changes: {routines: [definer('claim', {origin: origin('2025-07-01')})]},
    judged: ['stale-approval refuted app.claim'],
    column: 'Approved By',
  },
  {
    what: 'an approval of the same month',
    changes: {routines: [definer('claim', {origin: origin('2025-06-30')})]},
    judged: [],
  },
  {
    what: 'a change without a date',
    changes: {routines: [definer('claim', {origin: origin(null)})]},
    judged: [],
  },
  {
    what: 'an approval of the day before',
    changes: {
      routines: [definer('more', {origin: origin('2025-06-30')})],
      rows: [{schema: 'app', name: 'more', approval: {by: 'Core Team', date: '2025-06-29'}}],
    },
    judged: ['stale-approval refuted app.more'],
  },
  {
    what: 'an approval of the same day',
    changes: {
      routines: [definer('more', {origin: origin('2025-06-30')})],
      rows: [{schema: 'app', name: 'more', approval: {by: 'Core Team', date: '2025-06-30'}}],
    },
    judged: [],
  },
  // Exceptions
  {
    what: 'no-rls for a guarded table',
    changes: {rows: [{schema: 'app', name: 'job', kind: 'no-rls'}]},
    judged: ['unused-exception refuted no-rls app.job'],
    column: 'Object Name',
  },
  {
    what: 'no-rls for a view',
    changes: {rows: [{schema: 'app', name: 'all_job', kind: 'no-rls'}]},
    judged: ['unused-exception refuted no-rls app.all_job'],
  },
  {
    what: 'no-rls for nothing',
    changes: {rows: [{schema: 'app', name: 'gone', kind: 'no-rls'}]},
    judged: ['unused-exception refuted no-rls app.gone'],
  },
  {
    what: 'no-rls for who knows',
    changes: {
      relations: [table('job', {rowSecurity: null})],
      rows: [{schema: 'app', name: 'job', kind: 'no-rls'}],
    },
    judged: ['unused-exception unknown no-rls app.job'],
  },
  {
    what: 'an exception in a schema that was left out',
    changes: {rows: [{schema: 'auth', name: 'users', kind: 'no-rls'}]},
    judged: ['unused-exception unknown no-rls auth.users'],
  },
  {
    what: 'definer-view for an invoker view',
    changes: {relations: [table('all_job', {kind: 'view'})]},
    judged: ['unused-exception refuted definer-view app.all_job'],
  },
  {
    what: 'definer-view for a table',
    changes: {rows: [{schema: 'app', name: 'job', kind: 'definer-view'}]},
    judged: ['unused-exception refuted definer-view app.job'],
  },
  {
    what: 'a grant that nobody holds',
    changes: {rows: [grantRow({schema: 'app', name: 'job'}, 'anon', 'SELECT')]},
    judged: ['unused-exception refuted grant app.job to anon'],
    column: 'Privileges',
  },
  {
    what: 'a grant held in part',
    changes: {
      rows: [grantRow({schema: 'app', name: 'code'}, owner, 'INSERT', 'SELECT')],
      relations: [
        table('code', {
          rowSecurity: {enabled: false, forced: false},
          grants: [grant('anon', 'SELECT'), grant(owner, 'SELECT')],
        }),
      ],
    },
    judged: ['unused-exception refuted grant app.code to owner'],
  },
  {
    what: 'a grant of who knows',
    changes: {
      rows: [grantRow({schema: 'app', name: 'plain'}, 'anon', 'EXECUTE')],
      routines: [definer('plain', {securityDefiner: false, grants: null})],
    },
    judged: ['unused-exception unknown grant app.plain to anon'],
  },
  {
    what: 'a grant on a schema that nobody holds',
    changes: {rows: [grantRow({schema: 'other', name: 'other'}, 'anon', 'USAGE')]},
    judged: ['unused-exception refuted grant other.other to anon'],
  },
  // search_path
  {
    what: 'no search_path',
    changes: {routines: [definer('claim', {settings: []})]},
    judged: ['search-path-missing refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "app", "pg_temp";',
  },
  {
    what: 'unknown settings',
    changes: {routines: [definer('claim', {settings: null})]},
    judged: ['search-path-missing unknown app.claim(integer)'],
  },
  {
    what: 'a list in quotes',
    changes: {routines: [definer('claim', path('"app, pg_temp"'))]},
    judged: ['search-path-misquoted refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "app", "pg_temp";',
  },
  {
    what: '$user',
    changes: {routines: [definer('claim', path('"$user", app, pg_temp'))]},
    judged: ['search-path-user refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "app", "pg_temp";',
  },
  {
    what: 'a schema that does not exist',
    changes: {routines: [definer('claim', path('apq, pg_temp'))]},
    judged: ['search-path-unknown-schema refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "pg_catalog", "pg_temp";',
  },
  {
    what: 'a schema of the platform that may not exist',
    changes: {routines: [definer('claim', path('extensions, pg_temp'))]},
    judged: ['search-path-unknown-schema unknown app.claim(integer)'],
  },
  {
    what: 'a schema that was left out',
    changes: {routines: [definer('claim', path('auth, pg_temp'))]},
    judged: ['search-path-writable unknown schema auth'],
  },
  {
    what: 'a schema on the path that was left out, and whose privileges are known',
    changes: {
      routines: [definer('claim', path('auth, app, pg_temp'))],
      schemas: [{name: 'auth', owner: 'root', grants: [grant('root', 'CREATE'), grant('anon', 'USAGE')]}],
      coverage: {schemas: ['app', 'other']},
    },
    judged: [],
  },
  {
    what: 'a schema on the path that was left out, and in which an API role may create',
    changes: {
      routines: [definer('claim', path('auth, app, pg_temp'))],
      schemas: [{name: 'auth', owner: 'root', grants: [grant('anon', 'CREATE')]}],
      coverage: {schemas: ['app', 'other']},
    },
    judged: ['search-path-writable refuted CREATE on schema auth to anon'],
  },
  {
    what: 'system schemas',
    changes: {routines: [definer('claim', path('pg_catalog, information_schema, pg_temp'))]},
    judged: [],
  },
  {
    what: 'a schema on the path that PUBLIC may write to',
    changes: {schemas: [{name: 'app', owner, grants: [...unnamed, grant('PUBLIC', 'CREATE')]}]},
    judged: ['search-path-writable refuted CREATE on schema app to PUBLIC'],
    mend: 'REVOKE CREATE ON SCHEMA "app" FROM PUBLIC;',
  },
  {
    what: 'a schema on the path that another role may write to',
    changes: {schemas: [{name: 'app', owner, grants: [...unnamed, grant('worker', 'CREATE')]}]},
    judged: ['search-path-writable refuted CREATE on schema app to worker'],
  },
  {
    what: 'a schema on the path that nobody but a superuser may write to',
    changes: {
      schemas: [{name: 'app', owner, grants: [...unnamed, grant('root', 'CREATE')]}],
      roles: [{name: 'root', superuser: true, bypassRls: true}],
    },
    judged: [],
  },
  {
    what: 'a schema on the path that the owner of the database may write to',
    changes: {schemas: [{name: 'app', owner, grants: [...unnamed, grant('pg_database_owner', 'CREATE')]}]},
    judged: [],
  },
  {
    what: 'a schema on the path that perhaps a superuser may write to',
    changes: {
      schemas: [{name: 'app', owner, grants: [...unnamed, grant('root', 'CREATE')]}],
      roles: [{name: 'root', superuser: null, bypassRls: null}],
    },
    judged: ['search-path-writable unknown CREATE on schema app to root'],
  },
  {
    what: 'a schema on the path with unknown privileges',
    changes: {schemas: [{name: 'app', owner, grants: null}], withoutRows: ['app.app to anon']},
    judged: ['search-path-writable unknown schema app'],
  },
  {
    what: 'pg_temp first',
    changes: {routines: [definer('claim', {...path('pg_temp, app'), body: 'BEGIN DELETE FROM job; END'})]},
    judged: ['search-path-temp refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "app", "pg_temp";',
  },
  {
    what: 'an empty path and a type without a schema',
    changes: {routines: [definer('claim', {...path('""'), body: 'DECLARE v text; BEGIN END'})]},
    judged: ['search-path-temp refuted app.claim(integer)'],
    mend: 'ALTER FUNCTION "app"."claim"(integer) SET search_path = "pg_catalog", "pg_temp";',
  },
  {
    what: 'an empty path and nothing without a schema',
    changes: {routines: [definer('claim', path('""'))]},
    judged: [],
  },
  {
    what: 'an empty path and no body',
    changes: {routines: [definer('claim', {...path('""'), language: 'plperl', body: 'spi_exec()'})]},
    judged: ['search-path-temp unknown app.claim(integer)', 'dynamic-sql unknown app.claim(integer)'],
  },
  {
    what: 'an empty path and a constant that is executed',
    changes: {routines: [definer('claim', {...path('""'), body: "BEGIN EXECUTE 'DELETE FROM job'; END"})]},
    judged: ['search-path-temp unknown app.claim(integer)'],
  },
  {
    what: 'an empty path and a parsed body',
    changes: {
      routines: [
        definer('claim', {
          ...path('""'),
          language: 'sql',
          body: 'BEGIN ATOMIC\n SELECT job.id FROM job;\nEND',
        }),
      ],
    },
    judged: [],
  },
  // Privileges on definers
  {
    what: 'a definer open to PUBLIC',
    changes: {routines: [definer('claim', open)]},
    judged: ['execute-open refuted app.claim(integer)'],
    mend: 'REVOKE EXECUTE ON FUNCTION "app"."claim"(integer) FROM PUBLIC;',
  },
  {
    what: 'a definer open to API roles',
    changes: {
      routines: [definer('claim', {grants: [grant('authenticated', 'EXECUTE'), grant('anon', 'EXECUTE')]})],
    },
    judged: ['execute-open refuted app.claim(integer)'],
    mend: 'REVOKE EXECUTE ON FUNCTION "app"."claim"(integer) FROM "authenticated", "anon";',
  },
  {
    what: 'a definer open to who knows',
    changes: {routines: [definer('claim', {grants: null})]},
    judged: ['execute-open unknown app.claim(integer)'],
  },
  {
    what: 'a trigger function open to PUBLIC',
    changes: {
      routines: [
        definer('touch', {...open, signature: [], returns: 'trigger', body: 'BEGIN RETURN new; END'}),
      ],
    },
    judged: ['trigger-function-open refuted app.touch()'],
    mend: 'REVOKE EXECUTE ON FUNCTION "app"."touch"() FROM PUBLIC;',
  },
  {
    what: 'a trigger function open to who knows',
    changes: {routines: [definer('touch', {grants: null, signature: [], returns: 'trigger'})]},
    judged: ['trigger-function-open unknown app.touch()'],
  },
  {
    what: 'an open definer that may be a trigger function',
    changes: {routines: [definer('touch', {...open, signature: [], returns: null})]},
    judged: ['execute-open refuted app.touch()'],
  },
  // What members of roles reach
  {
    what: 'a definer open to a role of which an API role is a member',
    changes: {
      routines: [definer('claim', ofTeam('EXECUTE'))],
      memberships: [member('team', 'anon')],
      roles: [team],
    },
    judged: ['execute-open refuted app.claim(integer)'],
    mend: 'REVOKE EXECUTE ON FUNCTION "app"."claim"(integer) FROM "team";',
  },
  ...[
    {inherits: true, canSet: false},
    {inherits: false, canSet: true},
    {inherits: false, canSet: false, isAdmin: true},
    {inherits: null, canSet: false},
    {inherits: false, canSet: null},
    {inherits: false, canSet: false, isAdmin: null},
  ].map(
    (options): Case => ({
      what: `a membership that lets act as the role: ${JSON.stringify(options)}`,
      changes: {
        routines: [definer('claim', ofTeam('EXECUTE'))],
        memberships: [member('team', 'anon', options)],
        roles: [team],
      },
      judged: ['execute-open refuted app.claim(integer)'],
    }),
  ),
  {
    what: 'a membership that lets nothing be done',
    changes: {
      routines: [definer('claim', ofTeam('EXECUTE'))],
      memberships: [member('team', 'anon', {inherits: false, canSet: false})],
      roles: [team],
    },
    judged: [],
  },
  {
    what: 'a membership in an API role, and in what no API role reaches',
    changes: {
      routines: [definer('claim', ofTeam('EXECUTE'))],
      memberships: [member('anon', 'team'), member('team', 'worker')],
      roles: [team],
    },
    judged: [],
  },
  {
    what: 'memberships in a circle, of several grants at several removes',
    changes: {
      relations: [table('job', ofTeam('SELECT'))],
      memberships: [member('middle', 'anon'), member('team', 'middle'), member('middle', 'team')],
      roles: [team, {...team, name: 'middle'}],
    },
    judged: ['residual-grant refuted app.job'],
    mend: 'REVOKE SELECT ON TABLE "app"."job" FROM "team";',
  },
  {
    what: 'a privilege of a role that an API role reaches, excused for that role',
    changes: {
      routines: [definer('claim', ofTeam('EXECUTE'))],
      memberships: [member('team', 'anon')],
      roles: [team],
      rows: [grantRow({schema: 'app', name: 'claim'}, 'team', 'EXECUTE')],
    },
    judged: [],
  },
  {
    what: 'an API role that is a member of the owner',
    changes: {memberships: [member(owner, 'anon')]},
    judged: ['api-role-is-owner refuted owner'],
    mend: 'REVOKE "owner" FROM "anon";',
  },
  {
    what: 'API roles that come to the owner by several ways',
    changes: {
      memberships: [
        member(owner, 'anon'),
        member('team', 'authenticated'),
        member(owner, 'team'),
        member(owner, 'worker'),
      ],
      roles: [team],
    },
    judged: ['api-role-is-owner refuted owner'],
    mend: 'REVOKE "owner" FROM "anon", "team";',
  },
  {
    what: 'what is beyond a superuser',
    changes: {
      memberships: [member('team', 'anon'), member(owner, 'team')],
      roles: [{...team, superuser: true}],
    },
    judged: ['api-role-is-owner refuted team'],
    mend: 'REVOKE "team" FROM "anon";',
  },
  {
    what: 'an API role that is a member of a role that was not seen',
    changes: {memberships: [member('team', 'anon')]},
    judged: ['api-role-is-owner unknown team'],
    mend: 'REVOKE "team" FROM "anon";',
  },
  {
    what: 'an API role that is a member of one that may have BYPASSRLS',
    changes: {memberships: [member('team', 'anon')], roles: [{...team, bypassRls: null}]},
    judged: ['api-role-is-owner unknown team'],
  },
  {
    what: 'an API role that is a member of one that may own a table',
    changes: {memberships: [member('team', 'anon')], roles: [team], relations: [table('job', {owner: null})]},
    judged: ['api-role-is-owner unknown team'],
  },
  {
    what: 'what is beyond a role that was not seen',
    changes: {memberships: [member('team', 'anon'), member(owner, 'team')]},
    judged: ['api-role-is-owner refuted owner', 'api-role-is-owner unknown team'],
  },
  {
    what: 'an API role that is a member of the owner of a schema that is on no path',
    changes: {
      memberships: [member('team', 'anon')],
      roles: [team],
      schemas: [{name: 'other', owner: 'team', grants: [grant('team', 'CREATE')]}],
    },
    judged: ['api-role-is-owner refuted team'],
  },
  {
    what: 'an API role that is a member of another one, which owns a table',
    changes: {
      memberships: [member('authenticated', 'anon')],
      relations: [table('job', {owner: 'authenticated', grants: [grant('authenticated', 'SELECT')]})],
    },
    judged: ['api-role-is-owner refuted authenticated', 'residual-grant refuted app.job'],
  },
  {
    what: 'an API role with BYPASSRLS',
    changes: {roles: [{name: 'anon', superuser: false, bypassRls: true}]},
    judged: ['api-role-is-owner refuted anon'],
  },
  {
    what: 'an API role that owns a table',
    changes: {relations: [table('job', {owner: 'anon', grants: []})]},
    judged: ['api-role-is-owner refuted anon'],
  },
  {
    what: 'an API role that is a member of another one',
    changes: {memberships: [member('authenticated', 'anon')]},
    judged: [],
  },
  // What runs
  {
    what: 'an argument in dynamic SQL',
    changes: named("EXECUTE 'DROP TABLE ' || p_name;"),
    judged: ['dynamic-sql refuted app.claim(integer)'],
  },
  {
    what: 'a quoted argument in dynamic SQL',
    changes: named("EXECUTE 'DROP TABLE ' || quote_ident(p_name);"),
    judged: [],
  },
  {
    what: 'dynamic SQL from elsewhere',
    changes: named('EXECUTE app.build(1);'),
    judged: ['dynamic-sql unknown app.claim(integer)'],
  },
  {
    what: 'a body that cannot be read',
    changes: {routines: [definer('claim', {body: null})]},
    judged: ['dynamic-sql unknown app.claim(integer)'],
  },
  {
    what: 'C',
    changes: {routines: [definer('claim', {language: 'c', body: null})]},
    judged: ['untrusted-language refuted app.claim(integer)'],
  },
  {
    what: 'C whose body is told as unseen',
    changes: {
      routines: [definer('claim', {language: 'c', body: null})],
      coverage: {unknowns: [{subject: 'app.claim(integer)', why: 'c', location: null}]},
    },
    judged: ['untrusted-language refuted app.claim(integer)'],
  },
  {
    what: 'untrusted Python',
    changes: {routines: [definer('claim', {language: 'plpython3u'})]},
    judged: ['untrusted-language refuted app.claim(integer)'],
  },
  {
    what: 'a language nobody knows',
    changes: {routines: [definer('claim', {language: 'plrune'})]},
    judged: ['untrusted-language unknown app.claim(integer)'],
  },
  {
    what: 'no default privileges',
    changes: {defaultPrivileges: []},
    judged: ['default-execute refuted functions of owner'],
    mend: 'ALTER DEFAULT PRIVILEGES FOR ROLE "owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;',
  },
  {
    what: 'default privileges of a schema alone',
    changes: {defaultPrivileges: [{...closedFunctions, schema: 'app'}]},
    judged: ['default-execute refuted functions of owner'],
  },
  {
    what: 'global default privileges with PUBLIC',
    changes: {defaultPrivileges: [{...closedFunctions, grants: [grant('PUBLIC', 'EXECUTE')]}]},
    judged: ['default-execute refuted functions of owner'],
  },
  {
    what: 'a revoke in a schema of what holds everywhere',
    changes: {defaultPrivileges: [], idleRevokes: [idle('PUBLIC')]},
    judged: ['idle-revoke refuted functions of owner'],
    mend: `ALTER DEFAULT PRIVILEGES FOR ROLE "owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`,
  },
  {
    what: 'a revoke in a schema of what is closed everywhere',
    changes: {idleRevokes: [idle('PUBLIC')]},
    judged: [],
  },
  {
    what: 'a revoke in a schema from a role that is none of the API',
    changes: {idleRevokes: [idle('worker'), idle('anon')]},
    judged: [],
  },
  {
    what: 'an unknown owner',
    changes: {routines: [definer('claim', {owner: null})]},
    judged: ['owner-bypasses-rls unknown app.claim(integer)'],
  },
  // The baseline
  {
    what: 'an owner with BYPASSRLS',
    changes: {roles: [{name: owner, superuser: false, bypassRls: true}]},
    judged: ['owner-bypasses-rls refuted owner'],
  },
  {
    what: 'a superuser as owner',
    changes: {roles: [{name: owner, superuser: true, bypassRls: null}]},
    judged: ['owner-bypasses-rls refuted owner'],
  },
  {
    what: 'a superuser without BYPASSRLS as owner',
    changes: {roles: [{name: owner, superuser: true, bypassRls: false}]},
    judged: ['owner-bypasses-rls refuted owner'],
  },
  {
    what: 'an owner who may be a superuser',
    changes: {roles: [{name: owner, superuser: null, bypassRls: false}]},
    judged: ['owner-bypasses-rls unknown owner'],
  },
  {
    what: 'an owner of unknown attributes',
    changes: {roles: [{name: owner, superuser: false, bypassRls: null}]},
    judged: ['owner-bypasses-rls unknown owner'],
  },
  {
    what: 'an owner that was not seen',
    changes: {without: [owner]},
    judged: ['owner-bypasses-rls unknown owner'],
  },
  {
    what: 'a table without RLS',
    changes: {relations: [table('job', {rowSecurity: {enabled: false, forced: false}})]},
    judged: ['rls-disabled refuted app.job'],
    mend: 'ALTER TABLE "app"."job" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;',
  },
  {
    what: 'a table of who knows',
    changes: {relations: [table('job', {rowSecurity: null})]},
    judged: ['rls-disabled unknown app.job'],
  },
  {
    what: 'a table of an extension without RLS',
    changes: {relations: [table('job', {rowSecurity: {enabled: false, forced: false}, extension: 'x'})]},
    judged: [],
  },
  {
    what: 'a partition without RLS',
    changes: {
      relations: [
        table('part', {partitionOf: 'app.job', rowSecurity: {enabled: false, forced: true}, policies: []}),
      ],
    },
    judged: ['partition-rls-disabled refuted app.part'],
    mend: 'ALTER TABLE "app"."part" ENABLE ROW LEVEL SECURITY;',
  },
  {
    what: 'a partition of who knows',
    changes: {relations: [table('part', {partitionOf: 'app.job', rowSecurity: null})]},
    judged: ['partition-rls-disabled unknown app.part'],
  },
  {
    what: 'a partition with RLS and no policy',
    changes: {relations: [table('part', {partitionOf: 'app.job', policies: []})]},
    judged: [],
  },
  {
    what: 'RLS that is not forced',
    changes: {relations: [table('job', {rowSecurity: {enabled: true, forced: false}})]},
    judged: ['rls-not-forced refuted app.job'],
    mend: 'ALTER TABLE "app"."job" FORCE ROW LEVEL SECURITY;',
  },
  {
    what: 'RLS without a policy',
    changes: {relations: [table('job', {policies: []})]},
    judged: ['rls-without-policy refuted app.job'],
  },
  {
    what: 'a table open to anon',
    changes: {relations: [table('job', {grants: [grant('anon', 'SELECT'), grant('anon', 'TRUNCATE')]})]},
    judged: ['residual-grant refuted app.job'],
    mend: 'REVOKE SELECT, TRUNCATE ON TABLE "app"."job" FROM "anon";',
  },
  {
    what: 'a column open to PUBLIC',
    changes: {relations: [table('job', {columnGrants: [{...grant('PUBLIC', 'UPDATE'), column: 'note'}]})]},
    judged: ['residual-grant refuted app.job'],
    mend: 'REVOKE UPDATE ("note") ON TABLE "app"."job" FROM PUBLIC;',
  },
  {
    what: 'a table open to anon, and one of its columns',
    changes: {
      relations: [
        table('job', {
          grants: [grant('anon', 'SELECT')],
          columnGrants: [
            {...grant('anon', 'SELECT'), column: 'id'},
            {...grant('anon', 'UPDATE'), column: 'id'},
            {...grant('anon', 'UPDATE'), column: 'note'},
          ],
        }),
      ],
    },
    judged: ['residual-grant refuted app.job'],
    mend: 'REVOKE SELECT, UPDATE ("id", "note") ON TABLE "app"."job" FROM "anon";',
  },
  {
    what: 'a sequence open to PUBLIC',
    changes: {relations: [table('ticket', {kind: 'sequence', grants: [grant('PUBLIC', 'USAGE')]})]},
    judged: ['residual-grant refuted app.ticket'],
    mend: 'REVOKE USAGE ON SEQUENCE "app"."ticket" FROM PUBLIC;',
  },
  {
    what: 'a table open to who knows',
    changes: {relations: [table('job', {grants: null})]},
    judged: ['residual-grant unknown app.job'],
  },
  {
    what: 'a materialised view open to anon',
    changes: {relations: [table('count', {kind: 'materialized-view', grants: [grant('anon', 'SELECT')]})]},
    judged: ['materialized-view-open refuted app.count'],
    mend: 'REVOKE SELECT ON TABLE "app"."count" FROM "anon";',
  },
  {
    what: 'a materialised view open to who knows',
    changes: {relations: [table('count', {kind: 'materialized-view', grants: null})]},
    judged: ['materialized-view-open unknown app.count'],
  },
  {
    what: 'a foreign table open to anon',
    changes: {relations: [table('remote', {kind: 'foreign-table', grants: [grant('anon', 'SELECT')]})]},
    judged: ['foreign-table-open refuted app.remote'],
  },
  {
    what: 'a foreign table open to who knows',
    changes: {relations: [table('remote', {kind: 'foreign-table', grants: null})]},
    judged: ['foreign-table-open unknown app.remote'],
  },
  {
    what: 'a schema open to PUBLIC',
    changes: {schemas: [{name: 'other', owner, grants: [grant('PUBLIC', 'USAGE')]}]},
    judged: ['residual-schema-grant refuted USAGE on schema other to PUBLIC'],
    mend: 'REVOKE USAGE ON SCHEMA "other" FROM PUBLIC;',
  },
  {
    what: 'a schema open to who knows',
    changes: {schemas: [{name: 'other', owner, grants: null}]},
    judged: ['residual-schema-grant unknown schema other'],
  },
  {
    what: 'default privileges for anon',
    changes: {
      defaultPrivileges: [
        closedFunctions,
        {
          owner,
          schema: 'app',
          objects: 'tables',
          grants: [grant('anon', 'SELECT'), grant('anon', 'INSERT')],
          origin: null,
        },
      ],
    },
    judged: ['default-privileges refuted tables of owner in schema app to anon'],
    mend: 'ALTER DEFAULT PRIVILEGES FOR ROLE "owner" IN SCHEMA "app" REVOKE SELECT, INSERT ON TABLES FROM "anon";',
  },
  {
    what: 'default privileges of a schema that was left out',
    changes: {
      defaultPrivileges: [
        closedFunctions,
        {owner, schema: 'auth', objects: 'tables', grants: [grant('anon', 'SELECT')], origin: null},
      ],
    },
    judged: [],
  },
  {
    what: 'a view without security_invoker',
    changes: {relations: [table('open_job', {kind: 'view', options: {}})]},
    judged: ['definer-view refuted app.open_job'],
    mend: 'ALTER VIEW "app"."open_job" SET (security_invoker = true);',
  },
  {
    what: 'a view with security_invoker off',
    changes: {relations: [table('open_job', {kind: 'view', options: {security_invoker: 'off'}})]},
    judged: ['definer-view refuted app.open_job'],
  },
  {
    what: 'a view with security_invoker on',
    changes: {relations: [table('open_job', {kind: 'view', options: {security_invoker: 'ON'}})]},
    judged: [],
  },
]

it('says nothing of facts that keep every rule', () => {
  const result = judge({changes: {}})
  expect(brief(result)).toEqual([])
  expect(result.verdict).toBe('verified')
})

describe.each(cases)('$what', ({changes, options, judged, mend, column}) => {
  const result = judge({changes, ...(options && {options})})

  it(`is judged: ${judged.join(', ') || 'nothing'}`, () => {
    expect(brief(result)).toEqual(judged)
  })

  it('offers what mends it, at its place, in one line', () => {
    for (const judgement of result.judgements) {
      expect(judgement.message).toMatch(/^(?:Unexpected|Could not) [^\n]+$/)
      expect(Object.values(judgement.mend)).toEqual([expect.stringMatching(/^[^\n]+[.;]$/)])
      if (mend !== undefined) expect(judgement.mend).toEqual({statement: mend})
      if (column !== undefined) expect(judgement.entry?.column).toBe(column)
      if (judgement.entry) expect(judgement.entry.row.cells).toHaveProperty([judgement.entry.column])
    }
  })

  it('is clean only where nothing is judged', () => {
    const mild = result.judgements.every(
      ({severity, verdict}) => verdict === 'refuted' && severity !== 'error',
    )
    expect(result.verdict === 'verified').toBe(judged.length === 0 || mild)
  })
})

it('offers to revoke a membership where an API role comes to it, not from what is beyond another such role', () => {
  const root = {...team, name: 'root', superuser: true}
  const memberships = [
    ...[member('root', 'anon'), member(owner, 'root')],
    ...[member('team', 'anon'), member(owner, 'team')],
  ]
  const {judgements} = judge({changes: {memberships, roles: [root, team]}})
  expect(judgements.map(({mend}) => mend)).toEqual([
    {statement: 'REVOKE "owner" FROM "team";'},
    {statement: 'REVOKE "root" FROM "anon";'},
  ])
})

it('breaks every rule, and has every rule answer unknown that can', () => {
  const said = (verdict: string) =>
    new Set(
      cases
        .flatMap(({judged}) => judged)
        .filter((line) => line.split(' ')[1] === verdict)
        .map((line) => line.split(' ')[0]),
    )
  const ids = auditRules.map(({id}) => id)
  // What nobody can break without being unknown, and what no fact that can be unknown decides.
  const onlyUnknown = ['nothing-seen', 'unseen', 'failed-statements', 'absent-api-role']
  const neverUnknown = [
    ...['overloaded-name', 'stale-approval', 'search-path-misquoted', 'search-path-user', 'rls-not-forced'],
    ...['rls-without-policy', 'default-execute', 'idle-revoke', 'default-privileges', 'definer-view'],
  ]
  expect(ids.filter((id) => !said('refuted').has(id))).toEqual(onlyUnknown)
  expect(ids.filter((id) => !said('unknown').has(id)).sort()).toEqual(neverUnknown.sort())
})
