/** What a verdict rests on: where the facts come from, what was seen, what was not. */
import type {AuditReport, Difference, SourceReport} from '../model/audit-report.ts'
import type {Location} from '../model/place.ts'
import {count, grouped} from '../model/words.ts'

/** A label, and its text. */
export type CoverageLine = readonly [label: string, text: string]

/** The rest is counted: JSON has all of them. */
const shownUnknowns = 20
const shownDifferences = 50

const sources = {replay: 'replay of', database: 'database', migrations: 'migrations in'} as const

/** Severities that are not the rules' own, and why. Not yet safe to print. */
export function decisionLines({decisions}: AuditReport): CoverageLine[] {
  return decisions.map(({ruleId, severity, reason}) => ['severity', `${ruleId} is ${severity}: ${reason}`])
}

export function failureLines({failures}: AuditReport): CoverageLine[] {
  return failures.map(({message, mend}) => ['error', mend === null ? message : `${message}. ${mend}`])
}

/** One line for the object and the fact, then one for what each source says. */
export function differenceLines({differences}: AuditReport): CoverageLine[] {
  const shown = differences.slice(0, shownDifferences)
  const rest = differences.length - shown.length
  return [
    ...shown.flatMap(({object, fact, values}): CoverageLine[] => [
      ['differs', `${object}: ${fact}`],
      ...contrast(values).map(({source, value}): CoverageLine => ['', `${source}: ${value}`]),
    ]),
    ...(rest > 0 ? [['', `… and ${count(rest, 'more difference')}`] as const] : []),
  ]
}

/** Of texts of several lines, such as bodies, the first line in which they part. */
function contrast(values: Difference['values']): Difference['values'] {
  const texts = values.map(({value}) => value.split('\n'))
  if (texts.every(({length}) => length === 1)) return values
  const longest = Math.max(...texts.map(({length}) => length))
  let line = 0
  while (line < longest && new Set(texts.map((text) => text[line])).size === 1) line++
  return values.map(({source}, index) => {
    const text = texts[index]?.[line]
    return {
      source,
      value: text === undefined ? `ends before line ${line + 1}` : `line ${line + 1}: ${text.trim()}`,
    }
  })
}

/** Not yet safe to print. */
export function coverageLines(report: SourceReport, showPath: (path: string) => string): CoverageLine[] {
  const {source, profile, apiRoles, coverage, seen, tallies} = report
  const {schemas, leftOut, leftOutFiles = [], statements, unknowns} = coverage
  const unsure = seen.unsureDefiners === 0 ? '' : `, ${grouped(seen.unsureDefiners)} may be`
  return [
    ['source', `${sources[source.kind]} ${source.label}`],
    ...(profile === null ? [] : [['profile', profile] as const]),
    ['api roles', list([...apiRoles, 'PUBLIC'])],
    ['schemas', list(schemas)],
    // What hides definers does not hide among the others.
    ...leftOut
      .filter(({definers}) => definers > 0)
      .map((schema) => ['left out', describeSchema(schema)] as const),
    ['left out', list(leftOut.filter(({definers}) => definers === 0).map(describeSchema))],
    ...leftOutFiles.map(({path, why}) => ['file', `${showPath(path)} was left out: ${why}`] as const),
    ['routines', `${grouped(seen.routines)}, ${grouped(seen.definers)} SECURITY DEFINER${unsure}`],
    ['relations', grouped(seen.relations)],
    [
      'registry',
      `${grouped(tallies.documented)} documented, ${grouped(tallies.undocumented)} undocumented: ` +
        `${grouped(tallies.verified)} verified, ${grouped(tallies.refuted)} refuted, ` +
        `${grouped(tallies.unknown)} unknown`,
    ],
    ...(statements === null
      ? []
      : [
          [
            'statements',
            `${grouped(statements.applied)} applied, ${grouped(statements.failed)} failed`,
          ] as const,
        ]),
    ['unknowns', unknowns.length === 0 ? 'none' : grouped(unknowns.length)],
    ...unknowns
      .slice(0, shownUnknowns)
      .map(({subject, why, location}) => ['', `${subject}: ${why}${at(location, showPath)}`] as const),
    ...(unknowns.length > shownUnknowns
      ? [['', `… and ${count(unknowns.length - shownUnknowns, 'more unknown')}`] as const]
      : []),
  ]
}

function describeSchema({schema, why, definers}: SourceReport['coverage']['leftOut'][number]): string {
  return `${schema} (${why}${definers === 0 ? '' : `, ${count(definers, 'definer')}`})`
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ')
}

function at(location: Location | null, showPath: (path: string) => string): string {
  if (location === null) return ''
  const {path, place} = location
  return ` (${showPath(path)}${place === undefined ? '' : `:${place.start.line}`})`
}
