/** SARIF: valid by the standard's schema, at the right places, and never clean where something is unknown. */
import {describe, expect, test} from 'vitest'
import {auditRulePages} from '../../src/app/audit-rules.ts'
import {type SarifRun, sarifReport} from '../../src/report/sarif.ts'
import {describeRule} from '../../src/report/sarif-rules.ts'
import {brief, read, row, table} from '../support/read.ts'
import {type SarifLocation, type SarifLog, sarifFaults} from '../support/sarif.ts'
import {auditReport, judgement, sourceReport} from '../support/told.ts'

const document = 'docs/SECURITY_EXCEPTIONS.md'

function log(fields: Partial<SarifRun> = {}) {
  const {audit} = fields
  const text = sarifReport({
    command: audit ? 'audit' : 'check',
    version: '1.2.3',
    exitCode: 1,
    findings: [],
    sources: new Map(),
    documents: [{path: document, entries: 1, schemas: {ops: 1}, events: 0, audited: null}],
    outputs: [],
    showPath: (path) => path,
    auditPages: audit ? auditRulePages : [],
    ...fields,
  })
  const parsed: SarifLog = JSON.parse(text)
  expect(sarifFaults(parsed)).toEqual([])
  const [run] = parsed.runs
  for (const {ruleId, ruleIndex} of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  return {text, run, results: run.results, invocation: run.invocations[0]}
}

/** A run of `check` on a document. */
function checked(text: string, fields: Partial<SarifRun> = {}) {
  const {findings} = read(text)
  return log({findings, sources: new Map([[document, text]]), ...fields})
}

function at({physicalLocation: {artifactLocation, region}}: SarifLocation): string {
  const end = region.endLine === undefined ? '' : `-${region.endLine}:${region.endColumn}`
  return `${artifactLocation.uri} ${region.startLine}:${region.startColumn ?? ''}${end}`
}

const place = (line: number, from: number, to: number) => ({
  start: {line, column: from, offset: line * 100 + from},
  end: {line, column: to, offset: line * 100 + to},
})

describe('a check', () => {
  test('that is clean has no result and says that it came to its end', () => {
    const {results, invocation, run} = checked(table(row()), {exitCode: 0})
    expect(results).toEqual([])
    expect(invocation).toEqual({executionSuccessful: true, exitCode: 0, toolExecutionNotifications: []})
    expect(run.automationDetails.id).toBe('secdef/check/')
    expect(run.tool.driver.version).toBe('1.2.3')
  })

  test('points at the cell, in UTF-16 code units', () => {
    const text = table(row({name: '`\u{1f600}`', why: 'TODO'}))
    expect(brief(read(text).findings)).toContain('placeholder 3:16')
    const result = checked(text).results.find(({ruleId}) => ruleId === 'placeholder')
    expect(result?.locations.map(at)).toEqual([`${document} 3:16-3:20`])
    expect(text.split('\n')[2]?.slice(15, 19)).toBe('TODO')
  })

  test('tells the other place of two', () => {
    const [result] = checked(table(row(), row())).results
    expect(result?.locations.map(at)).toEqual([expect.stringMatching(/ 4:/)])
    expect(result?.relatedLocations?.map(at)).toEqual([expect.stringMatching(/ 3:/)])
  })

  test('shows a file as a whole at its first line, as code scanning drops what has no line', () => {
    const findings = [{ruleId: 'output-missing', args: {}, path: 'generated/a.ts'}] as const
    expect(log({findings}).results[0]?.locations.map(at)).toEqual(['generated/a.ts 1:'])
  })

  test.each([
    ['a b/ä#%.md', 'a%20b/%C3%A4%23%25.md'],
    ['c:d/e?.md', 'c%3Ad/e%3F.md'],
    ["it's (a) *.md", 'it%27s%20%28a%29%20%2A.md'],
    ['lone\ud800.md', 'lone%EF%BF%BD.md'],
  ])('encodes the path %j', (path, uri) => {
    const findings = [{ruleId: 'output-missing', args: {}, path}] as const
    const [location] = log({findings}).results[0]?.locations ?? []
    expect(location?.physicalLocation.artifactLocation).toEqual({uri, uriBaseId: '%SRCROOT%'})
  })

  test('tells paths as the repository has them', () => {
    const findings = [{ruleId: 'output-missing', args: {}, path: 'a.ts'}] as const
    const {results} = log({findings, showPath: (path) => `packages/db/${path}`})
    expect(results[0]?.locations.map(at)).toEqual(['packages/db/a.ts 1:'])
  })

  test('that failed says so, without a result', () => {
    const failure = {message: 'No document at a.md', mend: 'Create it.'}
    const {results, invocation} = log({exitCode: 2, failure})
    expect(results).toEqual([])
    expect(invocation).toMatchObject({executionSuccessful: false, exitCode: 2})
    expect(invocation.toolExecutionNotifications).toMatchObject([
      {level: 'error', message: {text: 'No document at a.md. Create it.'}},
    ])
  })

  test('that could not decide was not successful', () => {
    const {invocation, results} = checked('Nothing.\n', {exitCode: 2})
    expect(invocation.executionSuccessful).toBe(false)
    expect(results.map(({ruleId, level}) => [ruleId, level])).toEqual([['no-registry-table', 'error']])
  })
})

describe('an audit', () => {
  const rowPlace = {path: document, place: place(5, 3, 9)}
  const origin = {path: 'supabase/migrations/1_a.sql', place: place(7, 1, 40)}

  test('points at the row first, then at the statement', () => {
    const audit = auditReport({judgements: [judgement({row: rowPlace, origin})]})
    const [result] = log({audit}).results
    expect(result?.locations.map(at)).toEqual([`${document} 5:3-5:9`])
    expect(result?.relatedLocations?.map(at)).toEqual(['supabase/migrations/1_a.sql 7:1-7:40'])
    expect(result?.locations[0]?.logicalLocations).toEqual([{fullyQualifiedName: 'ops.f()'}])
  })

  test('points at the statement where there is no row, and at the document where there is neither', () => {
    const judgements = [judgement({origin}), judgement({object: 'ops.g()'})]
    const shown = log({audit: auditReport({judgements})}).results.flatMap(({locations}) => locations.map(at))
    expect(shown).toEqual(['supabase/migrations/1_a.sql 7:1-7:40', `${document} 1:`])
  })

  test.each([
    ['fatal', 'refuted', 'error'],
    ['error', 'refuted', 'error'],
    ['warning', 'refuted', 'warning'],
    ['info', 'refuted', 'note'],
    ['error', 'unknown', 'error'],
    ['warning', 'unknown', 'error'],
    ['info', 'unknown', 'error'],
  ] as const)('tells %s, %s as the level %s', (severity, verdict, level) => {
    const [result] = log({audit: auditReport({judgements: [judgement({severity, verdict})]})}).results
    expect(result?.level).toBe(level)
    // Any other kind has no level but none, by the standard.
    expect(result?.kind ?? 'fail').toBe('fail')
    expect(result?.properties.verdict).toBe(verdict)
  })

  test('has a descriptor for every rule, short enough for code scanning', () => {
    const judgements = auditRulePages.map(({id}) => judgement({ruleId: id}))
    const {run, results} = log({audit: auditReport({judgements})})
    expect(results).toHaveLength(auditRulePages.length)
    const ids = run.tool.driver.rules.map(({id}) => id)
    expect(ids).toEqual(ids.toSorted())
    for (const {fullDescription} of run.tool.driver.rules) {
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024)
    }
  })

  test('tells of a difference between sources as an error', () => {
    const values = [
      {source: 'a', value: 'postgres'},
      {source: 'b', value: 'admin'},
    ]
    const differences = [{object: 'ops.f()', fact: 'owner', values}]
    const {results} = log({audit: auditReport({verdict: 'unknown', differences})})
    expect(results).toMatchObject([
      {ruleId: 'sources-differ', level: 'error', properties: {verdict: 'unknown', fact: 'owner'}},
    ])
    expect(results[0]?.message.text).toMatch(/a: postgres; b: admin$/)
  })

  test('notifies of what was not seen, and of sources that could not be read', () => {
    const coverage = {
      schemas: ['ops'],
      leftOut: [{schema: 'auth', why: 'of the platform', definers: 3}],
      leftOutFiles: [{path: 'm/seed.sql', why: 'no version'}],
      statements: {applied: 1, failed: 0},
      unknowns: [{subject: 'DO block', why: 'not followed', location: origin}],
    }
    const failures = [{message: 'No connection', mend: null}]
    const audit = auditReport({verdict: 'undecided', sources: [sourceReport({coverage})], failures})
    const {invocation} = log({audit, exitCode: 2})
    expect(
      invocation.toolExecutionNotifications.map(({level, message, locations = []}) => [
        level,
        message.text,
        ...locations.map(at),
      ]),
    ).toEqual([
      ['error', 'No connection'],
      [
        'warning',
        'Not followed in db.example/app: DO block: not followed',
        'supabase/migrations/1_a.sql 7:1-7:40',
      ],
      ['note', 'Left out of db.example/app: schema auth: of the platform; definers: 3'],
      ['note', 'Left out of db.example/app: no version', 'm/seed.sql 1:'],
    ])
  })

  test('tells which severities the project has decided, and why', () => {
    const decisions = [{ruleId: 'rls-not-forced', severity: 'warning', reason: 'Owner is no one.'}] as const
    const {invocation, run} = log({audit: auditReport({decisions})})
    const [override] = invocation.ruleConfigurationOverrides ?? []
    expect(override).toMatchObject({
      configuration: {level: 'warning'},
      properties: {reason: 'Owner is no one.'},
    })
    expect(run.tool.driver.rules[override?.descriptor.index ?? -1]?.id).toBe('rls-not-forced')
  })

  test('leaves nothing in a message to be obeyed', () => {
    const hostile = 'x[click](https://evil.example)\u202e\u001b[31m\n::error::'
    const judgements = [judgement({object: hostile, message: hostile, mend: {statement: hostile}})]
    const coverage = {
      ...sourceReport().coverage,
      unknowns: [{subject: hostile, why: hostile, location: {path: hostile}}],
    }
    const source = {kind: 'database', label: hostile} as const
    const {text, results, invocation} = log({
      audit: auditReport({judgements, sources: [sourceReport({source, coverage})]}),
    })
    expect(text).not.toMatch(/\u202e|\u001b/)
    const messages = [
      ...results.map(({message}) => message.text),
      ...invocation.toolExecutionNotifications.map(({message}) => message.text),
    ]
    for (const message of messages) {
      expect(message).not.toMatch(/[^\\]\]\(|\p{Cc}|\u202e/u)
      expect(message).toContain('x[click\\](https://evil.example)')
    }
  })
})

