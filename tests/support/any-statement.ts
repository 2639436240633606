/** Random statements over a few names, roles, overloads and schemas, so that they meet. */
import fc from 'fast-check'

const pick = (...words: readonly string[]) => fc.constantFrom(...words)
const maybe = (word: string) => pick('', word)

/** Parts joined by blanks; empty ones leave none. */
function sql(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  const arbitraries = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))
  return fc.tuple(...arbitraries).map((words) => words.filter((word) => word !== '').join(' '))
}

const schema = pick('s1', 's2', 'public')
const place = pick('', '', 's1.', 's2.', 'public.')
const role = pick('secdef_a', 'secdef_b', 'secdef_c')
const grantee = pick('secdef_a', 'secdef_b', 'secdef_c', 'PUBLIC', 'secdef_a, PUBLIC')
const named = (names: readonly string[]) =>
  fc.tuple(place, fc.constantFrom(...names)).map(([where, name]) => where + name)
const routineName = named(['f', 'g'])
const tableName = named(['t', 'u'])
const viewName = named(['v', 'w'])
const sequenceName = named(['q', 't_id_seq'])
const typeName = named(['e', 'd'])
const inputs = pick(
  '',
  'int',
  'a int',
  'a integer, b text',
  'text',
  'b varchar(3)',
  'e',
  'x public.e[]',
  'a int default 1',
)
const types = pick('', 'int', 'int4', 'integer, text', 'text', 'character varying', 'e', 'public.e[]', 't')
const routine = fc
  .tuple(routineName, fc.option(types))
  .map(([name, list]) => (list === null ? name : `${name}(${list})`))
const sort = pick('FUNCTION', 'FUNCTION', 'FUNCTION', 'PROCEDURE', 'ROUTINE')
const clauses = pick(
  '',
  'SECURITY DEFINER',
  'SECURITY INVOKER',
  'STABLE',
  "SET search_path = ''",
  'SECURITY DEFINER SET search_path = s1, "$user", \'Odd\'',
  'SET statement_timeout = 1000 IMMUTABLE',
  "SECURITY DEFINER SET work_mem TO '4MB' SET search_path TO public",
)

const createRoutine = fc.oneof(
  sql(
    'CREATE',
    maybe('OR REPLACE'),
    'FUNCTION',
    fc.tuple(routineName, inputs).map(([name, list]) => `${name}(${list})`),
    pick('RETURNS int', 'RETURNS int', 'RETURNS SETOF int', 'RETURNS TABLE (x int)'),
    'LANGUAGE sql',
    clauses,
    pick("AS 'SELECT 1'", 'AS $$SELECT 2$$'),
  ),
  sql(
    'CREATE',
    maybe('OR REPLACE'),
    'PROCEDURE',
    fc
      .tuple(routineName, pick('', 'a int', 'INOUT a int', 'a int, OUT b int'))
      .map(([name, list]) => `${name}(${list})`),
    'LANGUAGE plpgsql',
    pick('', 'SECURITY DEFINER'),
    "AS 'BEGIN END'",
  ),
  sql('CREATE', maybe('OR REPLACE'), 'AGGREGATE', routineName, '(int) (SFUNC = int4pl, STYPE = int)'),
)
const alterRoutine = sql(
  'ALTER',
  sort,
  routine,
  fc.oneof(
    pick(
      'SECURITY DEFINER',
      'SECURITY INVOKER',
      'EXTERNAL SECURITY DEFINER',
      'STABLE',
      'VOLATILE',
      'RESET ALL',
    ),
    pick(
      "SET search_path = ''",
      'SET search_path TO s1, s2',
      'RESET search_path',
      'SET statement_timeout = 5',
      'SET search_path TO DEFAULT',
    ),
    sql('OWNER TO', role),
    sql('RENAME TO', pick('f', 'g')),
    sql('SET SCHEMA', schema),
  ),
)
const cascade = pick('', '', 'CASCADE')
const ifExists = pick('', 'IF EXISTS')
const dropRoutine = sql('DROP', sort, ifExists, routine, cascade)

const privileges = (list: readonly string[]) => fc.constantFrom('ALL', 'ALL PRIVILEGES', ...list)
const grantTail = fc
  .tuple(grantee, pick('', '', 'WITH GRANT OPTION'))
  .map(([to, option]) => `TO ${to} ${option}`.trim())
const revokeTail = fc.tuple(grantee, cascade).map(([from, how]) => `FROM ${from} ${how}`.trim())
const change = (what: fc.Arbitrary<string>) =>
  fc.oneof(sql('GRANT', what, grantTail), sql('REVOKE', pick('', '', 'GRANT OPTION FOR'), what, revokeTail))
