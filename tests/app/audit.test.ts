/** The use case `audit`: from which facts, over which schemas, and what comes of it. */
import {describe, expect, it} from 'vitest'
import {type AuditSource, auditProject} from '../../src/app/audit.ts'
import {loadProject} from '../../src/app/project.ts'
import {readMigrationFolder} from '../../src/io/migration-folder.ts'
import {
  absentRow,
  auditedProject,
  firstMigration,
  secondMigration,
  soundMigration,
  strangerMigration,
} from '../support/audited.ts'
import {root as repositoryRoot} from '../support/built.ts'
import {urlOf} from '../support/catalog.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {project} from '../support/project.ts'
import {onEachServer} from '../support/servers.ts'

type Profile = Extract<AuditSource, {kind: 'replay'}>['profile']

const replay = (profile: Profile = 'plain'): AuditSource => ({kind: 'replay', folder: undefined, profile})

async function auditOf(root: string, source: AuditSource = replay()) {
  const loaded = await loadProject(root)
  if (!('project' in loaded)) throw new Error('The project was rejected')
  const options = {today: '2025-12-31', source, isProfileAssumed: false}
  const {report} = await auditProject(loaded.project, options)
  if (report === undefined) throw new Error('Nothing was audited')
  return report
}

async function rulesOf(root: string, source?: AuditSource): Promise<string[]> {
  const {judgements} = await auditOf(root, source)
  return judgements.map(({ruleId, verdict, object}) => `${verdict} ${ruleId} ${object}`)
}

describe('the reference database', () => {
  const tallies = {documented: 111, undocumented: 0, verified: 111, refuted: 0, unknown: 0}

  it.each(['plain', 'supabase-2026'] as const)('agrees with its document on %s', async (profile) => {
    const report = await auditOf(repositoryRoot, replay(profile))
    expect(report).toMatchObject({verdict: 'verified', tallies, judgements: []})
    expect(report.seen).toMatchObject({definers: 111, unsureDefiners: 0})
    expect(report.coverage).toMatchObject({
      schemas: ['enforcement', 'intake', 'ops', 'public'],
      statements: {failed: 0},
      unknowns: [],
    })
  })

  it('is warned of what an older platform grants besides', async () => {
    const {verdict, judgements} = await auditOf(repositoryRoot, replay('supabase-legacy'))
    expect(verdict).toBe('verified')
    expect(new Set(judgements.map(({ruleId, severity}) => `${severity} ${ruleId}`))).toEqual(
      new Set(['warning default-privileges']),
    )
  })
})

describe('a replay', () => {
  it('of a sound project is verified', async () => {
    expect(await auditOf(auditedProject())).toMatchObject({verdict: 'verified', judgements: []})
  })

  it('tells of a definer without a row where it was made', async () => {
    const {verdict, judgements} = await auditOf(auditedProject({[secondMigration]: strangerMigration}))
    expect(verdict).toBe('refuted')
    expect(judgements).toMatchObject([
      {
        ruleId: 'undocumented-definer',
        object: 'ops.stranger()',
        origin: {path: secondMigration, place: {start: {line: 3}}},
      },
    ])
  })

  it('tells of a row without a routine at its cell', async () => {
    const {judgements} = await auditOf(auditedProject(absentRow))
    expect(judgements).toMatchObject([
      {ruleId: 'absent-routine', row: {path: documentPath, place: {start: {line: 5, column: 3}}}},
    ])
  })

  it('that failed in part is unknown', async () => {
    const root = auditedProject({[secondMigration]: 'SELECT nothing_of_the_kind();'})
    const {verdict, coverage} = await auditOf(root)
    expect(verdict).toBe('unknown')
    expect(coverage.statements?.failed).toBe(1)
  })

  it('of which no statement was applied decides nothing', async () => {
    const report = await auditOf(auditedProject({[firstMigration]: '-- Nothing.'}), replay('supabase-2026'))
    expect(report.verdict).toBe('undecided')
  })

  it('sees what any registry wants seen', async () => {
    const other = {'docs/OTHER.md': soundDocument.replaceAll('| ops |', '| intake |')}
    const hidden = `CREATE SCHEMA IF NOT EXISTS intake; CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c;`
    const registries = [
      {name: 'one', outputDir: 'one', schemas: {include: ['b']}},
      {name: 'two', outputDir: 'two', document: 'docs/OTHER.md', schemas: {exclude: ['b', 'c']}},
    ]
    const root = auditedProject({...other, [secondMigration]: hidden}, {registries})
    const {coverage} = await auditOf(root)
    expect(coverage.schemas).toEqual(['a', 'b', 'intake', 'ops', 'public'])
    expect(coverage.leftOut).toContainEqual({schema: 'c', why: 'one to exclude', definers: 0})
  })
})

describe('the folder of migrations', () => {
  const read = (...names: string[]) =>
    readMigrationFolder(project(Object.fromEntries(names.map((name) => [`m/${name}`, 'SELECT 1;']))), 'm')

  it('is read in the order of the names, and says what it leaves out', () => {
    const {files, leftOut, doubts} = read('2_b.sql', '10_c.sql', '1_a.sql', 'README.md', 'seed.sql')
    expect(files.map(({path}) => path)).toEqual(['m/10_c.sql', 'm/1_a.sql', 'm/2_b.sql'])
    expect(leftOut.map(({path}) => path)).toEqual(['m/README.md', 'm/seed.sql'])
    expect(doubts).toEqual([])
  })

  it('doubts a file that is left out though the Supabase CLI would apply it', () => {
    expect(read('1_a.sql', '1_a.down.sql').doubts.map(({path}) => path)).toEqual(['m/1_a.down.sql'])
    expect(read('1_a.up.sql', '1_a.down.sql').doubts).toEqual([])
  })

  it('doubts the second file of a version', () => {
    expect(read('1_a.sql', '1_b.sql', '2_c.sql').doubts.map(({path}) => path)).toEqual(['m/1_b.sql'])
  })

  it('keeps an audit with a doubt from being clean', async () => {
    const root = auditedProject({'supabase/migrations/20240102000000_more.down.sql': 'SELECT 1;'})
    expect(await rulesOf(root)).toEqual(['unknown unseen supabase/migrations/20240102000000_more.down.sql'])
  })
})

describe('a live server', () => {
  onEachServer((session) => {
    it('is held against the document', async () => {
      const source: AuditSource = {kind: 'database', url: await urlOf(session), env: {}}
      const root = auditedProject()
      await session.run(soundMigration)
      expect(await rulesOf(root, source)).toEqual([])
      await session.run('ALTER FUNCTION ops.log_action() SECURITY INVOKER')
      expect(await rulesOf(root, source)).toEqual(['refuted documented-invoker ops.log_action'])
      expect((await auditOf(root, source)).coverage.statements).toBeNull()
    })
  }, '17')
})
