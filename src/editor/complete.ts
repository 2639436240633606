/** What may be written at a place of a registry table: schemas, approvals, references to other rows. */
import {compareCodePoints} from '../model/compare.ts'
import type {Entry} from '../model/entry.ts'
import {showIdentifier} from '../model/identifier.ts'
import type {Located} from '../model/registry.ts'
import {cellMarkdown, codeSpan} from '../source/edit/cell-markdown.ts'
import {showName} from '../source/edit/request.ts'
import type {TextEdit} from '../source/edit/text-edit.ts'
import {readObjectName, readSchemaName} from '../source/object-name.ts'
import {referenceOf} from '../source/same-as.ts'
import {namesIn} from './fixes/fix-context.ts'
import type {Reading} from './reading.ts'
import {type CellSite, cellOf, cellSiteAt} from './row-site.ts'

export type Completion = {
  readonly label: string
  readonly detail: string
  /** Replaces the content of the cell. */
  readonly edit: TextEdit
}

/** The most likely first. */
export function completeAt(reading: Reading, offset: number, month: string): readonly Completion[] {
  const cell = cellSiteAt(reading, offset)
  if (cell === undefined) return []
  const {start, end} = cell.content
  return proposalsFor(reading, cell, month).map(({label, detail, markdown}) => ({
    label,
    detail,
    edit: {start, end, text: markdown},
  }))
}

type Proposal = {readonly label: string; readonly detail: string; readonly markdown: string}

function proposalsFor(reading: Reading, cell: CellSite, month: string): Proposal[] {
  switch (cell.column) {
    case 'Schema':
      return proposeSchemas(reading, cell)
    case 'Approved By':
      return proposeApprovals(reading, month)
    case 'Risks Mitigated':
      return /^(?:$|sa?m?e?(?:\s|$))/i.test(cell.content.text) ? proposeReferences(reading, cell) : []
    case 'Granted To':
      return proposeGrantees(reading)
    default:
      return []
  }
}

/** The one that the heading names, or those of the table, then those of the document; what is being typed is none. */
function proposeSchemas({registry}: Reading, {table, line}: CellSite): Proposal[] {
  const named = table.schema?.schema
  const others = registry.entries.filter(({row}) => row.start.line !== line)
  const inTable = others.filter(
    ({row}) => row.start.line > table.firstLine && row.start.line <= table.lastLine,
  )
  const known = [...inTable, ...others].map(({value}) => value.schema)
  const near = inTable.map(({value}) => value.schema)
  const all = named === undefined ? [...sorted(near), ...sorted(known)] : [named]
  return [...new Set(all)].map((schema) => {
    const shown = showIdentifier(schema)
    const markdown = (table.schemaIsCode ? codeSpan(shown) : cellMarkdown(shown)) ?? shown
    return {label: shown, detail: named === undefined ? 'schema' : 'as the heading says', markdown}
  })
}

/** Those who may approve, if the project says who; else those who have, whoever did so last first. */
function proposeApprovals({registry, options}: Reading, month: string): Proposal[] {
  const latest = new Map<string, string>()
  for (const {value} of registry.entries) {
    const {by, date} = value.approval
    if (compareCodePoints(latest.get(by) ?? '', date) < 0) latest.set(by, date)
  }
  const known = [...latest].sort(([a, x], [b, y]) => compareCodePoints(y, x) || compareCodePoints(a, b))
  const {roster} = options.approvals ?? {}
  return (roster ?? known.map(([by]) => by)).flatMap((by): Proposal[] => {
    const markdown = cellMarkdown(`${by} - ${month}`)
    const detail = roster === undefined ? `last on ${latest.get(by)}` : 'may approve'
    return markdown === undefined ? [] : [{label: `${by} - ${month}`, detail, markdown}]
  })
}

/** Rows of the same kind whose risks are not in the end those of this row; the same schema first. */
function proposeReferences({registry}: Reading, cell: CellSite): Proposal[] {
  const {table, line} = cell
  const own = ownName(cell)
  const rows = registry.entries.filter(
    ({value, row}) =>
      value.kind === table.kind && row.start.line !== line && !leadsTo(value, own, registry.entries),
  )
  const near = rows.filter(({value}) => value.schema === own.schema)
  const far = rows.filter(({value}) => value.schema !== own.schema)
  return [...byId(near), ...byId(far)].flatMap(({value}): Proposal[] => {
    const shown = showName(value.schema === own.schema ? {...value, schema: undefined} : value)
    const code = codeSpan(shown)
    if (code === undefined) return []
    return [{label: `Same as ${shown}`, detail: value.id, markdown: `Same as ${code}.`}]
  })
}

type OwnName = {readonly schema: string | undefined; readonly name: string | undefined}

/** Of a row that is being written, and may be no entry yet. */
function ownName(cell: CellSite): OwnName {
  const [name = ''] = namesIn(cellOf(cell, 'Object Name')?.content.text ?? '')
  const read = readObjectName(name, 'any')
  const stated = 'ruleId' in read ? undefined : read
  const schema = readSchemaName(cellOf(cell, 'Schema')?.content.text.replace(/`/g, '') ?? '')
  const {schemas} = cell.table
  const only = schemas.size === 1 ? [...schemas][0] : undefined
  return {
    schema:
      stated?.schema ??
      (typeof schema === 'string' ? schema : undefined) ??
      cell.table.schema?.schema ??
      only,
    name: stated?.name,
  }
}

/** Whether the risks of an entry are, in the end, those of the row: then the row cannot refer to it. */
function leadsTo(from: Entry, own: OwnName, entries: readonly Located<Entry>[]): boolean {
  const seen = new Set<string>()
  let entry: Entry | undefined = from
  while (entry !== undefined && !seen.has(entry.id)) {
    seen.add(entry.id)
    const reference = readObjectName(referenceOf(entry.risks)?.trim() ?? '', 'any')
    const isOwn = !('ruleId' in reference) && reference.name === own.name
    if (isOwn && (reference.schema ?? entry.schema) === own.schema) return true
    const next: string | null = entry.sameAs
    entry = entries.find(({value}) => value.kind === from.kind && value.id === next)?.value
  }
  return false
}

function proposeGrantees({registry}: Reading): Proposal[] {
  const known = registry.entries.flatMap(({value}) => (value.grant === null ? [] : [value.grant.grantee]))
  return sorted(['PUBLIC', ...known]).flatMap((grantee): Proposal[] => {
    const shown = grantee === 'PUBLIC' ? grantee : showIdentifier(grantee)
    const markdown = cellMarkdown(shown)
    return markdown === undefined ? [] : [{label: shown, detail: 'role', markdown}]
  })
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort(compareCodePoints)
}

function byId(rows: readonly Located<Entry>[]): Located<Entry>[] {
  return rows.toSorted((a, b) => compareCodePoints(a.value.id, b.value.id))
}
