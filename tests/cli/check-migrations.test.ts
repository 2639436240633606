/** `secdef check` where the configuration names migrations: what a commit may not break. */
import {describe, expect, test} from 'vitest'
import {
  absentRow,
  auditedProject,
  firstMigration,
  secondMigration,
  strangerMigration,
} from '../support/audited.ts'
import {documentPath} from '../support/documents.ts'
import {write} from '../support/git.ts'
import {hosts, inProcess} from '../support/hosts.ts'

const {secdef} = inProcess
const config = {migrations: 'supabase/migrations'}

/** With fresh outputs, so that nothing else is wrong. */
async function generated(more: Readonly<Record<string, string>> = {}, settings: object = config) {
  const root = auditedProject(more, settings)
  expect((await secdef(root, ['generate'])).code).toBe(0)
  return root
}

const lastLine = (stdout: string) => stdout.trimEnd().split('\n').at(-1)

describe.each(hosts)('$name', (host) => {
  test('rows and definers that are the same are clean, and it says what was seen', async () => {
    const {code, stdout, stderr} = await host.secdef(await generated(), ['check'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toBe(
      '✓ 2 entries in 1 schema, 6 outputs fresh, 2 definers in supabase/migrations documented (… s)\n',
    )
  })

  test('a definer without a row stops it, at its statement', async () => {
    const root = await generated({[secondMigration]: strangerMigration})
    const {code, stdout} = await host.secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain('ops.stranger()\n  error  undocumented-definer\n')
    expect(stdout).toContain(`  from  ${secondMigration}:3\n`)
    expect(lastLine(stdout)).toBe('✗ 1 finding (… s)')
  })
})

describe('it stops', () => {
  test('a row without a routine, at its cell', async () => {
    const {code, stdout} = await secdef(await generated(absentRow), ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain(`  row   ${documentPath}:5:3\n`)
    expect(stdout).toContain('absent-routine')
  })

  test.each([
    [
      'a routine that is no definer any more',
      'ALTER FUNCTION ops.queue_job() SECURITY INVOKER;',
      'documented-invoker',
    ],
    ['a routine that was moved', 'ALTER FUNCTION ops.queue_job() SET SCHEMA public;', 'wrong-schema'],
    [
      'an overload',
      'CREATE FUNCTION ops.queue_job(int) RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1;',
      'overloaded-name',
    ],
    [
      'what cannot be followed',
      'DO $$ BEGIN EXECUTE (SELECT string_agg(x, $_$;$_$) FROM y); END $$;',
      'unseen',
    ],
    ['what does not parse', 'CREATE FUNKTION ops.x();', 'unseen'],
  ])('%s', async (_, sql, rule) => {
    const {code, stdout} = await secdef(await generated({[secondMigration]: sql}), ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain(`  ${rule}\n`)
    expect(stdout).toContain(`  from  ${secondMigration}:1\n`)
  })

  test('an approval that is older than the routine', async () => {
    const sql = `CREATE OR REPLACE FUNCTION ops.queue_job() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = ops, pg_temp AS 'BEGIN DELETE FROM ops.audit_log WHERE true; END';`
    const {code, stdout} = await secdef(
      await generated({'supabase/migrations/20251201000000_new.sql': sql}),
      ['check'],
    )
    expect(code).toBe(1)
    expect(stdout).toContain('stale-approval')
  })
})

describe('it asks no more', () => {
  test('than whether rows and definers are the same: no grants, no row level security, no search_path', async () => {
    const sql = `CREATE TABLE public.open (id int); GRANT ALL ON public.open TO PUBLIC;
      ALTER FUNCTION ops.queue_job() RESET search_path; GRANT EXECUTE ON FUNCTION ops.queue_job() TO PUBLIC;`
    const root = await generated({[secondMigration]: sql})
    expect((await secdef(root, ['check'])).code).toBe(0)
    expect((await secdef(root, ['audit'])).code).toBe(1)
  })

  test('than of what may have made or changed a routine', async () => {
    const sql = `CREATE EXTENSION pg_cron;
      DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP
        EXECUTE format('ALTER TABLE ops.%I ENABLE ROW LEVEL SECURITY', r.tablename); END LOOP; END $$;`
    const root = await generated({[secondMigration]: sql})
    expect((await secdef(root, ['check'])).code).toBe(0)
    expect((await secdef(root, ['audit', '--profile', 'plain'])).stdout).toContain('0 errors, ')
    write(root, {
      [secondMigration]: sql.replace(
        'ALTER TABLE ops.%I ENABLE ROW LEVEL SECURITY',
        'ALTER FUNCTION ops.%I() SECURITY DEFINER',
      ),
    })
    expect((await secdef(root, ['check'])).code).toBe(1)
  })

  test('of a project that names none', async () => {
    const root = await generated({[secondMigration]: strangerMigration}, {})
    const {code, stdout} = await secdef(root, ['check'])
    expect({code, stdout}).toEqual({code: 0, stdout: '✓ 2 entries in 1 schema, 6 outputs fresh (… s)\n'})
  })
})

describe('it cannot decide', () => {
  test('without the folder', async () => {
    const root = await generated({}, {migrations: 'db'})
    const {code, stderr} = await secdef(root, ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain(`No folder of migrations at db in ${root}`)
  })

  test('where nothing is in it', async () => {
    const {code, stdout} = await secdef(await generated({[firstMigration]: '-- Nothing.'}), ['check'])
    expect(code).toBe(2)
    expect(stdout).toContain('nothing-seen')
  })
})

test('a severity of the project holds for it too, with its reason', async () => {
  const severities = {'undocumented-definer': {severity: 'warning', reason: 'They move next month.'}}
  const root = await generated({[secondMigration]: strangerMigration}, {...config, audit: {severities}})
  const {code, stdout} = await secdef(root, ['check'])
  expect(code).toBe(0)
  expect(stdout).toContain('ops.stranger()\n  warning  undocumented-definer\n')
})

test('--format json holds what was judged, and --format github annotates the statement', async () => {
  const root = await generated({[secondMigration]: strangerMigration})
  const json = JSON.parse((await secdef(root, ['check', '--format', 'json'])).stdout)
  expect(json).toMatchObject({
    command: 'check',
    verdict: 'findings',
    findings: [],
    audit: {
      verdict: 'refuted',
      judgements: [{ruleId: 'undocumented-definer', origin: {path: secondMigration}}],
    },
  })
  const {stdout} = await secdef(root, ['check', '--format', 'github'])
  expect(stdout).toMatch(new RegExp(`^::error file=${secondMigration},line=3,.*undocumented-definer::`, 'm'))
})
