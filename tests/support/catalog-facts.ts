/** The facts of an inventory, from PostgreSQL's own catalogue and from a fold, in one shape to be compared. */
import {compareCodePoints} from '../../src/model/compare.ts'
import type {Grant, Inventory} from '../../src/model/inventory.ts'
import {clean, type Row, type Session} from './postgres.ts'

/** Sorted lines, each of one fact: the difference of two lists is easy to read. */
export type FactLines = readonly string[]

/** Schema `public` as `startClean` leaves it. */
export const cleanSchemas: Inventory['schemas'] = [
  {
    name: 'public',
    owner: 'postgres',
    grants: [
      {grantee: 'PUBLIC', privilege: 'USAGE', grantable: false},
      {grantee: 'postgres', privilege: 'CREATE', grantable: false},
      {grantee: 'postgres', privilege: 'USAGE', grantable: false},
    ],
  },
]

/** An empty database. PGlite ignores RESET SESSION AUTHORIZATION; default privileges of the superuser are not undone by dropping what they are about. */
export async function startClean(session: Session): Promise<void> {
  await session.run('ROLLBACK; SET SESSION AUTHORIZATION postgres; RESET ROLE; RESET ALL;')
  await session.run(`
    DO $$
    DECLARE one record;
    BEGIN
      FOR one IN
        SELECT DISTINCT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES' WHEN 'L' THEN 'LARGE OBJECTS' ELSE 'SCHEMAS' END AS objects,
          coalesce((SELECT string_agg(DISTINCT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END, ', ')
            FROM aclexplode(d.defaclacl) AS x), 'PUBLIC') AS grantees
        FROM pg_default_acl AS d WHERE d.defaclnamespace = 0 AND d.defaclrole = 'postgres'::regrole
      LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES REVOKE ALL ON %s FROM %s CASCADE', one.objects, one.grantees);
        EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT ALL ON %s TO postgres', one.objects);
        IF one.objects IN ('FUNCTIONS', 'TYPES') THEN
          EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT ALL ON %s TO PUBLIC', one.objects);
        END IF;
      END LOOP;
    END
    $$`)
  await clean(session)
}

export function linesOf(inventory: Inventory): FactLines {
  const lines: string[] = []
  const add = (...parts: readonly unknown[]) => lines.push(parts.map(show).join(' | '))
  const grants = (of: string, list: readonly Grant[] | null) => {
    for (const {grantee, privilege, grantable} of list ?? [
      {grantee: '?', privilege: '?', grantable: false},
    ]) {
      add('grant', of, grantee, privilege, grantable)
    }
  }
  for (const routine of inventory.routines) {
    const {id, kind, argumentNames, returns, language, volatility, securityDefiner, settings, owner} = routine
    add(
      'routine',
      id,
      kind,
      kind === 'aggregate' ? '-' : returns,
      language,
      volatility,
      securityDefiner,
      owner,
    )
    add('names', id, argumentNames.join(','))
    add('settings', id, settings?.map(({name, value}) => `${name}=${value}`).join(';') ?? '?')
    grants(id, routine.grants)
  }
  for (const relation of inventory.relations) {
    const {id, kind, owner, rowSecurity, partitionOf, options} = relation
    add('relation', id, kind, owner, rowSecurity?.enabled ?? '-', rowSecurity?.forced ?? '-', partitionOf)
    for (const [name, value] of Object.entries(options)) add('option', id, name, value)
    for (const {name, command, permissive, roles, using, check} of relation.policies) {
      add('policy', id, name, command, permissive, roles.join(','), using !== null, check !== null)
    }
    grants(id, relation.grants)
    for (const {column, grantee, privilege, grantable} of relation.columnGrants) {
      add('column', id, column, grantee, privilege, grantable)
    }
  }
  for (const {name, owner, grants: list} of inventory.schemas) {
    add('schema', name, owner)
    grants(name, list)
  }
  for (const {owner, schema, objects, grants: list} of inventory.defaultPrivileges) {
    add('default', owner, schema, objects)
    for (const {grantee, privilege, grantable} of list) {
      add('default', owner, schema, objects, grantee, privilege, grantable)
    }
  }
  for (const {name, superuser, bypassRls} of inventory.roles) {
    if (name.startsWith('secdef_')) add('role', name, superuser, bypassRls)
  }
  for (const {role, member} of inventory.memberships) {
    if (member.startsWith('secdef_')) add('member', role, member)
  }
  return unique(lines)
}

function show(value: unknown): string {
  return value === null ? '-' : String(value)
}

/** The same privilege granted by two roles is one line. */
function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort(compareCodePoints)
}

/** Read the same lines from the catalogue. Leaves the session with an empty `search_path`. */
export async function readLines(session: Session): Promise<FactLines> {
  await session.run("SET SESSION AUTHORIZATION postgres; RESET ROLE; SET search_path = ''")
  const lines: string[] = []
  for (const query of queries) {
    const {rows} = await session.run(query)
    for (const row of rows) lines.push(lineOf(row))
  }
  return unique(dropUngrantable(lines))
}

function lineOf(row: Row): string {
  const line = row.line
  if (typeof line !== 'string') throw new Error(`Unexpected row ${JSON.stringify(row)}`)
  return line
}

/** A privilege held twice, once with and once without the option to grant it, is held with it. */
function dropUngrantable(lines: readonly string[]): string[] {
  const all = new Set(lines)
  return lines.filter(
    (line) =>
      !line.endsWith(' | false') ||
      !all.has(line.replace(/ \| false$/, ' | true')) ||
      !/^(?:grant|column|default) /.test(line),
  )
}

