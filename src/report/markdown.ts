/** A run as Markdown, for the summary of a job: the verdict first, and nothing in it that GitHub would obey. */
import {describe, type Finding} from '../model/rules.ts'
import {count} from '../model/words.ts'
import {ranks} from './by-object.ts'
import type {JsonReport} from './json.ts'
import {auditSections} from './markdown-audit.ts'
import {codeSpan, cutNote, inlineText, showPlace, table, tableRow, takeWithin} from './markdown-text.ts'
import {verdictLine} from './pretty-audit.ts'
import {plain} from './style.ts'

export type MarkdownRun = JsonReport & {
  readonly exitCode: number
  /** Path as the reader knows it. */
  readonly showPath: (path: string) => string
}

/** Together with those of the audit, less than the 1 MiB that GitHub takes. */
const limit = {items: 1000, bytes: 300_000}

export function markdownReport(run: MarkdownRun): string {
  const {command, exitCode, findings, audit, failure, showPath} = run
  const failures = [...(failure ? [failure] : []), ...(audit?.failures ?? [])]
  const sections = [
    `## ${exitCode === 0 ? '✓' : '✗'} secdef ${command}: ${verdictOf(run)}`,
    ...failures.map(({message, mend}) =>
      [`**Error:** ${linesOf(message)}`, ...(mend === null ? [] : [`**Mend:** ${linesOf(mend)}`])].join(
        '<br>',
      ),
    ),
    ...findingsTable(findings, showPath),
    ...(audit ? auditSections(audit, showPath) : []),
  ]
  return `${sections.join('\n\n')}\n`
}

/** In our own words and numbers alone. */
function verdictOf({exitCode, findings, audit, failure, documents, outputs}: MarkdownRun): string {
  const parts = [
    ...(failure !== undefined || (exitCode === 2 && audit === undefined) ? ['could not decide'] : []),
    ...(findings.length > 0 ? [count(findings.length, 'finding')] : []),
    // Without its mark: findings may be worse than what the audit came to.
    ...(audit ? [verdictLine(audit, plain).replace(/^[✓✗] /, '')] : []),
  ]
  if (parts.length > 0) return parts.join('; ')
  const entries = documents.reduce((sum, document) => sum + document.entries, 0)
  return `${count(entries, 'entry', 'entries')}, ${count(outputs.length, 'output')}`
}

function linesOf(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => inlineText(line, 'text'))
    .join('<br>')
}

/** The gravest first, and then as they were found. */
function findingsTable(findings: readonly Finding[], showPath: (path: string) => string): string[] {
  const rows = findings
    .map((finding) => ({finding, ...describe(finding)}))
    .toSorted((a, b) => ranks[a.severity] - ranks[b.severity])
    .map(({finding, severity, message, mend}) =>
      tableRow([
        `**${severity}**`,
        codeSpan(finding.ruleId, 'cell'),
        showPlace(finding, showPath),
        inlineText(message, 'cell'),
        inlineText(mend, 'cell'),
      ]),
    )
  const {shown, cut} = takeWithin(rows, limit)
  return [...table(['', 'Rule', 'Place', 'Finding', 'Mend'], shown), ...cutNote(cut, 'finding')]
}
