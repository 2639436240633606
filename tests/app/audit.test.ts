/** The use case `audit`: from which facts, over which schemas, and what comes of it. */
import {describe, expect, it} from 'vitest'
import {type AuditSource, auditProject} from '../../src/app/audit.ts'
import {loadProject} from '../../src/app/project.ts'
import type {ProfileName} from '../../src/model/default-registry.ts'
import {
  absentRow,
  auditedConfig,
  auditedProject,
  firstMigration,
  secondMigration,
  soundMigration,
  strangerMigration,
} from '../support/audited.ts'
import {root as repositoryRoot} from '../support/built.ts'
import {urlOf} from '../support/catalog.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {onEachServer} from '../support/servers.ts'

const migrations: AuditSource = {kind: 'migrations', folder: undefined}
const replay: AuditSource = {kind: 'replay', folder: undefined}

type Options = {readonly sources?: readonly AuditSource[]; readonly profile?: ProfileName | undefined}

async function auditOf(root: string, {sources = [replay], ...options}: Options = {}) {
  const loaded = await loadProject(root)
  if (!('project' in loaded)) throw new Error('The project was rejected')
  const profile = 'profile' in options ? options.profile : loaded.project.migrations?.profile
  const {report} = await auditProject(loaded.project, {today: '2025-12-31', sources, profile, env: {}})
  if (report === undefined) throw new Error('Nothing was audited')
  return report
}

/** What the first source rests on. */
async function coverageOf(root: string, options?: Options) {
  const [first] = (await auditOf(root, options)).sources
  if (first === undefined) throw new Error('No source')
  return first.coverage
}

async function rulesOf(root: string, options?: Options): Promise<string[]> {
  const {judgements} = await auditOf(root, options)
  return judgements.map(({ruleId, verdict, object}) => `${verdict} ${ruleId} ${object}`)
}

describe('the reference database', () => {
  const tallies = {documented: 111, undocumented: 0, verified: 111, refuted: 0, unknown: 0}

  it.each(['plain', 'supabase-2026'] as const)('agrees with its document on %s', async (profile) => {
    const report = await auditOf(repositoryRoot, {sources: [migrations, replay], profile})
    expect(report).toMatchObject({verdict: 'verified', judgements: [], differences: []})
    for (const {seen, coverage, ...source} of report.sources) {
      expect(source).toMatchObject({verdict: 'verified', profile, tallies})
      expect(seen).toMatchObject({definers: 111, unsureDefiners: 0})
      expect(coverage).toMatchObject({
        schemas: ['enforcement', 'intake', 'ops', 'public'],
        statements: {failed: 0},
        unknowns: [],
      })
    }
  })

  it('is warned of what an older platform grants besides', async () => {
    const report = await auditOf(repositoryRoot, {
      sources: [migrations, replay],
      profile: 'supabase-legacy',
    })
    expect(report).toMatchObject({verdict: 'verified', differences: []})
    const told = report.judgements.map(({ruleId, severity, sources}) => [ruleId, severity, sources.length])
    expect(new Set(told.map(String))).toEqual(new Set(['default-privileges,warning,2']))
  })

  it('is never clean where nobody has said what stood before it', async () => {
    const report = await auditOf(repositoryRoot, {sources: [migrations], profile: undefined})
    expect(report.verdict).toBe('unknown')
    expect(report.sources[0]?.profile).toBeNull()
    expect(report.judgements).toMatchObject([{ruleId: 'unseen', verdict: 'unknown', object: 'profile'}])
  })
})

describe.each([migrations, replay])('$kind', (source) => {
  const sources = [source]

  it('of a sound project is verified', async () => {
    expect(await auditOf(auditedProject(), {sources})).toMatchObject({verdict: 'verified', judgements: []})
  })

  it('tells of a definer without a row where it was made', async () => {
    const {verdict, judgements} = await auditOf(auditedProject({[secondMigration]: strangerMigration}), {
      sources,
    })
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
    const {judgements} = await auditOf(auditedProject(absentRow), {sources})
    expect(judgements).toMatchObject([
      {ruleId: 'absent-routine', row: {path: documentPath, place: {start: {line: 5, column: 3}}}},
    ])
  })

  it('is unknown where a statement failed', async () => {
    const root = auditedProject({[secondMigration]: 'ALTER FUNCTION ops.nothing_of_the_kind() RESET ALL;'})
    const {verdict, sources: told} = await auditOf(root, {sources})
    expect(verdict).toBe('unknown')
    expect(told[0]?.coverage.statements?.failed).toBe(1)
  })

  it('decides nothing where no statement was applied', async () => {
    const root = auditedProject({[firstMigration]: '-- Nothing.'})
    expect((await auditOf(root, {sources, profile: 'supabase-2026'})).verdict).toBe('undecided')
  })

  it('sees what any registry wants seen', async () => {
    const other = {'docs/OTHER.md': soundDocument.replaceAll('| ops |', '| intake |')}
    const hidden = `CREATE SCHEMA IF NOT EXISTS intake; CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c;`
    const registries = [
      {name: 'one', outputDir: 'one', schemas: {include: ['b']}},
      {name: 'two', outputDir: 'two', document: 'docs/OTHER.md', schemas: {exclude: ['b', 'c']}},
    ]
    const root = auditedProject({...other, [secondMigration]: hidden}, {...auditedConfig, registries})
    const coverage = await coverageOf(root, {sources})
    expect(coverage.schemas).toEqual(['a', 'b', 'intake', 'ops', 'public'])
    expect(coverage.leftOut).toContainEqual({schema: 'c', why: 'one to exclude', definers: 0})
  })
})

