/** What is known of an entry, as Markdown: what the document says, and what its database was last seen to say. */
import {stops, type ToldJudgement} from '../model/audit-report.ts'
import type {Entry} from '../model/entry.ts'
import {kinds} from '../model/kind.ts'
import type {Place} from '../model/place.ts'
import type {Located} from '../model/registry.ts'
import {validityOf} from '../source/approval.ts'
import {cellMarkdown, codeSpan} from '../source/edit/cell-markdown.ts'
import type {Reading} from './reading.ts'

export type Hover = {readonly markdown: string; readonly place: Place}

/** @param judgements Of the last audit, of whatever object; `undefined` where there was none. */
export function hoverAt(
  reading: Reading,
  offset: number,
  judgements: readonly ToldJudgement[] | undefined,
): Hover | undefined {
  const entry = entryAt(reading, offset)
  if (entry === undefined) return undefined
  const parts = [...describe(reading, entry), ...describeAudit(reading, entry, judgements)]
  return {markdown: parts.join('\n\n'), place: entry.row}
}

/** The entry whose row an offset is in. */
export function entryAt({registry}: Reading, offset: number): Located<Entry> | undefined {
  return registry.entries.find(({row}) => offset >= row.start.offset && offset <= row.end.offset)
}

/** The entry that a row refers to by "Same as". */
export function referredBy({registry}: Reading, {value}: Located<Entry>): Located<Entry> | undefined {
  if (value.sameAs === null) return undefined
  return registry.entries.find((other) => other.value.kind === value.kind && other.value.id === value.sameAs)
}

function describe(reading: Reading, entry: Located<Entry>): string[] {
  const {id, kind, why, risks, approval, grant} = entry.value
  const excuses = kinds.find((info) => info.id === kind)?.excuses ?? ''
  const validity = validityOf(approval.date, reading.options.today, reading.options.approvals ?? {})
  const held = validity && `${validity.state === 'expired' ? 'held' : 'holds'} until ${validity.until}`
  const referred = resolve(reading, entry)
  return [
    `**${code(id)}** excuses ${excuses}`,
    ...(grant === null ? [] : [`${grant.privileges.join(', ')} to ${text(grant.grantee)}`]),
    text(why),
    `*Risks mitigated:* ${text(risks)}`,
    ...(referred === undefined ? [] : [`*that is, of ${code(referred.id)}:* ${text(referred.risks)}`]),
    `*Approved by:* ${text(approval.by)}, ${approval.date}${held === undefined ? '' : ` (${held})`}`,
  ]
}

/** The entry at the end of a chain of references. */
function resolve(reading: Reading, entry: Located<Entry>): Entry | undefined {
  const seen = new Set<Located<Entry>>()
  let last: Located<Entry> | undefined
  for (let next = referredBy(reading, entry); next && !seen.has(next); next = referredBy(reading, next)) {
    seen.add(next)
    last = next
  }
  return last?.value
}

function describeAudit(
  {options}: Reading,
  {row}: Located<Entry>,
  judgements: readonly ToldJudgement[] | undefined,
): string[] {
  if (judgements === undefined) return []
  const line = row.start.line
  const own = judgements.filter(
    (judgement) => judgement.row?.path === options.path && judgement.row.place?.start.line === line,
  )
  if (own.length === 0) return ['---', 'Nothing in the migrations speaks against it.']
  return ['---', ...own.map((judgement) => `${stops(judgement) ? '✗' : '·'} ${text(judgement.message)}`)]
}

function code(name: string): string {
  return codeSpan(name) ?? text(name)
}

/** A line feed of a cell as one of Markdown; nothing in it is a mark. */
function text(content: string): string {
  return content
    .split('\n')
    .map((line) => cellMarkdown(line) ?? line.replace(/[^\p{L}\p{N}\s]/gu, '\\$&'))
    .join('  \n')
}
