/** The scanner of bodies: tokens, dynamic SQL, names without a schema. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {tokenize} from '../../src/audit/scan/tokens.ts'
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
    ["RAISE 'EXECUTE % ', p_name; -- EXECUTE p_name;\n/* EXECUTE p_name; */", []],
    ['SELECT "execute" || p_name FROM app.job;', []],
    ['PERFORM x.execute;', []],
  ]
  it.each(cases)('%s', (body, expected) => {
    expect(trusts(body)).toEqual(expected)
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