describe('the folder of migrations', () => {
  it('keeps an audit with a doubt from being clean', async () => {
    const root = auditedProject({'supabase/migrations/20240102000000_more.down.sql': 'SELECT 1;'})
    const sources = [migrations, replay]
    expect(await rulesOf(root, {sources})).toEqual([
      'unknown unseen supabase/migrations/20240102000000_more.down.sql',
    ])
  })

  it('is the configuration’s, read by the rules of its tool', async () => {
    const files = {'db/b.sql': soundMigration, 'db/a.sql': 'SELECT 1;'}
    const config = {...auditedConfig, migrations: {folder: 'db', tool: 'alphabetical', profile: 'plain'}}
    const {verdict, sources} = await auditOf(auditedProject(files, config), {sources: [migrations, replay]})
    expect(verdict).toBe('verified')
    expect(sources.map(({source}) => source.label)).toEqual(['db', 'db (plain)'])
  })
})

describe('what a project has decided', () => {
  const severities = {'undocumented-definer': {severity: 'warning', reason: 'All of them move next month.'}}
  const config = {...auditedConfig, audit: {...auditedConfig.audit, severities}}

  it('changes a severity, and is told with the result', async () => {
    const root = auditedProject({[secondMigration]: strangerMigration}, config)
    const {verdict, judgements, decisions} = await auditOf(root, {sources: [migrations]})
    expect(judgements).toMatchObject([{ruleId: 'undocumented-definer', severity: 'warning'}])
    expect(decisions).toEqual([{ruleId: 'undocumented-definer', ...severities['undocumented-definer']}])
    expect(verdict).toBe('verified')
  })
})

describe('a live server', () => {
  onEachServer((session) => {
    it('is held against the document, and against the migrations', async () => {
      const live: AuditSource = {kind: 'database', url: await urlOf(session)}
      const root = auditedProject()
      await session.run(soundMigration)
      expect(await rulesOf(root, {sources: [live]})).toEqual([])
      const sources = [migrations, replay, live, live]
      const agreed = await auditOf(root, {sources})
      expect(agreed).toMatchObject({verdict: 'verified', judgements: [], differences: []})
      expect(new Set(agreed.sources.map(({source}) => source.label)).size).toBe(4)

      await session.run('ALTER FUNCTION ops.log_action() SECURITY INVOKER')
      expect(await rulesOf(root, {sources: [live]})).toEqual(['refuted documented-invoker ops.log_action'])
      expect((await coverageOf(root, {sources: [live]})).statements).toBeNull()
      const {judgements, differences} = await auditOf(root, {sources: [migrations, live]})
      const label = agreed.sources[2]?.source.label ?? ''
      expect(judgements.map(({sources: of}) => of)).toEqual([[label]])
      expect(differences).toEqual([
        {
          object: 'function ops.log_action()',
          fact: 'SECURITY DEFINER',
          values: [
            {source: 'supabase/migrations', value: 'yes'},
            {source: label, value: 'no'},
          ],
        },
      ])
    })

    it('that cannot be read leaves the others told, and nothing decided', async () => {
      const live: AuditSource = {kind: 'database', url: await urlOf(session)}
      const gone: AuditSource = {kind: 'database', url: 'postgres://u@127.0.0.1:1/d'}
      await session.run(soundMigration)
      const {verdict, sources, failures} = await auditOf(auditedProject(), {sources: [gone, live]})
      expect(verdict).toBe('undecided')
      expect(sources).toMatchObject([{verdict: 'verified'}])
      expect(failures).toMatchObject([{message: expect.stringContaining('127.0.0.1')}])
      await expect(auditOf(auditedProject(), {sources: [gone]})).rejects.toThrow('127.0.0.1')
    })
  }, '17')
})
