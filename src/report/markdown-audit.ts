/** An audit as sections of Markdown: what was judged of each object, how to mend it, and what it rests on. */
import type {AuditReport, ToldJudgement} from '../model/audit-report.ts'
import {byObject} from './by-object.ts'
import {
  codeBlock,
  codeSpan,
  cutNote,
  details,
  inlineText,
  showPlace,
  table,
  tableRow,
  takeWithin,
  wholeInlineText,
} from './markdown-text.ts'
import {type CoverageLine, coverageLines, decisionLines, differenceLines} from './pretty-coverage.ts'

type ShowPath = (path: string) => string

/** Of the 1 MiB that GitHub takes; the findings of the documents may have 300,000 bytes. */
const limits = {
  judgements: {items: 1000, bytes: 300_000},
  statements: {items: 1000, bytes: 150_000},
  advice: {items: 1000, bytes: 100_000},
  differences: {items: 1000, bytes: 60_000},
  coverage: {items: 1000, bytes: 60_000},
}

export function auditSections(report: AuditReport, showPath: ShowPath): string[] {
  return [
    ...judgementTable(report, showPath),
    ...mends(report),
    ...differences(report),
    ...details('Coverage', coverage(report, showPath)),
  ]
}

/** What is said of one object stands together, the worst object first. */
function judgementTable({judgements, sources}: AuditReport, showPath: ShowPath): string[] {
  const rows = byObject(judgements).flatMap(([object, told]) =>
    told.map((judgement) => {
      const {ruleId, verdict, severity, message, row, origin} = judgement
      const places = [row, origin].flatMap((place) => (place ? [showPlace(place, showPath)] : []))
      return tableRow([
        `**${verdict === 'unknown' ? verdict : severity}**`,
        codeSpan(object, 'cell'),
        codeSpan(ruleId, 'cell'),
        inlineText(message, 'cell') + saidOf(judgement, sources.length),
        places.join('<br>') || '—',
      ])
    }),
  )
  const {shown, cut} = takeWithin(rows, limits.judgements)
  return [...table(['', 'Object', 'Rule', 'Judgement', 'Place'], shown), ...cutNote(cut, 'judgement')]
}

/** Of which sources, where it is not of all. */
function saidOf({sources}: ToldJudgement, all: number): string {
  if (sources.length === all) return ''
  return `<br>In ${sources.map((source) => codeSpan(source, 'cell')).join(', ')}`
}

/** Statements as one block, to be pasted; what no statement can mend as a list. */
function mends({judgements}: AuditReport): string[] {
  const inOrder = byObject(judgements).flatMap(([, told]) => told)
  const statements = new Set(inOrder.flatMap(({mend}) => ('statement' in mend ? [mend.statement] : [])))
  const advice = new Set(
    inOrder.flatMap(({object, mend}) =>
      'advice' in mend ? [`- Of ${codeSpan(object, 'text')}: ${inlineText(mend.advice, 'text')}`] : [],
    ),
  )
  const sql = takeWithin([...statements], limits.statements)
  const list = takeWithin([...advice], limits.advice)
  return [
    ...(sql.shown.length > 0 ? ['Statements that mend it:', codeBlock('sql', sql.shown)] : []),
    ...cutNote(sql.cut, 'statement'),
    ...details('What no statement can mend', list.shown.length > 0 ? [list.shown.join('\n')] : []),
    ...cutNote(list.cut, 'mend'),
  ]
}

function differences(report: AuditReport): string[] {
  const {shown, cut} = takeWithin(listItems(differenceLines(report), 'in'), limits.differences)
  return shown.length === 0
    ? []
    : ['Where the sources contradict each other:', shown.join('\n'), ...cutNote(cut, 'line')]
}

function coverage(report: AuditReport, showPath: ShowPath): string[] {
  const lines = [
    ...report.sources.flatMap((source) => coverageLines(source, showPath)),
    ...decisionLines(report),
  ]
  const {shown, cut} = takeWithin(listItems(lines, 'unknown'), limits.coverage)
  return shown.length === 0 ? [] : [shown.join('\n'), ...cutNote(cut, 'line')]
}

/** Every item begins with a word of ours. */
function listItems(lines: readonly CoverageLine[], inner: string): string[] {
  return lines.map(([label, text]) =>
    label === ''
      ? `  - ${inner} ${wholeInlineText(text, 'text')}`
      : `- **${label}** ${wholeInlineText(text, 'text')}`,
  )
}
