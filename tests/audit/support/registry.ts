/** A registry as a reader would make it, every cell at a place of its own. */
import type {Entry} from '../../../src/model/entry.ts'
import type {Place} from '../../../src/model/place.ts'
import type {Located, Registry} from '../../../src/model/registry.ts'

export type RowFields = Partial<Entry> & {readonly schema: string; readonly name: string}

export const columns = ['Object Name', 'Schema', 'Risks Mitigated', 'Approved By', 'Privileges', 'Granted To']

export function registryWith(rows: readonly RowFields[]): Registry {
  return {path: 'docs/SECURITY_EXCEPTIONS.md', entries: rows.map(locate), history: []}
}

function locate(fields: RowFields, index: number): Located<Entry> {
  const line = index + 3
  const at = (column: number): Place => {
    const start = {line, column, offset: line * 100 + column}
    return {start, end: {...start, column: column + 1, offset: start.offset + 1}}
  }
  return {
    value: entryOf(fields),
    row: at(1),
    cells: Object.fromEntries(columns.map((name, place) => [name, at(place * 10 + 3)])),
  }
}

function entryOf(fields: RowFields): Entry {
  const {schema, name, signature = null, grant = null} = fields
  const types = signature === null ? '' : `(${signature.join(', ')})`
  return {
    id: `${schema}.${name}${types}${grant === null ? '' : ` to ${grant.grantee}`}`,
    kind: grant === null ? 'security-definer' : 'grant',
    why: 'Has to.',
    risks: 'Checked.',
    sameAs: null,
    approval: {by: 'Core Team', date: '2025-06'},
    section: [],
    extra: {},
    ...fields,
    signature,
    grant,
  }
}

export function grantRow(fields: RowFields, grantee: string, ...privileges: string[]): RowFields {
  return {...fields, kind: 'grant', grant: {grantee, privileges}}
}
