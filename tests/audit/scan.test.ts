/** The scanner of bodies: tokens, dynamic SQL, names without a schema. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {audit} from '../../src/audit/audit.ts'
import {tokenize} from '../../src/audit/scan/tokens.ts'
import type {Routine} from '../../src/model/inventory.ts'
import {definer, facts} from './support/facts.ts'
import {names, trusts} from './support/scan.ts'

describe('tokens', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['a -- b\nc /* d /* e */ f */ g', ['word a', 'word c', 'word g']],
    ["'it''s' x", ["string it's", 'word x']],
    ["E'a\\' -- b' c", ["string a\\' -- b", 'word c']],
    ["'a\\' b", ['string a\\', 'word b']],
    ['$$ a $b$ c $$ d', ['string  a $b$ c ', 'word d']],
    ['$b$ a $$ c $b$ d', ['string  a $$ c ', 'word d']],
    ['a$b$c', ['word a$b$c']],
    ['"A""b" C', ['name A"b', 'word c']],
    ['"--" x', ['name --', 'word x']],
    ['$1 || $2', ['parameter $1', 'operator ||', 'parameter $2']],
    ['1..10 1.5e3 .5', ['number 1', 'operator ..', 'number 10', 'number 1.5e3', 'number .5']],
    ['a::b := c || -- d', ['word a', 'operator ::', 'word b', 'operator :=', 'word c', 'operator ||']],
    ["a||--'\nb", ['word a', 'operator ||', 'word b']],
    ["u&'\\0041' n'x' name'y'", ['string \\0041', 'string x', 'word name', 'string y']],
    ["'open", ['string open']],
    ['/* open', []],
  ]
  it.each(cases)('%s', (sql, expected) => {
    expect(tokenize(sql).map(({kind, text}) => `${kind} ${text}`)).toEqual(expected)
  })

  it('take any text, and end', () => {
    const parts = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      '\\',
      'E',
      'U&',
      'a',
      '1',
      '.',
      '|',
      ' ',
      '(',
      '\u00a0',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), {maxLength: 20}), (list) => {
        const body = list.join('')
        expect(
          tokenize(body).every(({kind, text}) => kind === 'string' || kind === 'name' || text !== ''),
        ).toBe(true)
        expect(Array.isArray(trusts(body)) && Array.isArray(names(body))).toBe(true)
      }),
    )
  })
})