const tableRights = privileges([
  'SELECT',
  'INSERT',
  'UPDATE, DELETE',
  'TRUNCATE',
  'SELECT (id)',
  'UPDATE (a), SELECT',
  'ALL (a)',
  'MAINTAIN',
])
const grants = fc.oneof(
  change(sql(privileges(['EXECUTE']), 'ON', sort, routine)),
  change(
    sql(privileges(['EXECUTE']), 'ON ALL', pick('FUNCTIONS', 'PROCEDURES', 'ROUTINES'), 'IN SCHEMA', schema),
  ),
  change(sql(tableRights, 'ON', maybe('TABLE'), fc.oneof(tableName, viewName, sequenceName))),
  change(sql(privileges(['SELECT', 'INSERT']), 'ON ALL TABLES IN SCHEMA', schema)),
  change(sql(privileges(['USAGE', 'SELECT']), 'ON SEQUENCE', sequenceName)),
  change(sql(privileges(['USAGE']), 'ON ALL SEQUENCES IN SCHEMA', schema)),
  change(sql(privileges(['USAGE', 'CREATE', 'USAGE, CREATE']), 'ON SCHEMA', schema)),
)

const defaults = sql(
  'ALTER DEFAULT PRIVILEGES',
  fc.oneof(fc.constant(''), sql('FOR ROLE', pick('postgres', 'secdef_a'))),
  fc.oneof(fc.constant(''), sql('IN SCHEMA', schema)),
  fc.oneof(
    change(sql(privileges(['EXECUTE']), 'ON', pick('FUNCTIONS', 'ROUTINES'))),
    change(sql(privileges(['SELECT', 'INSERT, UPDATE']), 'ON TABLES')),
    change(sql(privileges(['USAGE']), 'ON', pick('SEQUENCES', 'TYPES', 'SCHEMAS'))),
  ),
)

const columns = pick(
  '(id int, a text)',
  '(id serial, a text)',
  '(id int GENERATED ALWAYS AS IDENTITY, a text)',
  '(a text)',
)
const createRelation = fc.oneof(
  sql('CREATE TABLE', maybe('IF NOT EXISTS'), tableName, columns),
  sql(
    'CREATE TABLE',
    tableName,
    pick(
      '(id int, a text) PARTITION BY LIST (id)',
      '(LIKE t)',
      '(LIKE public.t INCLUDING ALL)',
      'AS SELECT 1 AS id, 2 AS a',
    ),
  ),
  sql(
    'CREATE TABLE',
    tableName,
    fc
      .tuple(tableName, pick('1', '2'))
      .map(([parent, value]) => `PARTITION OF ${parent} FOR VALUES IN (${value})`),
  ),
  sql(
    'CREATE TABLE',
    tableName,
    fc.tuple(tableName).map(([parent]) => `(b int) INHERITS (${parent})`),
  ),
  sql(
    'CREATE',
    maybe('OR REPLACE'),
    'VIEW',
    viewName,
    pick('', 'WITH (security_invoker = true)', 'WITH (security_barrier)'),
    'AS SELECT',
    pick('1 AS id', 'id FROM t', 'id, a FROM public.t', 'f() AS id', '* FROM u'),
  ),
  sql(
    'CREATE MATERIALIZED VIEW',
    maybe('IF NOT EXISTS'),
    viewName,
    'AS SELECT',
    pick('1 AS id', 'id FROM t'),
  ),
  sql('CREATE SEQUENCE', maybe('IF NOT EXISTS'), sequenceName, pick('', '', 'OWNED BY t.id')),
)
const relation = fc.oneof(
  sql('TABLE', ifExists, tableName),
  sql('VIEW', ifExists, viewName),
  sql('MATERIALIZED VIEW', ifExists, viewName),
  sql('SEQUENCE', ifExists, sequenceName),
  sql('TABLE', viewName),
)
const alterRelation = fc.oneof(
  sql(
    'ALTER TABLE',
    ifExists,
    tableName,
    pick('ENABLE', 'DISABLE', 'FORCE', 'NO FORCE'),
    'ROW LEVEL SECURITY',
  ),
  sql(
    'ALTER',
    relation,
    fc.oneof(
      sql('OWNER TO', role),
      sql('SET SCHEMA', schema),
      sql('RENAME TO', pick('t', 'u', 'v', 'w', 'q')),
    ),
  ),
  sql(
    'ALTER TABLE',
    tableName,
    pick(
      'SET (fillfactor = 70)',
      'RESET (fillfactor)',
      'ADD COLUMN b int',
      'DROP COLUMN a',
      'DROP COLUMN IF EXISTS id',
      'ADD COLUMN n serial',
      'RENAME COLUMN a TO b',
      'ALTER id ADD GENERATED ALWAYS AS IDENTITY',
      'ALTER id DROP IDENTITY IF EXISTS',
    ),
  ),
  sql('ALTER VIEW', viewName, pick('SET (security_invoker = on)', 'RESET (security_invoker)')),
  sql('ALTER TABLE', tableName, pick('INHERIT', 'NO INHERIT'), tableName),
  sql('ALTER TABLE', tableName, pick('ATTACH', 'DETACH'), 'PARTITION', tableName, 'FOR VALUES IN (3)'),
  sql('ALTER TABLE', tableName, 'DETACH PARTITION', tableName),
  sql('ALTER SEQUENCE', sequenceName, pick('OWNED BY t.id', 'OWNED BY NONE')),
)
const dropRelation = sql('DROP', relation, cascade)

