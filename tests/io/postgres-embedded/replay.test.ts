/** Migrations run in the embedded PostgreSQL: what they made, where, and what could not be run. */
import {describe, expect, it} from 'vitest'
import {splitPieces} from '../../../src/app/inventory/pieces.ts'
import {type ReplayMigrationsOptions, replayMigrations} from '../../../src/app/inventory/replay.ts'
import {fileDate} from '../../../src/inventory/migrations/file-date.ts'
import {profiles} from '../../../src/inventory/profiles/profiles.ts'
import {withReplay} from '../../../src/io/pglite/replay.ts'
import type {MigrationTool, ProfileName} from '../../../src/model/default-registry.ts'
import type {Inventory, Unseen} from '../../../src/model/inventory.ts'
import {catalogOptions} from '../../support/catalog.ts'
import {sharedDataDir} from '../../support/data-dir.ts'

const {schemas, apiRoles} = catalogOptions
const dataDir = sharedDataDir()

function replay(
  texts: Readonly<Record<string, string>>,
  options: Partial<ReplayMigrationsOptions> = {},
): Promise<Inventory> {
  const given = {
    label: 'migrations',
    profile: profiles.plain,
    schemas,
    apiRoles,
    dataDir: dataDir(),
    ...options,
  } as const
  return replayMigrations({tool: 'alphabetical', files: files(texts), leftOut: [], doubts: []}, given)
}

/** In the order given. */
function files(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    text,
    version: null,
    date: fileDate(path.slice(path.lastIndexOf('/') + 1)),
  }))
}

/** `path line: subject: why` */
function brief({subject, why, location}: Unseen): string {
  const at = location === null ? '' : `${location.path} ${location.place?.start.line}: `
  return `${at}${subject}: ${why}`
}

function origins({routines, relations}: Inventory): Record<string, string> {
  const entries = [...routines, ...relations].map(({id, origin}): [string, string] => {
    return [id, origin === null ? 'unknown' : `${origin.path} ${origin.place?.start.line}`]
  })
  return Object.fromEntries(entries)
}

const body = `RETURNS int LANGUAGE sql AS 'SELECT 1';`