describe('dynamic SQL', () => {
  const cases: readonly [string, readonly string[]][] = [
    // Safe
    ["EXECUTE 'VACUUM';", ['safe']],
    ["EXECUTE 'DROP TABLE ' || quote_ident(p_name);", ['safe']],
    ["EXECUTE 'DROP TABLE ' || pg_catalog.quote_ident(p_name) || ' CASCADE';", ['safe']],
    ["EXECUTE format('SELECT %I, %L', p_name, p_name);", ['safe']],
    ['EXECUTE format($q$SELECT %I$q$, p_name) INTO v USING p_name;', ['safe']],
    ["EXECUTE 'SELECT $1' USING p_name;", ['safe']],
    ["EXECUTE 'SELECT ' || p_id;", ['safe']],
    ["EXECUTE 'SELECT ' || p_name::regclass;", ['safe']],
    ["EXECUTE 'SELECT ' || (p_name::bigint)::text;", ['safe']],
    ["EXECUTE format('SELECT %s', CASE WHEN p_name = 'x' THEN 'asc' ELSE 'desc' END);", ['safe']],
    ["DECLARE v text := 'a'; BEGIN v := v || 'b' || quote_literal(p_name); EXECUTE v; END", ['safe']],
    ["DECLARE v text; BEGIN v := CASE WHEN p_name = 'x' THEN 'a' ELSE 'b' END; EXECUTE v; END", ['safe']],
    ["DECLARE n integer; BEGIN SELECT 1 INTO n; EXECUTE 'SELECT ' || n; END", ['safe']],
    ["EXECUTE format('%2$I %1$s', 'x', p_name);", ['safe']],
    ["EXECUTE format('100%% %I', p_name);", ['safe']],
    ["DECLARE v text := NULL; BEGIN v := 'a' || true; EXECUTE v; END", ['safe']],
    // An argument becomes SQL
    ["EXECUTE 'DROP TABLE ' || p_name;", ['tainted']],
    ['EXECUTE p_name;', ['tainted']],
    ['EXECUTE $1;', ['tainted']],
    ["EXECUTE 'x' || claim.p_name;", ['tainted']],
    ["EXECUTE format('SELECT %s', p_name);", ['tainted']],
    ["EXECUTE format('%1$I %1$s', p_name);", ['tainted']],
    ["EXECUTE format('%I %s', p_id, p_name);", ['tainted']],
    ["EXECUTE format('a' || '%s', p_name);", ['tainted']],
    ["EXECUTE format('SELECT %-10s', p_name);", ['tainted']],
    ['EXECUTE format(p_name);', ['tainted']],
    ["EXECUTE 'x' || lower(p_name);", ['tainted']],
    ["EXECUTE 'x' || coalesce(p_name, '');", ['tainted']],
    ["EXECUTE concat('x', p_name);", ['tainted']],
    ["EXECUTE 'x' || CASE WHEN true THEN p_name ELSE 'y' END;", ['tainted']],
    ["EXECUTE 'x' || (p_name);", ['tainted']],
    ["EXECUTE /* quote_ident( */ 'x' || p_name -- )\n;", ['tainted']],
    ["DECLARE v text := 'x' || p_name; BEGIN EXECUTE v; END", ['tainted']],
    ["DECLARE v text; BEGIN IF true THEN v := 'a'; ELSE v := p_name; END IF; EXECUTE v; END", ['tainted']],
    ['DECLARE a text; b text; BEGIN a := p_name; b := a; EXECUTE b; END', ['tainted']],
    ["FOR r IN EXECUTE 'x' || p_name LOOP NULL; END LOOP;", ['tainted']],
    ["RETURN QUERY EXECUTE 'x' || p_name;", ['tainted']],
    ["EXECUTE 'x' || NEW.name;", ['tainted']],
    ["DECLARE q ALIAS FOR $1; BEGIN EXECUTE 'x' || q; END", ['opaque']],
    // A name that two blocks declare, or a block and the routine
    ['DECLARE x integer; BEGIN DECLARE x text := p_name; BEGIN EXECUTE x; END; END', ['tainted']],
    ['DECLARE x text := p_name; BEGIN DECLARE x integer; BEGIN x := 1; END; EXECUTE x; END', ['tainted']],
    ['DECLARE p_id text := p_name; BEGIN EXECUTE p_id; END', ['tainted']],
    ['DECLARE p_id integer := 1; BEGIN EXECUTE p_id; END', ['safe']],
    ["BEGIN p_id := p_id + 1; EXECUTE 'SELECT ' || p_id; END", ['safe']],
    ['DECLARE r integer; BEGIN FOR r IN c LOOP EXECUTE r; END LOOP; END', ['opaque']],
    ['DECLARE r integer; BEGIN FOR r IN c(1) LOOP EXECUTE r; END LOOP; END', ['opaque']],
    ['DECLARE x "integer" := p_name; BEGIN EXECUTE x; END', ['tainted']],
    ['EXECUTE p_name::"integer";', ['tainted']],
    // Names that are keywords elsewhere
    ['DECLARE procedure text := p_name; BEGIN EXECUTE procedure; END', ['tainted']],
    ['DECLARE function text := p_name; BEGIN EXECUTE function USING (p_id); END', ['tainted']],
    ["DECLARE v text := ''; BEGIN IF r.case THEN v := p_name; END IF; EXECUTE v; END", ['tainted']],
    // Assignments of every kind
    ["<<b>> DECLARE v text := ''; BEGIN b.v := p_name; EXECUTE v; END", ['tainted']],
    ["<<b>> DECLARE v text := ''; BEGIN v := p_name; EXECUTE b.v; END", ['tainted']],
    ["<<b>> DECLARE v text := ''; BEGIN EXECUTE b.v; END", ['safe']],
    ["<<b>> DECLARE v text := ''; BEGIN SELECT p_name INTO b.v; EXECUTE v; END", ['opaque']],
    ["DECLARE a text := ''; BEGIN SELECT 1, p_name INTO r.b, a; EXECUTE a; END", ['opaque']],
    ["DECLARE v text := 'a'; BEGIN r.v := p_name; EXECUTE v; END", ['safe']],
    ["DECLARE v text := 'a'; BEGIN v = p_name; EXECUTE v; END", ['tainted']],
    ["DECLARE v text[] := '{}'; BEGIN v[1] := p_name; EXECUTE v; END", ['opaque']],
    ["DECLARE v text[] := '{}'; BEGIN v[1] = p_name; EXECUTE v; END", ['opaque']],
    ["DECLARE v app.pair := ''; BEGIN v.a.b = p_name; EXECUTE v; END", ['opaque']],
    ["DECLARE v text := 'a'; w ALIAS FOR v; BEGIN w := p_name; EXECUTE v; END", ['opaque']],
    ["DECLARE a text := ''; BEGIN FOR a, b IN SELECT p_name, 1 LOOP EXECUTE a; END LOOP; END", ['opaque']],
    ["DECLARE b text := ''; BEGIN FOR a, b IN SELECT 1, p_name LOOP EXECUTE b; END LOOP; END", ['opaque']],
    ["DECLARE v text := ''; BEGIN FOREACH v SLICE 1 IN ARRAY a LOOP EXECUTE v; END LOOP; END", ['opaque']],
    ["DECLARE v text := ''; BEGIN GET STACKED DIAGNOSTICS v = MESSAGE_TEXT; EXECUTE v; END", ['opaque']],
    [
      "DECLARE v text := ''; BEGIN GET DIAGNOSTICS n = ROW_COUNT, v := PG_CONTEXT; EXECUTE v; END",
      ['opaque'],
    ],
    ["DECLARE v text := ''; BEGIN CALL app.pr(v, p_name); EXECUTE v; END", ['opaque']],
    ["DECLARE v text := ''; BEGIN CALL app.pr(p_sql => v); EXECUTE v; END", ['opaque']],
    ["BEGIN $1 := p_name; EXECUTE 'x' || $2; END", ['opaque']],
    ["BEGIN q := p_name; EXECUTE 'x' || $2; END", ['opaque']],
    ["EXECUTE 'x' || $2;", ['safe']],
    ['DECLARE v text; BEGIN EXECUTE v; END', ['opaque']],
    // Fields
    ['FOR r IN SELECT p_name AS p_id LOOP EXECUTE r.p_id; END LOOP;', ['opaque']],
    ['EXECUTE p_name.sql;', ['tainted']],
    // Functions of a schema
    ['EXECUTE app.quote_ident(p_name);', ['tainted']],
    ["EXECUTE app.quote_literal('x');", ['opaque']],
    ["EXECUTE app.format('%I', p_name);", ['tainted']],
    ["EXECUTE pg_catalog.format('%I', p_name);", ['safe']],
    // Operators behind a cast
    ["EXECUTE ''::text + p_name;", ['tainted']],
    ["EXECUTE '{}'::jsonb ->> 'a';", ['opaque']],
    // Quoted text in quotes
    ["EXECUTE format('SELECT ''%I''::regclass', p_name);", ['opaque']],
    ["EXECUTE format('DO $x$ BEGIN PERFORM %L; END $x$', p_name);", ['opaque']],
    ['EXECUTE format(\'SELECT "%I"\', p_name);', ['opaque']],
    ["EXECUTE format('SELECT ''%*I''', p_id, p_name);", ['opaque']],
    ["EXECUTE format('SELECT ''%I''', 'job');", ['safe']],
    ["EXECUTE format('SELECT ''100%%'', %L', p_name);", ['safe']],
    // Made elsewhere
    ['EXECUTE app.build(1);', ['opaque']],
    ['DECLARE v text; BEGIN SELECT note INTO v FROM app.job; EXECUTE v; END', ['opaque']],
    ['FOR r IN SELECT cmd FROM app.job LOOP EXECUTE r.cmd; END LOOP;', ['opaque']],
    ["EXECUTE 'x' || (SELECT string_agg(quote_ident(c), ',') FROM app.job);", ['opaque']],
    ["EXECUTE format('%s', VARIADIC v);", ['opaque']],
    ["EXECUTE U&'!0041' UESCAPE '!';", ['opaque']],
    // None
    ['GRANT EXECUTE ON FUNCTION app.f() TO x;', []],
    ['CREATE TRIGGER t BEFORE INSERT ON app.job EXECUTE FUNCTION app.f();', []],
    ['CREATE OR REPLACE TRIGGER t AFTER UPDATE ON app.job EXECUTE PROCEDURE app.f()', []],
    ['CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE PROCEDURE app.f()', []],
    ["RAISE 'EXECUTE % ', p_name; -- EXECUTE p_name;\n/* EXECUTE p_name; */", []],
    ['SELECT "execute" || p_name FROM app.job;', []],
    ['PERFORM x.execute;', []],
  ]
  it.each(cases)('%s', (body, expected) => {
    expect(trusts(body)).toEqual(expected)
  })
})

