/** An audit for a person at a terminal: what was judged of each object, what it rests on, and one verdict. */
import {type AuditReport, stops, type ToldJudgement} from '../model/audit-report.ts'
import {count, grouped} from '../model/words.ts'
import {byObject} from './by-object.ts'
import {logSafe} from './github.ts'
import {
  type CoverageLine,
  coverageLines,
  decisionLines,
  differenceLines,
  failureLines,
} from './pretty-coverage.ts'
import {layout, severityColors} from './pretty-findings.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

export type AuditView = {
  readonly report: AuditReport
  /** Texts that rows point into, by path. */
  readonly sources: ReadonlyMap<string, string>
  /** Path as the reader can open it from where they are. */
  readonly showPath: (path: string) => string
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
}

/** Columns of the labels of the coverage. */
const margin = 10

export function prettyJudgements({report, sources, showPath, style, width}: AuditView): string {
  const {frame, paragraph, entry} = layout({sources, style, width})
  const lines: string[] = []
  for (const [object, judgements] of byObject(report.judgements)) {
    lines.push(style('bold', visible(object)))
    for (const {ruleId, verdict, severity, message, mend, row, origin, sources: of} of judgements) {
      const label =
        verdict === 'unknown' ? style('magenta', 'unknown') : style(severityColors[severity], severity)
      lines.push(`  ${label}  ${style('dim', ruleId)}`, ...paragraph(message))
      if (row) {
        const at = row.place ? `:${row.place.start.line}:${row.place.start.column}` : ''
        lines.push(...entry('row', showPath(row.path) + at), ...frame(row.path, row.place))
      }
      if (origin) {
        const at = origin.place ? `:${origin.place.start.line}` : ''
        lines.push(...entry('from', showPath(origin.path) + at))
      }
      if (of.length < report.sources.length) lines.push(...entry('in', of.join(', ')))
      // A statement stays in one piece, to be pasted.
      if ('statement' in mend) lines.push(`  ${style('cyan', 'mend')}  ${visible(mend.statement)}`)
      else lines.push(...entry('mend', mend.advice))
    }
    lines.push('')
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** What every verdict rests on, and where the sources contradict each other. */
export function prettyCoverage({report, showPath, style, width}: AuditView): string {
  const {entry} = layout({sources: new Map(), style, width})
  const sections = report.sources.map((source) => [
    style('bold', 'Coverage'),
    ...coverageLines(source, showPath).flatMap(([label, text]) => entry(label, text, margin)),
    '',
  ])
  const more = [
    ...section('Decided', decisionLines(report)),
    ...section('Not read', failureLines(report)),
    ...section('Where the sources differ', differenceLines(report)),
  ]
  return [...sections.flat(), ...more].map((line) => `${line}\n`).join('')

  function section(title: string, lines: readonly CoverageLine[]): string[] {
    if (lines.length === 0) return []
    return [style('bold', title), ...lines.flatMap(([label, text]) => entry(label, text, margin)), '']
  }
}

/** Every line begins with a word of ours, as GitHub obeys lines that begin with `::`, indented or not. */
export function logCoverage({report, showPath}: AuditView): string {
  const lines = [
    ...report.sources.flatMap((source) => coverageLines(source, showPath)),
    ...decisionLines(report),
    ...failureLines(report),
    ...differenceLines(report).map(
      ([label, text]) => ['differ', label === '' ? text : label + text] as const,
    ),
  ]
  return lines.map(([label, text]) => `${(label || 'unknown').padEnd(margin)}  ${logSafe(text)}\n`).join('')
}

/** One line, without its end. */
export function verdictLine(report: AuditReport, style: Style): string {
  const {verdict, judgements, differences, failures} = report
  const number = (isOne: (judgement: ToldJudgement) => boolean) => judgements.filter(isOne).length
  const errors = number((one) => one.verdict === 'refuted' && stops(one))
  const unknowns = number((one) => one.verdict === 'unknown')
  const rest = number((one) => !stops(one))
  const warned = rest === 0 ? '' : `, ${count(rest, 'warning')}`
  const cross = style('red', '✗')
  if (failures.length > 0) return `${cross} Nothing was decided: ${count(failures.length, 'source')} not read`
  if (verdict === 'undecided') return `${cross} Nothing was decided: too little was seen${warned}`
  if (verdict === 'verified') return `${style('green', '✓')} ${agreement(report)}, nothing unknown${warned}`
  const apart = differences.length === 0 ? '' : `, ${count(differences.length, 'difference')}`
  const unclean = errors === 0 && unknowns > 0 ? '; what is unknown is not clean' : ''
  return `${cross} ${count(errors, 'error')}, ${grouped(unknowns)} unknown${apart}${warned}${unclean}`
}

function agreement({sources}: AuditReport): string {
  const [first] = sources
  const definers = new Set(sources.map(({seen}) => seen.definers))
  const of = definers.size === 1 ? ` and ${count(first?.seen.definers ?? 0, 'definer')}` : ''
  const all = sources.length === 1 ? '' : ` in ${sources.length} sources`
  const without = Math.max(...sources.map(({tallies}) => tallies.undocumented))
  const but = without === 0 ? '' : `, but ${count(without, 'definer')} without a row`
  return `${count(first?.tallies.documented ?? 0, 'row')}${of} agree${all}${but}`
}
