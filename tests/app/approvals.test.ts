/** What a project asks of approvals: how old they may be, and who may give them. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {loadProject} from '../../src/app/project.ts'
import {readProject} from '../../src/app/read.ts'
import type {ApprovalsConfig} from '../../src/model/config.ts'
import {describe as words} from '../../src/model/rules.ts'
import {lastDay} from '../../src/source/approval.ts'
import {documentPath, repository} from '../support/documents.ts'
import {hosts} from '../support/hosts.ts'
import {fill, project} from '../support/project.ts'
import {brief, messages, pointedAt, read, row, table} from '../support/read.ts'

/** The rules that a row breaks, and the state of the row: it is there whatever they say. */
function judged(approved: string, today: string, approvals: ApprovalsConfig): string[] {
  const {registry, findings} = read(table(row({approved})), {today, approvals})
  expect(registry.entries).toHaveLength(1)
  return findings.map(({ruleId}) => ruleId)
}

describe('the age of an approval', () => {
  test.each<[string, number, string]>([
    ['2025-01', 12, '2026-01-31'],
    ['2025-01', 1, '2025-02-28'],
    ['2024-01', 1, '2024-02-29'],
    ['2025-02', 1, '2025-03-31'],
    ['2025-12', 1, '2026-01-31'],
    ['2025-01', 0, '2025-01-31'],
    ['2025-01-15', 12, '2026-01-15'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2025-12-31', 1200, '2125-12-31'],
  ])('%s holds for %i months until %s, the warning begins a month before', (date, maxAgeMonths, until) => {
    expect(lastDay(date, maxAgeMonths)).toBe(until)
    if (maxAgeMonths === 0) return
    const warned = lastDay(date, maxAgeMonths - 1)
    const on = (today: string) => judged(`Core Team - ${date}`, today, {maxAgeMonths})
    expect(on(warned)).toEqual([])
    expect(on(next(warned))).toEqual(['approval-expiring'])
    expect(on(until)).toEqual(['approval-expiring'])
    expect(on(next(until))).toEqual(['approval-expired'])
  })

  test('no day is both, and none that follows an expired one holds', () => {
    const days = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        days,
        days,
        fc.integer({min: 1, max: 60}),
        fc.boolean(),
        (day, later, maxAgeMonths, isMonth) => {
          const [first, today] = [day, later].map((one) => one.toISOString().slice(0, 10)).sort()
          const date = (first ?? '').slice(0, isMonth ? 7 : 10)
          const found = judged(`Core Team - ${date}`, today ?? '', {maxAgeMonths})
          expect(found.length).toBeLessThanOrEqual(1)
          expect(found.includes('approval-expired')).toBe((today ?? '') > lastDay(date, maxAgeMonths))
        },
      ),
    )
  })

  test('the warning can begin earlier, or never', () => {
    const on = (warnMonths: number) =>
      judged('Core Team - 2025-01-31', '2025-10-31', {maxAgeMonths: 12, warnMonths})
    expect(on(2)).toEqual([])
    expect(on(3)).toEqual([])
    expect(on(4)).toEqual(['approval-expiring'])
    expect(judged('Core Team - 2025-01-31', '2026-01-31', {maxAgeMonths: 12, warnMonths: 0})).toEqual([])
    expect(judged('Core Team - 2025-01-31', '2026-02-01', {maxAgeMonths: 12, warnMonths: 0})).toEqual([
      'approval-expired',
    ])
  })

  test('is told at the cell, with the day until which it held', () => {
    const text = table(row(), row({name: '`reap`', approved: 'Core Team - 2023-06-30'}))
    const {findings} = read(text, {today: '2026-01-01', approvals: {maxAgeMonths: 12}})
    expect(brief(findings)).toEqual(['approval-expiring 3:63', 'approval-expired 4:57'])
    expect(pointedAt(text, findings)).toEqual(['Core Team - 2025-01', 'Core Team - 2023-06-30'])
    expect(messages(findings)).toEqual([
      'Unexpected approval of 2025-01 that holds until 2026-01-31, expected a review before then',
      'Unexpected approval of 2023-06-30 that held until 2024-06-30, expected one that is no older than 12 months',
    ])
  })
})

describe('the roster', () => {
  const roster = ['Core Team', 'Platform Security']

  test.each([
    ['Core Team', undefined],
    ['Platform Security', undefined],
    ['Core Taem', 'Did you mean Core Team?'],
    ['core team', 'Did you mean Core Team?'],
    [
      'Core Team, Platform Security',
      'Have it approved by one of those who may: Core Team, Platform Security.',
    ],
    ['Nobody', 'Have it approved by one of those who may: Core Team, Platform Security.'],
  ])('%s', (by, mend) => {
    const text = table(row({approved: `${by} - 2025-01`}))
    const {findings, registry} = read(text, {approvals: {roster}})
    expect(registry.entries).toHaveLength(1)
    expect(findings.map((finding) => words(finding).mend)).toEqual(mend === undefined ? [] : [mend])
    expect(pointedAt(text, findings)).toEqual(mend === undefined ? [] : [`${by} - 2025-01`])
  })

  test('a long one is not listed whole', () => {
    const many = Array.from({length: 11}, (_, index) => `Team ${index} of the company`)
    const {findings} = read(table(row({approved: 'Nobody - 2025-01'})), {approvals: {roster: many}})
    expect(words(findings[0] ?? never()).mend).toMatch(/Team 7 of the company and 3 more\.$/)
  })
})

