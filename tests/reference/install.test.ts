/** The migrations install where nothing is, where Supabase is, and where they were before; and they stay closed. */
import {describe, expect, it} from 'vitest'
import {onEachHost, type Session} from '../support/postgres.ts'
import {listDefiners, listOpenPrivileges, listOwnerViews, listUnforcedTables} from './exposure.ts'
import {install, readDocument, readMigrations} from './support.ts'

/** A project as Supabase used to make it: its roles, and privileges on whatever comes, by name. */
const legacySupabase = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anon') THEN
      CREATE ROLE anon NOLOGIN; CREATE ROLE authenticated NOLOGIN; CREATE ROLE service_role NOLOGIN;
    END IF;
  END $$;
  ALTER ROLE service_role BYPASSRLS;
  GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;
  CREATE SCHEMA auth;
  CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
  CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid';
  CREATE TABLE public.legacy (id serial PRIMARY KEY);
  ALTER TABLE public.legacy ENABLE ROW LEVEL SECURITY;
  ALTER TABLE public.legacy FORCE ROW LEVEL SECURITY;
  CREATE FUNCTION public.legacy() RETURNS int LANGUAGE sql AS 'SELECT 1';`

/** What the first migration makes where it is absent, without Supabase's own. */
const roles = 'dragonfly_owner, dragonfly_app, dragonfly_ops, dragonfly_worker, dragonfly_scheduler'

/** What a later migration may do, as the owner and, by mistake, as itself. */
const later = (role: string) => `
  SET ROLE ${role};
  CREATE TABLE public.later_of_${role} (id int GENERATED ALWAYS AS IDENTITY);
  ALTER TABLE public.later_of_${role} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE public.later_of_${role} FORCE ROW LEVEL SECURITY;
  CREATE FUNCTION public.later_of_${role}() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
  CREATE PROCEDURE public.later_procedure_of_${role}() LANGUAGE sql AS 'SELECT 1';
  DROP FUNCTION ops.get_queue_health_summary();
  CREATE FUNCTION ops.get_queue_health_summary() RETURNS int LANGUAGE sql AS 'SELECT 1';
  RESET ROLE;`

async function expectClosed(session: Session): Promise<void> {
  const names = (await listDefiners(session)).map((definer) => definer.id)
  expect(names).toEqual(
    readDocument()
      .map((entry) => entry.id)
      .sort(),
  )
  expect(await listOpenPrivileges(session)).toEqual([])
  expect(await listUnforcedTables(session)).toEqual([])
  expect(await listOwnerViews(session)).toEqual([])
}

onEachHost((session) => {
  it('installs where nothing is prepared, and what comes later is closed', async () => {
    await install(session)
    await expectClosed(session)
    await session.run(later('dragonfly_owner'))
    await session.run(later('postgres'))
    expect(await listOpenPrivileges(session)).toEqual([])
  })

  it('installs where the roles exist already', async () => {
    await install(session)
    await expectClosed(session)
  })

  it('closes what Supabase had opened, before and after', async () => {
    await session.run(legacySupabase)
    expect((await listOpenPrivileges(session)).length).toBeGreaterThan(10)
    await install(session)
    await expectClosed(session)
    await session.run(later('dragonfly_owner'))
    await session.run(later('postgres'))
    expect(await listOpenPrivileges(session)).toEqual([])
  })

  it('installs as a migrating role that is no superuser, and makes the roles, as on Supabase', async () => {
    await session.run(`
      DROP OWNED BY ${roles}; DROP ROLE ${roles};
      CREATE ROLE secdef_migrator NOSUPERUSER CREATEROLE BYPASSRLS;
      GRANT CREATE ON DATABASE ${await readDatabase(session)} TO secdef_migrator;
      DROP SCHEMA public; CREATE SCHEMA public AUTHORIZATION secdef_migrator;
      SET SESSION AUTHORIZATION secdef_migrator`)
    // PGlite does not know whom RESET SESSION AUTHORIZATION would mean.
    await install(session).finally(() => session.run('SET SESSION AUTHORIZATION postgres'))
    await expectClosed(session)
    await session.run(later('dragonfly_owner'))
    await session.run(later('secdef_migrator'))
    expect(await listOpenPrivileges(session)).toEqual([])
  })

  it('refuses an owner that bypasses row level security', async () => {
    const [first] = readMigrations()
    await session.run('ALTER ROLE dragonfly_owner BYPASSRLS')
    try {
      await expect(session.run(first?.text ?? '')).rejects.toThrow('NOBYPASSRLS')
    } finally {
      await session.run('ALTER ROLE dragonfly_owner NOBYPASSRLS')
    }
  })
})

async function readDatabase(session: Session): Promise<string> {
  const {rows} = await session.run('SELECT quote_ident(current_database()) AS name')
  return String(rows[0]?.name)
}

describe('migrations', () => {
  it('are dated no later than the approvals of what they create', () => {
    const created = readMigrations().flatMap(({name, text}) =>
      [...text.matchAll(/^CREATE FUNCTION ([a-z_.0-9]+)/gm)].map((match) => ({name, id: match[1]})),
    )
    for (const {id, approval} of readDocument()) {
      const [migration] = created.filter((each) => each.id === id)
      const month = migration?.name.replace(/^(\d{4})(\d{2}).*$/, '$1-$2')
      expect(`${id} ${month}`).toBe(`${id} ${approval.date}`)
    }
  })

  it('have names that the Supabase CLI takes, in order', () => {
    const names = readMigrations().map((migration) => migration.name)
    expect(names.filter((name) => !/^\d{14}_[a-z0-9_]+\.sql$/.test(name))).toEqual([])
    expect(new Set(names.map((name) => name.slice(0, 14))).size).toBe(names.length)
  })
})