const policyName = pick('p1', 'p2')
const policies = fc.oneof(
  sql(
    'CREATE POLICY',
    policyName,
    'ON',
    tableName,
    pick('', 'AS RESTRICTIVE'),
    pick('', 'FOR SELECT', 'FOR ALL', 'FOR UPDATE'),
    pick('', 'TO secdef_a', 'TO secdef_b, secdef_a', 'TO PUBLIC, secdef_a'),
    pick('USING (true)', 'USING (f() > 0)', 'USING (EXISTS (SELECT FROM u))'),
  ),
  sql(
    'ALTER POLICY',
    policyName,
    'ON',
    tableName,
    pick('TO secdef_c', 'USING (false)', 'RENAME TO p2', 'TO PUBLIC USING (1 = 1)'),
  ),
  sql('DROP POLICY', ifExists, policyName, 'ON', tableName),
)
const schemas = fc.oneof(
  sql('CREATE SCHEMA', maybe('IF NOT EXISTS'), pick('s1', 's2'), pick('', 'AUTHORIZATION secdef_a')),
  sql('DROP SCHEMA', ifExists, pick('s1', 's2'), cascade),
  sql('ALTER SCHEMA', pick('s1', 's2'), fc.oneof(sql('RENAME TO', pick('s1', 's2')), sql('OWNER TO', role))),
  fc.constant('CREATE SCHEMA s1 CREATE TABLE t (id int) CREATE VIEW v AS SELECT id FROM t'),
)
const typeStatements = fc.oneof(
  sql('CREATE TYPE', typeName, pick("AS ENUM ('a')", 'AS (a int)')),
  sql('CREATE DOMAIN', typeName, 'AS text'),
  sql('DROP TYPE', ifExists, typeName, cascade),
  sql('ALTER TYPE', typeName, fc.oneof(sql('SET SCHEMA', schema), sql('RENAME TO', pick('e', 'd')))),
)
const session = fc.oneof(
  pick('BEGIN', 'BEGIN', 'COMMIT', 'COMMIT', 'ROLLBACK', 'SAVEPOINT one', 'ROLLBACK TO one', 'RELEASE one'),
  sql(
    'SET',
    pick('', 'LOCAL'),
    'search_path TO',
    pick('s1', 's2, public', 'public', "''", 's1, s2', '"$user", public'),
  ),
  pick('RESET search_path', 'RESET ALL', "SELECT set_config('search_path', 's1, public', false)"),
  pick(
    'SET ROLE secdef_a',
    'RESET ROLE',
    'RESET ROLE',
    'RESET ROLE',
    'SET SESSION AUTHORIZATION secdef_b',
    'SET SESSION AUTHORIZATION postgres',
    'SET SESSION AUTHORIZATION postgres',
  ),
)
const roles = fc.oneof(
  sql('REASSIGN OWNED BY', role, 'TO', role),
  sql('ALTER ROLE', role, pick('BYPASSRLS', 'NOBYPASSRLS', 'NOSUPERUSER')),
  sql(pick('GRANT secdef_a TO', 'GRANT secdef_b TO'), role),
  sql('REVOKE secdef_a FROM', role),
)
const blocks = fc.oneof(
  alterRelation.map((one) => `DO $$ BEGIN ${one}; END $$`),
  grants.map((one) => `DO $$ BEGIN EXECUTE '${one.replaceAll("'", "''")}'; END $$`),
)

/** Each kind about as often as it is worth. */
export const anyStatement: fc.Arbitrary<string> = fc.oneof(
  {weight: 10, arbitrary: createRoutine},
  {weight: 7, arbitrary: alterRoutine},
  {weight: 4, arbitrary: dropRoutine},
  {weight: 12, arbitrary: grants},
  {weight: 5, arbitrary: defaults},
  {weight: 10, arbitrary: createRelation},
  {weight: 7, arbitrary: alterRelation},
  {weight: 3, arbitrary: dropRelation},
  {weight: 4, arbitrary: policies},
  {weight: 6, arbitrary: schemas},
  {weight: 3, arbitrary: typeStatements},
  {weight: 5, arbitrary: session},
  {weight: 2, arbitrary: roles},
  {weight: 2, arbitrary: blocks},
)

/** Something to work on, or little happens. */
const preludes = [
  'CREATE SCHEMA s1',
  'CREATE SCHEMA s2 AUTHORIZATION secdef_b',
  "CREATE TYPE e AS ENUM ('a')",
  'CREATE TABLE t (id serial, a text)',
  'CREATE TABLE s1.t (id int, a text) PARTITION BY LIST (id)',
  'CREATE TABLE u (id int GENERATED ALWAYS AS IDENTITY, a text)',
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'",
  "CREATE FUNCTION s1.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  "CREATE PROCEDURE g(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN END'",
  'CREATE VIEW v AS SELECT id FROM t',
  'GRANT secdef_a TO secdef_b',
  'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
  'GRANT SELECT ON t TO secdef_a WITH GRANT OPTION',
]

export const anyHistory: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.subarray(preludes), fc.array(anyStatement, {minLength: 10, maxLength: 60}))
  .map(([before, after]) => [...before, ...after])