describe('helpers that run text with the rights of their caller', () => {
  const invoker = (name: string, body: string, fields: Partial<Routine> = {}) =>
    definer(name, {
      securityDefiner: false,
      settings: [],
      signature: ['text'],
      argumentNames: ['p_sql'],
      body,
      ...fields,
    })
  const run = invoker('run', 'BEGIN EXECUTE p_sql; END')
  const stored = invoker('stored', 'BEGIN EXECUTE app.text_of(1); END')
  const outer = (body: string, fields: Partial<Routine> = {}) =>
    definer('outer', {argumentNames: ['p_name'], signature: ['text'], body, ...fields})
  const sql = {language: 'sql'}

  const judged = (routines: readonly Routine[]) => {
    const {inventory, registries} = facts({routines, rows: [{schema: 'app', name: 'outer'}]})
    return audit(registries, inventory)
      .judgements.filter(({rule, object}) => rule.id === 'dynamic-sql' && object === 'app.outer(text)')
      .map(({verdict, message}) => `${verdict}: ${message}`)
  }
  const byWayOf = (helper: string, more = '') => [
    `unknown: Could not establish what SQL function app.outer(text) executes by way of function ${helper}${more}`,
  ]

  const found: readonly [string, readonly Routine[], string][] = [
    ['PERFORM', [run, outer('BEGIN PERFORM app.run(p_name); END')], 'app.run(text)'],
    ['SQL', [run, outer('SELECT app.run($1)', sql)], 'app.run(text)'],
    ['SQL by name', [run, outer('SELECT app.run(p_name)', sql)], 'app.run(text)'],
    ['a key', [run, outer('BEGIN PERFORM app.run(p_sql => p_name); END')], 'app.run(text)'],
    ['CALL', [run, outer('BEGIN CALL app.run(p_name); END')], 'app.run(text)'],
    ['no schema, on its path', [run, outer('BEGIN PERFORM run(p_name); END')], 'app.run(text)'],
    [
      'no schema and no path',
      [run, outer('BEGIN PERFORM run(p_name); END', {settings: []})],
      'app.run(text)',
    ],
    [
      'no schema and the path of its user',
      [run, outer('BEGIN PERFORM run(p_name); END', {settings: [{name: 'search_path', value: '"$user"'}]})],
      'app.run(text)',
    ],
    ['a query', [run, outer('BEGIN PERFORM app.run(note) FROM app.job; END')], 'app.run(text)'],
    [
      'one in between',
      [run, invoker('pass', 'SELECT app.run($1)', sql), outer('BEGIN PERFORM app.pass(p_name); END')],
      'app.pass(text)',
    ],
    ['text from elsewhere', [stored, outer("BEGIN PERFORM app.stored('x'); END")], 'app.stored(text)'],
    [
      'text from elsewhere beside its own',
      [
        invoker('run', 'BEGIN EXECUTE p_sql || app.text_of(1); END'),
        outer("BEGIN PERFORM app.run('x'); END"),
      ],
      'app.run(text)',
    ],
    [
      'text from elsewhere behind one in between',
      [
        invoker('a_pass', "BEGIN PERFORM app.run(p_sql), app.stored('x'); END"),
        run,
        stored,
        outer("BEGIN PERFORM app.a_pass('x'); END"),
      ],
      'app.a_pass(text)',
    ],
    [
      'text from elsewhere that is seen late',
      [
        invoker('a_pass', "BEGIN PERFORM app.run(p_sql), app.late('x'); END"),
        invoker('late', "BEGIN PERFORM app.stored('x'); END"),
        run,
        stored,
        outer("BEGIN PERFORM app.a_pass('x'); END"),
      ],
      'app.a_pass(text)',
    ],
    [
      'a column with the name of a harmless argument',
      [
        run,
        outer('SELECT app.run(p_name) FROM app.job', {...sql, id: 'app.outer(text)', signature: ['integer']}),
      ],
      'app.run(text)',
    ],
    [
      'a body that is not known',
      [invoker('run', '', {body: null}), outer("BEGIN PERFORM app.run('x'); END")],
      'app.run(text)',
    ],
    [
      'another language',
      [
        invoker('run', 'spi_exec_query($_[0])', {language: 'plperl'}),
        outer('BEGIN PERFORM app.run(p_name); END'),
      ],
      'app.run(text)',
    ],
    [
      'maybe no definer',
      [{...run, securityDefiner: null}, outer('BEGIN PERFORM app.run(p_name); END')],
      'app.run(text)',
    ],
    [
      'in a text that is executed',
      [run, outer("BEGIN EXECUTE 'SELECT app.run($1)' USING p_name; END")],
      'app.run(text)',
    ],
  ]
  it.each(found)('are found by %s', (_, routines, helper) => {
    expect(judged(routines)).toEqual(byWayOf(helper))
  })

  it('are all counted, the first by id is named', () => {
    const routines = [stored, run, outer("BEGIN PERFORM app.stored('x'), app.run(p_name); END")]
    expect(judged(routines)).toEqual(byWayOf('app.run(text)', ' and 1 more'))
  })

  const texts: readonly [string, Partial<Routine>, readonly string[]][] = [
    ["BEGIN RETURN query_to_xml('SELECT ' || p_name, true, true, ''); END", {}, ['refuted']],
    ["BEGIN RETURN pg_catalog.query_to_xml('SELECT 1', true, true, ''); END", {}, []],
    ["SELECT query_to_xml($1, true, true, '')", sql, ['refuted']],
    ['SELECT 1 FROM extensions.crosstab(p_name) AS x(a integer)', sql, ['unknown']],
    ["SELECT 1 FROM ts_stat('SELECT 1')", sql, []],
  ]
  it.each(texts)('are functions that run a text, too: %s', (body, fields, expected) => {
    expect(judged([outer(body, fields)]).map((said) => said.split(':')[0])).toEqual(expected)
  })

  const passed: readonly [string, readonly Routine[]][] = [
    ['a constant', [run, outer("BEGIN PERFORM app.run('VACUUM'), app.run(p_sql => 'VACUUM'); END")]],
    ['quoted text', [run, outer("BEGIN PERFORM app.run(format('DROP TABLE %I', p_name)); END")]],
    [
      'a constant through one in between',
      [run, invoker('pass', 'BEGIN PERFORM app.run(p_sql); END'), outer("BEGIN PERFORM app.pass('x'); END")],
    ],
    ['another schema', [run, outer('BEGIN PERFORM other.run(p_name); END')]],
    ['a path without it', [{...run, schema: 'other'}, outer('BEGIN PERFORM run(p_name); END')]],
    [
      'a routine that executes nothing',
      [invoker('run', 'BEGIN END'), outer('BEGIN PERFORM app.run(p_name); END')],
    ],
    [
      'a routine that quotes',
      [
        invoker('run', "BEGIN EXECUTE format('DROP TABLE %I', p_sql); END"),
        outer('BEGIN PERFORM app.run(p_name); END'),
      ],
    ],
    ['a definer', [{...run, securityDefiner: true}, outer('BEGIN PERFORM app.run(p_name); END')]],
    ['an extension', [{...run, extension: 'dblink'}, outer('BEGIN PERFORM app.run(p_name); END')]],
    ['C', [invoker('run', '', {language: 'c', body: null}), outer('BEGIN PERFORM app.run(p_name); END')]],
    ['a text that is not executed', [run, outer("BEGIN RAISE 'Not by app.run(%)', p_name; END")]],
  ]
  it.each(passed)('are not %s', (_, routines) => {
    expect(judged(routines)).toEqual([])
  })

  it('are what the routine itself executes, first', () => {
    const [said] = judged([run, outer('BEGIN PERFORM app.run(p_name); EXECUTE p_name; END')])
    expect(said).toMatch(/^refuted: Unexpected argument in the text/)
  })
})