describe('without a configuration', () => {
  test('an approval of any age by anybody holds', () => {
    expect(judged('Nobody - 1999-01', '2025-12-31', {})).toEqual([])
    expect(judged('Nobody - 1999-01', '2025-12-31', {roster: ['Nobody']})).toEqual([])
  })
})

describe.each(hosts)('secdef check, $name', ({secdef}) => {
  const config = (approvals: ApprovalsConfig) => ({outputs: ['sql'], approvals})

  test.each<[string, ApprovalsConfig, number, string]>([
    ['an expired approval', {maxAgeMonths: 1}, 1, 'approval-expired'],
    ['one that will soon expire', {maxAgeMonths: 1200, warnMonths: 1199}, 0, 'approval-expiring'],
    ['an approver who is not on the roster', {roster: ['Platform Security']}, 1, 'unknown-approver'],
    ['nothing to say', {maxAgeMonths: 1200, roster: ['Core Team']}, 0, ''],
  ])('%s', async (_, approvals, code, ruleId) => {
    const root = repository(
      {[documentPath]: table(row({approved: 'Core Team - 2025-01'}))},
      {outputs: ['sql']},
    )
    expect((await secdef(root, ['generate'])).code).toBe(0)
    fill(root, {'secdef.config.json': JSON.stringify(config(approvals))})
    const result = await secdef(root, ['check'])
    expect(result).toMatchObject({code, stderr: ''})
    expect(/ {2}([\w-]*approv[\w-]*)$/m.exec(result.stdout)?.[1] ?? '').toBe(ruleId)
  })

  test('each registry has its own', async () => {
    const root = project({
      'a.md': table(row({approved: 'Core Team - 2020-01'})),
      'b.md': table(row({approved: 'Core Team - 2020-01'})),
      'secdef.config.json': JSON.stringify({
        registries: [
          {name: 'a', document: 'a.md', outputDir: 'a', outputs: ['sql'], approvals: {maxAgeMonths: 12}},
          {name: 'b', document: 'b.md', outputDir: 'b', outputs: ['sql']},
        ],
      }),
    })
    const {code, stdout} = await secdef(root, ['check', '--format', 'json'])
    expect(code).toBe(1)
    const found = JSON.parse(stdout).findings.map(
      ({path, ruleId}: Record<string, string>) => `${path} ${ruleId}`,
    )
    expect(found).toEqual(['a.md approval-expired'])
  })
})

describe('a configuration that would not be in force', () => {
  test.each<[unknown, string, string]>([
    [{maxAgeMonth: 12}, '`approvals.maxAgeMonth`', 'Did you mean `maxAgeMonths`?'],
    [{warnMonths: 1}, '`approvals.warnMonths`: expected a `maxAgeMonths` beside it that is greater', ''],
    [{maxAgeMonths: 3, warnMonths: 3}, '`approvals.warnMonths`: expected a `maxAgeMonths` beside it', ''],
    [{maxAgeMonths: 0}, '`approvals.maxAgeMonths`: expected 1 or more', ''],
    [{maxAgeMonths: 1.5}, '`approvals.maxAgeMonths`: expected a whole number', ''],
    [{maxAgeMonths: '12'}, '`approvals.maxAgeMonths`: expected a number', ''],
    [{roster: []}, '`approvals.roster`: expected at least one name', ''],
    [{roster: ['']}, '`approvals.roster.0`: expected a name', ''],
  ])('%j', async (approvals, message, mend) => {
    const loaded = await loadProject(repository({}, {approvals}))
    const [finding] = 'findings' in loaded ? loaded.findings : []
    expect(words(finding ?? never()).message).toContain(message)
    expect(words(finding ?? never()).mend).toContain(mend)
  })

  test('what it asks can be left out of a reading', async () => {
    const loaded = await loadProject(repository({}, {approvals: {maxAgeMonths: 1}}))
    if (!('project' in loaded)) return never()
    expect(readProject(loaded.project, {today: '2025-12-31', judgeApprovals: false}).findings).toEqual([])
    expect(brief(readProject(loaded.project, {today: '2025-12-31'}).findings)).toHaveLength(2)
  })
})

function next(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

function never(): never {
  throw new Error('There should have been a finding')
}