const ours = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'extensions')`
const id = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`
const routineId = `quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || coalesce((
  SELECT string_agg(pg_catalog.format_type(t, NULL), ', ' ORDER BY place)
  FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, place)), '') || ')'`
const inputNames = `array_to_string(ARRAY(
  SELECT coalesce(p.proargnames[i], '')
  FROM generate_series(1, coalesce(array_length(p.proallargtypes, 1), p.pronargs)) AS i
  WHERE p.proargmodes IS NULL OR p.proargmodes[i] IN ('i', 'b', 'v') ORDER BY i), ',')`
const grantee = `CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee) END`
const flag = (value: string) => `CASE WHEN ${value} THEN 'true' ELSE 'false' END`

const queries: readonly string[] = [
  `SELECT concat_ws(' | ', 'routine', ${routineId},
     CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window' END,
     CASE WHEN p.prokind = 'a' THEN '-' ELSE coalesce(pg_get_function_result(p.oid), '-') END, l.lanname,
     CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
     ${flag('p.prosecdef')}, pg_get_userbyid(p.proowner)) AS line
   FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace JOIN pg_language AS l ON l.oid = p.prolang
   WHERE ${ours}`,
  `SELECT 'names | ' || ${routineId} || ' | ' || ${inputNames} AS line
   FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${ours}`,
  `SELECT 'settings | ' || ${routineId} || ' | ' || coalesce((
     SELECT string_agg(lower(split_part(s, '=', 1)) || '=' || substr(s, strpos(s, '=') + 1), ';' ORDER BY place)
     FROM unnest(p.proconfig) WITH ORDINALITY AS c (s, place)), '') AS line
   FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${ours}`,
  `SELECT concat_ws(' | ', 'grant', ${routineId}, ${grantee}, x.privilege_type, ${flag('x.is_grantable')}) AS line
   FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace,
     aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS x WHERE ${ours}`,
  `SELECT concat_ws(' | ', 'relation', ${id},
     CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned-table' WHEN 'v' THEN 'view'
       WHEN 'm' THEN 'materialized-view' WHEN 'f' THEN 'foreign-table' ELSE 'sequence' END,
     pg_get_userbyid(c.relowner),
     CASE WHEN c.relkind IN ('r', 'p') THEN ${flag('c.relrowsecurity')} ELSE '-' END,
     CASE WHEN c.relkind IN ('r', 'p') THEN ${flag('c.relforcerowsecurity')} ELSE '-' END,
     coalesce((SELECT quote_ident(pn.nspname) || '.' || quote_ident(pc.relname)
       FROM pg_inherits AS i JOIN pg_class AS pc ON pc.oid = i.inhparent JOIN pg_namespace AS pn ON pn.oid = pc.relnamespace
       WHERE c.relispartition AND i.inhrelid = c.oid), '-')) AS line
   FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${ours}`,
  `SELECT concat_ws(' | ', 'option', ${id}, lower(split_part(o, '=', 1)), substr(o, strpos(o, '=') + 1)) AS line
   FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace, unnest(c.reloptions) AS o
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${ours}`,
  `SELECT concat_ws(' | ', 'policy', ${id}, y.polname,
     CASE y.polcmd WHEN '*' THEN 'ALL' WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' ELSE 'DELETE' END,
     ${flag('y.polpermissive')},
     (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END, ',' ORDER BY pg_get_userbyid(r) COLLATE "C")
       FROM unnest(y.polroles) AS r),
     ${flag('y.polqual IS NOT NULL')}, ${flag('y.polwithcheck IS NOT NULL')}) AS line
   FROM pg_policy AS y JOIN pg_class AS c ON c.oid = y.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE ${ours}`,
  `SELECT concat_ws(' | ', 'grant', ${id}, ${grantee}, x.privilege_type, ${flag('x.is_grantable')}) AS line
   FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,
     aclexplode(coalesce(c.relacl, acldefault(CASE WHEN c.relkind = 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner))) AS x
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${ours}`,
  `SELECT concat_ws(' | ', 'column', ${id}, a.attname, ${grantee}, x.privilege_type, ${flag('x.is_grantable')}) AS line
   FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace,
     aclexplode(a.attacl) AS x WHERE NOT a.attisdropped AND ${ours}`,
  `SELECT concat_ws(' | ', 'schema', n.nspname, pg_get_userbyid(n.nspowner)) AS line
   FROM pg_namespace AS n WHERE ${ours}`,
  `SELECT concat_ws(' | ', 'grant', n.nspname, ${grantee}, x.privilege_type, ${flag('x.is_grantable')}) AS line
   FROM pg_namespace AS n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS x WHERE ${ours}`,
  ...['', ", '|'"].map(
    (part) => `SELECT concat_ws(' | ', 'default', pg_get_userbyid(d.defaclrole), coalesce(n.nspname, '-'),
     CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
       ELSE 'schemas' END${part === '' ? '' : `, ${grantee}, x.privilege_type, ${flag('x.is_grantable')}`}) AS line
   FROM pg_default_acl AS d LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace
     ${part === '' ? '' : ', aclexplode(d.defaclacl) AS x'}`,
  ),
  `SELECT concat_ws(' | ', 'role', rolname, ${flag('rolsuper')}, ${flag('rolbypassrls')}) AS line
   FROM pg_roles WHERE rolname ~ '^secdef_'`,
  `SELECT concat_ws(' | ', 'member', pg_get_userbyid(roleid), pg_get_userbyid(member)) AS line
   FROM pg_auth_members WHERE pg_get_userbyid(member) ~ '^secdef_'`,
]
