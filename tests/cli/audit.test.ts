/** `secdef audit`: how it ends, what it prints in each format, and what it refuses. */
import {describe, expect, test} from 'vitest'
import {auditRulePages} from '../../src/app/audit-rules.ts'
import {
  absentRow,
  auditedProject,
  firstMigration,
  secondMigration,
  strangerMigration,
} from '../support/audited.ts'
import {documentPath, repository, soundDocument} from '../support/documents.ts'
import {asCommand, hosts, inProcess} from '../support/hosts.ts'
import {fill} from '../support/project.ts'
import {type SarifResult, sarifFaults} from '../support/sarif.ts'

const {secdef} = inProcess

describe.each(hosts)('$name', (host) => {
  test('a database that agrees ends with 0, and says what was seen', async () => {
    const {code, stdout, stderr} = await host.secdef(auditedProject(), ['audit'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^Coverage$/m)
    expect(stdout).toMatch(/^ {2}schemas +ops, public$/m)
    expect(stdout).toMatch(/^ {2}profile +plain$/m)
    expect(stdout).toMatch(/^ {2}registry +2 documented, 0 undocumented: 2 verified, 0 refuted, 0 unknown$/m)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('✓ 2 rows and 2 definers agree, nothing unknown (… s)')
  })
})

describe('what ends with 1', () => {
  test('a definer without a row, with its place and the statement that mends it', async () => {
    const root = auditedProject({[secondMigration]: strangerMigration})
    const {code, stdout} = await secdef(root, ['audit'])
    expect(code).toBe(1)
    expect(stdout).toContain('ops.stranger()\n  error  undocumented-definer\n')
    expect(stdout).toContain(`  from  ${secondMigration}:3\n`)
    expect(stdout).toContain('  mend  ALTER FUNCTION "ops"."stranger"() SECURITY INVOKER;\n')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('✗ 1 error, 0 unknown (… s)')
  })

  test('a row without a routine, with its line', async () => {
    const {code, stdout} = await secdef(auditedProject(absentRow), ['audit'])
    expect(code).toBe(1)
    expect(stdout).toContain(`  row   ${documentPath}:5:3\n  5 │ | \`gone\` |`)
    expect(stdout).toContain('absent-routine')
  })

  test('what is unknown, and nothing else', async () => {
    const root = auditedProject({[secondMigration]: 'SELECT nothing_of_the_kind();'})
    const {code, stdout} = await secdef(root, ['audit', '--replay'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ {2}unknown {2}unseen$/m)
    expect(stdout).toMatch(/^ {2}statements {2}\d+ applied, 1 failed$/m)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^✗ 0 errors, \d+ unknown; what is unknown is not clean/,
    )
  })

  test('a document that is not sound: nothing is held against it', async () => {
    const root = auditedProject({[documentPath]: '| `a` | ops |\n'})
    const [checked, audited] = [await secdef(root, ['check']), await secdef(root, ['audit'])]
    expect(audited.code).toBe(checked.code)
    expect(audited.stdout).toContain('the database was not audited')
    expect(audited.stdout).not.toContain('Coverage')
  })
})

describe('what ends with 2', () => {
  test.each([
    ['without migrations', () => repository(), ['audit'], 'No folder of migrations at supabase/migrations'],
    [
      'a folder that is not there',
      () => auditedProject(),
      ['audit', '--replay', 'nope'],
      'No folder of migrations',
    ],
    [
      'a folder without SQL',
      () => auditedProject({'empty/.gitkeep': ''}),
      ['audit', '--replay', 'empty'],
      'in empty',
    ],
    ['an empty folder', () => auditedProject(), ['audit', '--replay='], 'empty --replay'],
    ['another', () => auditedProject(), ['audit', '--migrations', ''], 'empty --migrations'],
    ['an empty URL', () => auditedProject(), ['audit', '--database='], 'empty --database'],
    [
      'a profile of a database',
      () => auditedProject(),
      ['audit', '--database', '--profile', 'plain'],
      '--profile',
    ],
    [
      'a profile that is none',
      () => auditedProject(),
      ['audit', '--profile', 'plian'],
      'Did you mean plain?',
    ],
    [
      'a server that is not there',
      () => auditedProject(),
      ['audit', '--database', 'postgres://u@127.0.0.1:1/d'],
      '127',
    ],
  ])('%s', async (_, make, argv, message) => {
    const {code, stdout, stderr} = await secdef(make(), argv)
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(message)
  })

  test('a replay that makes nothing', async () => {
    const {code, stdout} = await secdef(auditedProject({[firstMigration]: '-- Nothing.'}), ['audit'])
    expect(code).toBe(2)
    expect(stdout).toContain('✗ Nothing was decided: too little was seen')
  })
})

test('the folder is named from where one stands, and files are shown from there', async () => {
  const root = auditedProject({[secondMigration]: strangerMigration})
  const {code, stdout} = await secdef(`${root}/supabase`, ['audit', '--replay', 'migrations'])
  expect(code).toBe(1)
  expect(stdout).toContain(`  from  ${secondMigration.replace('supabase/', '')}:3\n`)
})

test('--format json says everything', async () => {
  const root = auditedProject({...absentRow, [secondMigration]: strangerMigration})
  const {code, stdout} = await secdef(root, ['audit', '--format', 'json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    command: 'audit',
    verdict: 'findings',
    failure: null,
    audit: {
      verdict: 'refuted',
      sources: [
        {
          source: {kind: 'migrations', label: 'supabase/migrations'},
          verdict: 'refuted',
          profile: 'plain',
          tallies: {documented: 3, undocumented: 1},
          coverage: {schemas: ['ops', 'public'], leftOutFiles: [], unknowns: []},
        },
      ],
      failures: [],
      differences: [],
      decisions: [],
      judgements: [
        {
          ruleId: 'undocumented-definer',
          row: null,
          origin: {path: secondMigration},
          mend: {advice: null},
        },
        {ruleId: 'absent-routine', row: {path: documentPath, place: {start: {line: 5}}}},
      ],
    },
  })
})

test('--format github points at the row, else at the statement, and says what was seen', async () => {
  const root = auditedProject({...absentRow, [secondMigration]: strangerMigration})
  const {code, stdout} = await secdef(root, ['audit', '--format', 'github'])
  expect(code).toBe(1)
  const commands = stdout.split('\n').filter((line) => line.startsWith('::'))
  expect(commands).toEqual([
    expect.stringMatching(
      new RegExp(`^::error file=${secondMigration},line=3,.*title=secdef undocumented-definer::`),
    ),
    expect.stringMatching(new RegExp(`^::error file=${documentPath},line=5,.*title=secdef absent-routine::`)),
  ])
  expect(stdout).toMatch(/^schemas +ops, public$/m)
})

test.each(['pretty', 'json', 'github', 'sarif', 'markdown'])(
  '--format %s prints no name raw',
  async (format) => {
    const name = '"\u001b[31mred\u202e\n::error::fake"'
    const root = auditedProject({[secondMigration]: strangerMigration.replace('stranger', name)})
    const {code, stdout, stderr} = await secdef(root, ['audit', '--format', format])
    expect(code).toBe(1)
    expect(stdout + stderr).not.toMatch(/\u001b|\u202e/)
    expect(stdout).not.toMatch(/^\s*::error::fake/m)
    expect(stdout).toMatch(/\\u\{1b\}\[31mred|\\u001b\[31mred/)
  },
)

describe('explain', () => {
  test.each(auditRulePages)('$id', async ({id, title, why, resolve}) => {
    const {code, stdout} = await secdef('/', ['explain', id])
    expect(code).toBe(0)
    expect(stdout).toContain(`# ${id}\n\n${title}.\n`)
    expect(stdout).toContain(why)
    expect(stdout).toContain(`## Resolve\n\n${resolve}\n`)
  })

  test('suggests a rule of the audit, and lists it', async () => {
    expect((await secdef('/', ['explain', 'undocumented-defner'])).stderr).toContain(
      'Did you mean `secdef explain undocumented-definer`?',
    )
    expect((await asCommand.secdef('/', ['explain'])).stdout).toMatch(/^undocumented-definer +error +\w/m)
  })
})

describe('--format sarif', () => {
  test('is valid, and points at the row and at the statement', async () => {
    const root = auditedProject({...absentRow, [secondMigration]: strangerMigration})
    const {code, stdout} = await secdef(root, ['audit', '--format', 'sarif'])
    const log = JSON.parse(stdout)
    expect({code, faults: sarifFaults(log)}).toEqual({code: 1, faults: []})
    const [run] = log.runs
    expect(run.tool.driver.version).toBe('0.0.0-test')
    const where = run.results.map(({ruleId, locations}: SarifResult) => {
      const {artifactLocation, region} = locations[0]?.physicalLocation ?? {}
      return `${ruleId} ${artifactLocation?.uri}:${region?.startLine}`
    })
    expect(where).toEqual([`undocumented-definer ${secondMigration}:3`, `absent-routine ${documentPath}:5`])
  })

  test('tells what kept the run from deciding', async () => {
    const {code, stdout} = await secdef(repository(), ['audit', '--format', 'sarif'])
    const log = JSON.parse(stdout)
    expect({code, faults: sarifFaults(log)}).toEqual({code: 2, faults: []})
    expect(log.runs[0].invocations).toMatchObject([{executionSuccessful: false, exitCode: 2}])
    expect(JSON.stringify(log.runs[0].invocations)).toContain('No folder of migrations')
  })

  test('of a check is valid too', async () => {
    const {code, stdout} = await secdef(auditedProject(), ['check', '--format', 'sarif'])
    expect({code, faults: sarifFaults(JSON.parse(stdout))}).toEqual({code: 1, faults: []})
    expect(stdout).toContain('output-missing')
  })
})

describe('--format markdown', () => {
  test('says the verdict first, what is judged, and what it rests on', async () => {
    const root = auditedProject({...absentRow, [secondMigration]: strangerMigration})
    const {code, stdout} = await secdef(root, ['audit', '--format', 'markdown'])
    expect(code).toBe(1)
    expect(stdout.split('\n')[0]).toBe('## ✗ secdef audit: 2 errors, 0 unknown')
    expect(stdout).toContain('undocumented-definer')
    expect(stdout).toContain('ALTER FUNCTION "ops"."stranger"() SECURITY INVOKER;')
    expect(stdout).toContain('Coverage')
  })
})

describe('--suggest', () => {
  const strangers = `${strangerMigration}
    GRANT EXECUTE ON FUNCTION ops.stranger() TO secdef_anon;
    CREATE FUNCTION ops.another() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = ops, pg_temp AS 'BEGIN DELETE FROM ops.audit_log; END';`

  test('prints rows alone, the most exposed first, that check refuses until they are filled in', async () => {
    const root = auditedProject({[secondMigration]: strangers})
    const {code, stdout, stderr} = await secdef(root, ['audit', '--suggest'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/✗ 3 errors, 0 unknown; 2 rows to fill in\n$/)
    const rows = stdout.split('\n').filter((line) => line.startsWith('| `'))
    expect(rows.map((line) => line.split('|')[1]?.trim())).toEqual(['`stranger`', '`another`'])
    fill(root, {[documentPath]: `${soundDocument}\n${stdout}`})
    const refused = await secdef(root, ['check', '--format', 'json'])
    expect(refused.code).toBe(1)
    const {findings} = JSON.parse(refused.stdout)
    expect(findings.map(({ruleId}: {ruleId: string}) => ruleId)).toEqual(Array(6).fill('placeholder'))
    const filled = stdout
      .replaceAll('TODO: why it has to run as its owner.', 'Writes for every role.')
      .replaceAll('TODO: which risks there are, and what mitigates them.', 'Append-only.')
      .replaceAll('TODO - YYYY-MM', 'Core Team - 2025-01')
    fill(root, {[documentPath]: `${soundDocument}\n${filled}`})
    const {judgements} = JSON.parse((await secdef(root, ['audit', '--format', 'json'])).stdout).audit
    expect(judgements.map(({ruleId}: {ruleId: string}) => ruleId)).toEqual(['execute-open'])
  })

  test('has nothing to say where all is documented', async () => {
    const {code, stdout, stderr} = await secdef(auditedProject(), ['audit', '--suggest'])
    expect({code, stdout}).toEqual({code: 0, stdout: ''})
    expect(stderr).toMatch(/nothing unknown; nothing to suggest\n$/)
  })

  test('takes no other format', async () => {
    const {code, stderr} = await secdef(auditedProject(), ['audit', '--suggest', '--format', 'json'])
    expect(code).toBe(2)
    expect(stderr).toContain('--format json beside --suggest')
  })
})