describe('names without a schema', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['SELECT 1 FROM job', ['job']],
    ['SELECT 1 FROM app.job', []],
    ['SELECT 1 FROM ONLY job', ['job']],
    ['SELECT 1 FROM app.job j, note n', ['note']],
    ['SELECT a, b FROM app.job WHERE a IN (1, c)', []],
    ['SELECT 1 FROM app.job JOIN note ON f(a, b)', ['note']],
    ['SELECT 1 FROM (app.job CROSS JOIN note)', ['note']],
    ['SELECT 1 FROM (SELECT a, b FROM note) x', ['note']],
    ['SELECT 1 FROM unnest(a) x, generate_series(1, 2) y', []],
    ['SELECT 1 FROM "Job"', ['Job']],
    ['WITH job AS (SELECT 1) SELECT 1 FROM job', []],
    ['WITH a AS (SELECT 1), job(x, y) AS MATERIALIZED (SELECT 1) SELECT 1 FROM job', []],
    ['WITH job AS (SELECT 1) SELECT 1 FROM job; SELECT 1 FROM job', ['job']],
    ['INSERT INTO job (a) VALUES (1)', ['job']],
    ['INSERT INTO app.job (a) SELECT x FROM note', ['note']],
    ['INSERT INTO app.job (a) VALUES (1) ON CONFLICT DO UPDATE SET a = 1', []],
    ['SELECT a INTO v FROM app.job FOR UPDATE', []],
    ['UPDATE job SET a = 1', ['job']],
    ['UPDATE app.job SET a = 1 FROM note', ['note']],
    ['DELETE FROM app.job USING note', ['note']],
    ['MERGE INTO app.job USING note ON true WHEN MATCHED THEN UPDATE SET a = 1', ['note']],
    ['TRUNCATE job', ['job']],
    ['ALTER TABLE IF EXISTS job ENABLE ROW LEVEL SECURITY', ['job']],
    ['TABLE job', ['job']],
    ['RETURN QUERY TABLE job', ['job']],
    ['INSERT INTO app.job TABLE note', ['note']],
    ['CREATE TEMP TABLE x AS TABLE job', ['job']],
    ['CREATE TEMP TABLE x AS TABLE app.job', []],
    ['CREATE TEMP TABLE x AS SELECT 1 FROM job', ['job']],
    ['CREATE TEMP TABLE x (LIKE job INCLUDING ALL)', ['job']],
    ['CREATE UNLOGGED TABLE app.x (a integer, LIKE job)', ['job']],
    ['CREATE TABLE app.x (LIKE app.job)', []],
    ['CREATE FUNCTION app.f() RETURNS TABLE (a integer)', []],
    ["SELECT a LIKE b, like(c, 'd'), (like(e, 'f')) FROM app.job", []],
    ['ALTER FOREIGN TABLE job OPTIONS (a $$b$$)', ['job']],
    ['WITH job AS (SELECT 1) TABLE job', []],
    ['SELECT 1 UNION ALL TABLE job', ['job']],
    ['DROP FOREIGN TABLE IF EXISTS job', ['job']],
    ['GRANT SELECT ON TABLE job TO x', ['job']],
    ['SELECT a AS table FROM app.job', []],
    ['BEGIN FETCH NEXT FROM cur INTO v; END', []],
    ["SELECT extract(epoch FROM a), trim(both ' ' FROM b), substring(c FROM 1)", []],
    ['SELECT a IS DISTINCT FROM b', []],
    ["EXECUTE 'SELECT 1' USING v", []],
    ["RAISE EXCEPTION 'x' USING errcode = 'y'", []],
    ["SELECT 'FROM job' -- FROM job\n/* FROM job */", []],
    ["PERFORM nextval('job_id_seq')", ['job_id_seq']],
    ["PERFORM nextval('app.job_id_seq')", []],
    ["SELECT 'job'::regclass", ['job', 'regclass']],
    // Types
    ['SELECT a::text', ['text']],
    ['SELECT a::pg_catalog.text, b::integer, c::boolean, d::timestamp with time zone', []],
    ['SELECT CAST(a AS uuid)', ['uuid']],
    ['SELECT a::"integer", b::integer', ['integer']],
    ['SELECT a AS b FROM app.job', []],
    ["SELECT date '2025-01-01'", ['date']],
    ['SELECT 1 FROM app.f() AS r(a uuid, b integer)', ['uuid']],
    ['SELECT 1 FROM app.f() AS r(a, b)', []],
    ['CREATE TEMP TABLE IF NOT EXISTS t (a text, b integer, PRIMARY KEY (a))', ['text']],
    ['CREATE TEMP TABLE t (a integer)', []],
    ['DECLARE v text; BEGIN END', ['text']],
    ['DECLARE v CONSTANT uuid := 1; w integer; BEGIN END', ['uuid']],
    ['DECLARE v app.job%ROWTYPE; w app.job.id%TYPE; x v%TYPE; BEGIN END', []],
    ['DECLARE v job%ROWTYPE; BEGIN END', ['job']],
    ['DECLARE v job.id%TYPE; BEGIN END', ['job']],
    ['BEGIN x; DECLARE v text; BEGIN END; END', ['text']],
  ]
  it.each(cases)('%s', (body, expected) => {
    expect(names(body)).toEqual(expected)
  })
})