describe('fingerprints', () => {
  const prints = ({results}: ReturnType<typeof log>) =>
    results.map(({partialFingerprints}) => partialFingerprints.primaryLocationLineHash)

  test('stay with their rows when lines move and others come and go', () => {
    const todo = (name: string) => row({name: `\`${name}\``, why: 'TODO'})
    const rows = [todo('a'), todo('b'), row({name: '`d`'}), row({name: '`d`'})]
    const byRow = (text: string) => {
      const run = checked(text)
      return run.results.map(({locations}, index) => {
        const line = locations[0]?.physicalLocation.region.startLine ?? 0
        return `${text.split('\n')[line - 1]?.slice(0, 5)} ${prints(run)[index]}`
      })
    }
    const before = byRow(table(...rows))
    expect(before).toHaveLength(3)
    const after = byRow(`# Title\n\n${table(todo('c'), ...rows)}`)
    expect(after).toEqual([expect.stringMatching(/^\| `c` /), ...before])
    expect(new Set(after.map((one) => one.slice(6))).size).toBe(4)
  })

  test('of an output stay whatever its difference is', () => {
    const stale = (added: number) => [
      {ruleId: 'output-stale', args: {added, removed: 1}, path: 'generated/a.ts'} as const,
    ]
    expect(prints(log({findings: stale(1)}))).toEqual(prints(log({findings: stale(20)})))
  })

  test('of a judgement go by its object, not by its place or by what else there is', () => {
    const one = (line: number, more: number) =>
      judgement({
        object: 'owner_1',
        message: `Unexpected owner owner_1 of ops.f1() and ${more} more`,
        origin: {path: 'm.sql', place: place(line, 1, 2)},
      })
    const print = (line: number, more: number) =>
      prints(log({audit: auditReport({judgements: [one(line, more)]})}))
    expect(print(1, 2)).toEqual(print(9, 31))
    const other = judgement({object: 'owner_2', message: one(1, 2).message.replaceAll('owner_1', 'owner_2')})
    expect(prints(log({audit: auditReport({judgements: [other]})}))).not.toEqual(print(1, 2))
  })

  test('of equal results are numbered', () => {
    const found = prints(log({audit: auditReport({judgements: [judgement(), judgement()]})}))
    expect(found.map((print) => print?.replace(/^[0-9a-f]{16}/, ''))).toEqual([':1', ':2'])
    expect(new Set(found.map((print) => print?.slice(0, 16))).size).toBe(1)
  })
})

test('cuts a description that code scanning would refuse', () => {
  const page = {id: 'a-rule', severity: 'error', title: 'A rule', why: 'Why. '.repeat(300)} as const
  const {fullDescription, help, name} = describeRule(page)
  expect(fullDescription.text).toHaveLength(1024)
  expect(fullDescription.text).toMatch(/…$/)
  expect(help.text).toBe(page.why)
  expect(name).toBe('ARule')
})

test('is the same for the same run', () => {
  const audit = auditReport({judgements: [judgement()]})
  expect(log({audit}).text).toBe(log({audit}).text)
})
