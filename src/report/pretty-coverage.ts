/** What a verdict rests on: where the facts come from, what was seen, what was not. */
import type {AuditReport} from '../model/audit-report.ts'
import type {Location} from '../model/place.ts'
import {count, grouped} from '../model/words.ts'

/** A label, and its text. */
export type CoverageLine = readonly [label: string, text: string]

/** The rest is counted: JSON has all of them. */
const shownUnknowns = 20

const sources = {replay: 'replay of', database: 'database', migrations: 'migrations in'} as const

/** Not yet safe to print. */
export function coverageLines(report: AuditReport, showPath: (path: string) => string): CoverageLine[] {
  const {source, profile, coverage, seen, tallies} = report
  const {schemas, leftOut, leftOutFiles = [], statements, unknowns} = coverage
  const unsure = seen.unsureDefiners === 0 ? '' : `, ${grouped(seen.unsureDefiners)} may be`
  return [
    ['source', `${sources[source.kind]} ${source.label}`],
    ...(profile === null ? [] : [['profile', describeProfile(profile)] as const]),
    ['schemas', list(schemas)],
    ['left out', list(leftOut.map(describeSchema))],
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

function describeProfile({name, isAssumed}: NonNullable<AuditReport['profile']>): string {
  return isAssumed ? `${name}, which is assumed: --profile tells what stood before the migrations` : name
}

function describeSchema({schema, why, definers}: AuditReport['coverage']['leftOut'][number]): string {
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
