/** An audit for a person: what comes first, what is cut and counted, and nothing raw. */
import {describe, expect, test} from 'vitest'
import type {AuditReport, SourceReport, ToldJudgement} from '../../src/model/audit-report.ts'
import {logCoverage, prettyCoverage, prettyJudgements, verdictLine} from '../../src/report/pretty-audit.ts'
import {plain} from '../../src/report/style.ts'

function judgement(fields: Partial<ToldJudgement>): ToldJudgement {
  return {
    ruleId: 'some-rule',
    group: 'definer',
    severity: 'error',
    verdict: 'refuted',
    object: 'ops.f()',
    message: 'Unexpected a, expected b',
    mend: {advice: 'Mend it.'},
    sources: ['db.example/app'],
    ...fields,
  }
}

function report(fields: Partial<AuditReport> = {}): AuditReport {
  return {
    verdict: 'refuted',
    sources: [sourceReport()],
    failures: [],
    judgements: [],
    differences: [],
    decisions: [],
    ...fields,
  }
}

function sourceReport(fields: Partial<SourceReport> = {}): SourceReport {
  return {
    source: {kind: 'database', label: 'db.example/app'},
    verdict: 'refuted',
    profile: null,
    apiRoles: ['anon', 'authenticated'],
    coverage: {schemas: ['ops'], leftOut: [], statements: null, unknowns: []},
    seen: {routines: 3, definers: 2, unsureDefiners: 0, relations: 1},
    tallies: {documented: 2, undocumented: 0, verified: 2, refuted: 0, unknown: 0},
    ...fields,
  }
}

/** Of one source, whose coverage is this. */
function covering(coverage: Partial<SourceReport['coverage']>, label = 'db.example/app') {
  const {coverage: rest} = sourceReport()
  const source = {kind: 'database', label} as const
  return view({sources: [sourceReport({source, coverage: {...rest, ...coverage}})]})
}

function view(fields: Partial<AuditReport>, width = 80) {
  return {report: report(fields), sources: new Map(), showPath: (path: string) => path, style: plain, width}
}

describe('the judgements', () => {
  test('are grouped by object, what stops before what does not', () => {
    const text = prettyJudgements(
      view({
        judgements: [
          judgement({object: 'a', severity: 'info'}),
          judgement({object: 'b', severity: 'warning'}),
          judgement({object: 'c'}),
          judgement({object: 'd', severity: 'info', verdict: 'unknown'}),
          judgement({object: 'c', severity: 'warning'}),
        ],
      }),
    )
    expect(text.split('\n').filter((line) => /^(?:\w$| {2}\w+ {2}some-rule)/.test(line))).toEqual([
      'c',
      '  error  some-rule',
      '  warning  some-rule',
      'd',
      '  unknown  some-rule',
      'b',
      '  warning  some-rule',
      'a',
      '  info  some-rule',
    ])
  })

  test('keep a statement in one piece on the narrowest terminal', () => {
    const statement = `REVOKE EXECUTE ON FUNCTION "ops"."${'long '.repeat(20)}"() FROM PUBLIC;`
    expect(prettyJudgements(view({judgements: [judgement({mend: {statement}})]}, 40))).toContain(statement)
  })
})

describe('the coverage', () => {
  const unseen = (number: number) => ({subject: `thing ${number}`, why: 'hidden', location: null})

  test('says why a schema was left out, and how many definers it holds', () => {
    const leftOut = [{schema: 'auth', why: 'of the platform', definers: 3}]
    expect(prettyCoverage(covering({leftOut}))).toContain('auth (of the platform, 3 definers)')
  })

  test('says which files were left out', () => {
    const leftOutFiles = [{path: 'm/seed.sql', why: 'no version'}]
    expect(prettyCoverage(covering({leftOutFiles}))).toContain('m/seed.sql was left out: no version')
  })

  test('counts the unknowns that it does not list', () => {
    const text = prettyCoverage(covering({unknowns: [...Array(25).keys()].map(unseen)}))
    expect(text).toMatch(/^ {2}unknowns +25$/m)
    expect(text).toContain('thing 19: hidden')
    expect(text).not.toContain('thing 20:')
    expect(text).toContain('… and 5 more unknowns')
  })

  test('begins every line of a log with a word of ours', () => {
    const hostile = '::error::x ##[stop-commands]y \u001b[31m'
    const coverage = {
      schemas: [hostile],
      leftOut: [{schema: hostile, why: hostile, definers: 1}],
      leftOutFiles: [{path: hostile, why: hostile}],
      statements: null,
      unknowns: [{subject: hostile, why: hostile, location: {path: hostile}}],
    }
    const told = {
      ...covering(coverage, hostile).report,
      failures: [{message: hostile, mend: hostile}],
      decisions: [{ruleId: 'some-rule', severity: 'info', reason: hostile}],
      differences: [{object: hostile, fact: hostile, values: [{source: hostile, value: hostile}]}],
    } as const
    const text = logCoverage(view(told))
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^[a-z]+ /)
    expect(text).not.toMatch(/##\[|\u001b/)
    expect(prettyCoverage(view(told))).not.toContain('\u001b')
  })
})

describe('the verdict', () => {
  const unknown = judgement({verdict: 'unknown', severity: 'info'})
  const warning = judgement({severity: 'warning'})

  test.each([
    ['verified', [warning], '✓ 2 rows and 2 definers agree, nothing unknown, 1 warning'],
    ['refuted', [judgement({}), unknown, warning], '✗ 1 error, 1 unknown, 1 warning'],
    ['unknown', [unknown], '✗ 0 errors, 1 unknown; what is unknown is not clean'],
    ['undecided', [judgement({severity: 'fatal'})], '✗ Nothing was decided: too little was seen'],
  ] as const)('%s', (verdict, judgements, line) => {
    expect(verdictLine(report({verdict, judgements}), plain)).toBe(line)
  })
})