describe('a profile', () => {
  const texts = {
    'a.sql': `
      DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anon') THEN CREATE ROLE anon; END IF; END $$;
      CREATE FUNCTION public.open() ${body}
      CREATE FUNCTION public.revoked() ${body}
      REVOKE EXECUTE ON FUNCTION public.revoked() FROM PUBLIC;
      CREATE SCHEMA app; CREATE FUNCTION app.revoked() ${body}
      REVOKE EXECUTE ON FUNCTION app.revoked() FROM PUBLIC;
      CREATE TABLE public.t (a int); CREATE SEQUENCE public.s; CREATE TABLE app.t (a int);`,
  }
  const questions = [
    `has_function_privilege('anon', 'public.open()', 'EXECUTE')`,
    `has_function_privilege('anon', 'public.revoked()', 'EXECUTE')`,
    `has_function_privilege('anon', 'app.revoked()', 'EXECUTE')`,
    `has_table_privilege('anon', 'public.t', 'SELECT')`,
    `has_sequence_privilege('anon', 'public.s', 'USAGE')`,
    `has_table_privilege('anon', 'app.t', 'SELECT')`,
  ]
  it.each<[ProfileName, string, number]>([
    ['plain', 'true false false false false false', 0],
    ['supabase-2026', 'true false false false false false', 0],
    ['supabase-legacy', 'true true false true true false', 6],
  ])('decides what is open: %s', async (profile, expected, defaults) => {
    const sql = `SELECT pg_catalog.concat_ws(' ', ${questions.map((one) => `(${one})::pg_catalog.text`).join()})`
    const answers: string[] = []
    await withReplay(
      files(texts),
      {profile: profiles[profile], split: splitPieces, dataDir: dataDir()},
      async ({query, statements}) => {
        expect(statements).toEqual({applied: 10, failed: 0})
        for await (const batch of query(sql, [])) answers.push(...batch)
        const standing = 'SELECT pg_catalog.count(*)::pg_catalog.text FROM pg_catalog.pg_default_acl'
        for await (const batch of query(standing, [])) answers.push(...batch)
      },
    )
    expect(answers).toEqual([expected, String(defaults)])
  })

  it('brings what migrations of Supabase take for granted, and leaves it out', async () => {
    const {coverage, routines, source} = await replay(
      {
        'a.sql': `
          CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users (id), token uuid DEFAULT uuid_generate_v4());
          ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
          CREATE POLICY own ON profiles TO authenticated USING (auth.uid() = id AND auth.role() = 'authenticated');
          CREATE POLICY files ON storage.objects FOR SELECT USING ((storage.foldername(name))[1] = auth.uid()::text);
          ALTER PUBLICATION supabase_realtime ADD TABLE profiles;
          CREATE FUNCTION digest_it(text) RETURNS bytea LANGUAGE sql AS $$ SELECT extensions.digest($1, 'md5') $$;
          CREATE FUNCTION auth.mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
      },
      {profile: profiles['supabase-2026']},
    )
    expect(coverage.statements).toEqual({applied: 7, failed: 0})
    // What the project made there, and not what the platform brought.
    expect(coverage.unknowns.map(({subject}) => subject)).toEqual(['auth.mine()'])
    expect(routines.map(({id}) => id)).toEqual(['public.digest_it(text)'])
    expect(coverage.leftOut).toContainEqual({schema: 'auth', why: 'of the platform', definers: 1})
    expect(source).toEqual({kind: 'replay', label: 'migrations (supabase-2026)'})
  })
})

describe('a replay', () => {
  it('lists what failed, counts it by reason, and says that it is partial', async () => {
    const {coverage, routines} = await replay({
      'one/20250102030405_a.sql': `CREATE FUNCTION public.first() ${body}\nGRANT EXECUTE ON FUNCTION public.first() TO nobody;\n`,
      'one/b.sql': `\n\n  INSERT INTO nowhere\n  VALUES (1);\nCREATE FUNCTION public.second() ${body} SELECT 1 FROM nowhere;
        CREATE TABLE public.t (\n  a nothing\n);\n\\connect other\nCREATE FUNCTION public.third() ${body}\nSELECT 'never closed`,
    })
    expect(routines.map(({id}) => id)).toEqual(['public.first()', 'public.second()', 'public.third()'])
    expect(coverage.statements).toEqual({applied: 3, failed: 6})
    expect(coverage.unknowns.map(brief)).toEqual([
      'replay: The replay is partial: 6 of 9 statements failed (42601 × 2, 42704 × 2, 42P01 × 2)',
      'one/20250102030405_a.sql 2: GRANT EXECUTE ON FUNCTION public.first() TO nobody: 42704: role "nobody" does not exist',
      'one/b.sql 3: INSERT INTO nowhere VALUES (1): 42P01: relation "nowhere" does not exist',
      'one/b.sql 5: SELECT 1 FROM nowhere: 42P01: relation "nowhere" does not exist',
      'one/b.sql 6: CREATE TABLE public.t ( a nothing ): 42704: type "nothing" does not exist',
      String.raw`one/b.sql 9: \connect other: 42601: A command of psql is not followed`,
      "one/b.sql 11: SELECT 'never closed: 42601: A quote or a comment is never closed",
      'relations: Not one relation was seen',
    ])
  })

  it('tells which statement made an object what it is, in DO blocks too', async () => {
    const inventory = await replay({
      'm/20250101000000_a.sql': `CREATE FUNCTION public.kept() ${body}
CREATE FUNCTION public.altered() ${body}
CREATE FUNCTION public.replaced() ${body}
DO $$ BEGIN EXECUTE 'CREATE FUNCTION public.dynamic() RETURNS int LANGUAGE sql AS ''SELECT 1'''; END $$;
CREATE TABLE public.t (id serial);
CREATE FUNCTION public.gone() ${body}`,
      'm/20250230000000_b.sql': `GRANT EXECUTE ON FUNCTION public.kept() TO PUBLIC;
COMMENT ON FUNCTION public.kept() IS 'x';
ALTER FUNCTION public.altered() SECURITY DEFINER;
SET session_replication_role = replica;
CREATE OR REPLACE FUNCTION public.replaced() ${body}
ALTER FUNCTION public.kept() OWNER TO nobody;
DROP FUNCTION public.gone(); CREATE FUNCTION public.gone() ${body}
CREATE SCHEMA late; CREATE PROCEDURE late.p() LANGUAGE sql AS ''; ALTER TABLE public.t SET SCHEMA late;`,
    })
    expect(origins(inventory)).toEqual({
      'late.p()': 'm/20250230000000_b.sql 8',
      'late.t': 'm/20250230000000_b.sql 8',
      'late.t_id_seq': 'm/20250101000000_a.sql 5',
      'public.altered()': 'm/20250230000000_b.sql 3',
      'public.dynamic()': 'm/20250101000000_a.sql 4',
      'public.gone()': 'm/20250230000000_b.sql 7',
      'public.kept()': 'm/20250101000000_a.sql 1',
      'public.replaced()': 'm/20250230000000_b.sql 5',
    })
    const dates = new Map(inventory.routines.map(({name, origin}) => [name, origin?.date]))
    expect([dates.get('kept'), dates.get('altered')]).toEqual(['2025-01-01', null])
    expect(inventory.routines.find(({name}) => name === 'altered')?.securityDefiner).toBe(true)
  })

  it('has transactions where a file has them, and statements that allow none', async () => {
    const inventory = await replay({
      'local.sql': `CREATE SCHEMA app; CREATE ROLE maker; GRANT ALL ON SCHEMA app TO maker; SET LOCAL ROLE maker;
        SELECT 1 / 0; CREATE TABLE app.by_maker (); COMMIT; CREATE TABLE app.by_us ();`,
      'back.sql': `CREATE TABLE app.before (); BEGIN; CREATE TABLE app.never (); ROLLBACK; CREATE TABLE app.after ();`,
      'alone.sql': `CREATE TABLE app.a (x int); CREATE INDEX CONCURRENTLY i ON app.a (x); VACUUM app.a;
        CREATE TYPE app.e AS ENUM ('a'); COMMIT; ALTER TYPE app.e ADD VALUE 'b'; CREATE TABLE app.b (e app.e DEFAULT 'b');`,
      'late.sql': `CREATE TABLE app.k (id int PRIMARY KEY);
        CREATE TABLE app.deferred (id int REFERENCES app.k DEFERRABLE INITIALLY DEFERRED);
        CREATE FUNCTION app.stays() ${body} INSERT INTO app.deferred VALUES (1);`,
      'begin.sql': `-- a comment
        /* another */ begin transaction isolation level serializable; lock table app.a; start transaction; end work;`,
    })
    const owners = inventory.relations.map(({name, owner}) => `${name} ${owner}`)
    expect(owners).toEqual([
      'a postgres',
      'after postgres',
      'b postgres',
      'before postgres',
      'by_maker maker',
      'by_us postgres',
      'deferred postgres',
      'k postgres',
    ])
    expect(inventory.routines.map(({id}) => id)).toEqual(['app.stays()'])
    expect(inventory.coverage.unknowns.map(brief)).toEqual([
      expect.stringMatching(
        /^replay: The replay is partial: 2 of \d+ statements failed \(22012 × 1, 23503 × 1\)$/,
      ),
      'local.sql 2: SELECT 1 / 0: 22012: division by zero',
      expect.stringMatching(/^late\.sql 3: INSERT INTO app\.deferred VALUES \(1\): 23503: /),
    ])
  })

  it('survives statements about the transaction that it runs in', async () => {
    const {relations, coverage} = await replay({
      'a.sql': `CREATE TABLE public.one (); ROLLBACK AND CHAIN; CREATE TABLE public.two (); COMMIT AND NO CHAIN;
        PREPARE TRANSACTION 'x'; RELEASE SAVEPOINT secdef; CREATE TABLE public.three ();`,
    })
    expect(relations.map(({id}) => id)).toEqual(['public.three', 'public.two'])
    const faults = coverage.unknowns.filter(({location}) => location !== null)
    expect(faults.map(({why}) => why.slice(0, 5))).toEqual(['0A000', '25P01'])
  })

  it('cuts the section that undoes a file, as its tool does', async () => {
    const text = `-- migrate:up\nCREATE TABLE kept ();\n-- migrate:down\nDROP TABLE kept;`
    const file = {path: '1_a.sql', text, version: '1', date: null}
    const options = {label: 'migrations', profile: profiles.plain, schemas, apiRoles, dataDir: dataDir()}
    const of = async (tool: MigrationTool) => {
      const found = await replayMigrations({tool, files: [file], leftOut: [], doubts: []}, options)
      return found.relations.map(({id}) => id)
    }
    expect(await of('numbered')).toEqual(['public.kept'])
    expect(await of('supabase')).toEqual([])
  })

  it('begins every file anew', async () => {
    const inventory = await replay(
      {
        'a.sql': `CREATE SCHEMA app; CREATE ROLE maker; SET search_path = app; SET ROLE maker; SET check_function_bodies = on`,
        'b.sql': `CREATE FUNCTION here() RETURNS int LANGUAGE sql AS 'SELECT nothing FROM nowhere';`,
        'c.sql': 'SET SESSION AUTHORIZATION maker',
        'c2.sql':
          'SET SESSION AUTHORIZATION maker; RESET SESSION AUTHORIZATION; CREATE TABLE public.by_us ()',
        'd.sql': 'CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION noisy()',
        'e.sql': `CREATE FUNCTION noisy() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
          CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION noisy();`,
      },
      {profile: profiles['supabase-legacy']},
    )
    expect(inventory.routines.map(({id, owner}) => `${id} ${owner}`)).toEqual([
      'public.here() postgres',
      'public.noisy() postgres',
    ])
    expect(inventory.relations.map(({id, owner}) => `${id} ${owner}`)).toEqual(['public.by_us postgres'])
    expect(inventory.coverage.leftOut.map(({schema}) => schema)).not.toContain('secdef_replay')
    expect(inventory.coverage.schemas).toEqual(['app', 'public'])
    expect(inventory.coverage.statements).toEqual({applied: 12, failed: 1})
  })

  it('has the extensions that it can, names of the others, and says which', async () => {
    const {routines, coverage} = await replay({
      'a.sql': `CREATE EXTENSION IF NOT EXISTS "citext" SCHEMA public; create extension pg_cron;
        CREATE EXTENSION "some-thing"; CREATE TABLE public.t (name public.citext);
        SELECT cron.schedule('x', '* * * * *', 'SELECT 1'); CREATE EXTENSION plpgsql_check VERSION '9';
        -- CREATE EXTENSION never_made`,
    })
    expect(coverage.statements).toEqual({applied: 5, failed: 1})
    expect(new Set(routines.map(({extension}) => extension))).toEqual(new Set(['citext']))
    expect(coverage.unknowns.map(brief).slice(1)).toEqual([
      expect.stringMatching(/^a\.sql 3: CREATE EXTENSION plpgsql_check VERSION '9': 22023: /),
      'extension pg_cron: Its objects are not here: only its name stands in',
      'extension some-thing: Its objects are not here: only its name stands in',
    ])
  })

  it('of nothing is not clean', async () => {
    const {coverage} = await replay({'a.sql': '-- nothing'})
    expect(coverage.statements).toEqual({applied: 0, failed: 0})
    expect(coverage.unknowns.map(brief)).toEqual([
      'replay: Not one statement was applied',
      'routines: Not one routine was seen',
      'relations: Not one relation was seen',
    ])
  })

  it('tells how far it is, and stops when it is told to', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    const onFile = (path: string, number: number, count: number) => {
      seen.push(`${path} ${number}/${count}`)
      if (number === 2) stop.abort(new Error('enough'))
    }
    const texts = {'a.sql': 'SELECT 1', 'b.sql': 'SELECT 2', 'c.sql': 'SELECT 3'}
    await expect(replay(texts, {onFile, signal: stop.signal})).rejects.toThrow('enough')
    expect(seen).toEqual(['a.sql 1/3', 'b.sql 2/3'])
  })
})
