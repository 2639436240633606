/** A change → its cells: what stood in each, and what stands there now. */
import type {FieldChange, JudgedChange, Part} from '../diff/change.ts'
import type {Entry} from '../model/entry.ts'
import {kinds} from '../model/kind.ts'

export type Fact = {
  /** The heading of the column, or what the value is called. */
  readonly label: string
  readonly parts: readonly Part[]
}

/** What has changed in it, cell by cell, and the approval that it stands under. */
export function factsOf(change: JudgedChange): readonly Fact[] {
  return allFacts(change).filter(({parts}) => parts.length > 0)
}

function allFacts(change: JudgedChange): readonly Fact[] {
  if ('event' in change) {
    const {auditor, action} = change.event.value
    const kind = change.type === 'event-added' ? 'added' : 'removed'
    const further = Object.entries(change.event.extra ?? {})
    return told(kind, [['Auditor', auditor], ['Action', action], ...further])
  }
  if (change.type !== 'changed') return factsOfEntry(change.entry.value, change.type)
  const {fields, before, after, dependents} = change
  const isApproved = fields.some(({field}) => field === 'approval')
  const isRenamed = fields.some(({field}) => field === 'id')
  return [
    // The id has all of these in it.
    ...fields
      .filter(({field}) => !(isRenamed && ['schema', 'name', 'signature'].includes(field)))
      .flatMap((field) => factsOfField(field, after.value)),
    ...(isApproved ? [] : [{label: 'Approved By', parts: same(showApproval(before.value))}]),
    ...(dependents.length > 0 ? [{label: 'Shared by', parts: same(dependents.join(', '))}] : []),
  ]
}

function factsOfEntry(entry: Entry, kind: 'added' | 'removed'): readonly Fact[] {
  const values = [
    [justificationOf(entry), entry.why],
    ['Risks Mitigated', entry.risks],
    ['Approved By', showApproval(entry)],
    ['Privileges', showGrant(entry.grant)],
    ...Object.entries(entry.extra),
  ] as const
  return told(kind, values)
}

function told(kind: 'added' | 'removed', values: readonly (readonly [string, string])[]): readonly Fact[] {
  return values.map(([label, text]) => ({label, parts: text === '' ? [] : [{kind, text}]}))
}

function factsOfField(change: FieldChange, entry: Entry): readonly Fact[] {
  const replaced = (label: string, before: string, after: string) => [{label, parts: replace(before, after)}]
  switch (change.field) {
    case 'why':
      return [{label: justificationOf(entry), parts: change.parts}]
    case 'risks':
      return [{label: 'Risks Mitigated', parts: change.parts}]
    case 'approval':
      return replaced('Approved By', showApproval({approval: change.before}), showApproval(entry))
    case 'grant':
      return replaced('Privileges', showGrant(change.before), showGrant(change.after))
    case 'section':
      return replaced('Section', change.before.join(' › '), change.after.join(' › '))
    case 'extra': {
      const columns = new Set([...Object.keys(change.before), ...Object.keys(change.after)])
      return [...columns]
        .map((column) => ({label: column, old: own(change.before, column), fresh: own(change.after, column)}))
        .filter(({old, fresh}) => old !== fresh)
        .map(({label, old, fresh}) => ({label, parts: replace(old, fresh)}))
    }
    case 'signature':
      return replaced('Signature', showSignature(change.before), showSignature(change.after))
    case 'sameAs':
      return replaced('Same as', change.before ?? '', change.after ?? '')
    case 'id':
      return replaced('Object', change.before, change.after)
    case 'kind':
      return replaced('Kind', change.before, change.after)
    case 'schema':
      return replaced('Schema', change.before, change.after)
    case 'name':
      return replaced('Name', change.before, change.after)
  }
}

function own(record: Readonly<Record<string, string>>, column: string): string {
  return Object.hasOwn(record, column) ? (record[column] ?? '') : ''
}

function same(text: string): Part[] {
  return [{kind: 'same', text}]
}

function replace(before: string, after: string): Part[] {
  return [{kind: 'removed', text: before} as const, {kind: 'added', text: after} as const].filter(
    ({text}) => text !== '',
  )
}

function justificationOf({kind}: Entry): string {
  return kinds.find(({id}) => id === kind)?.justification ?? 'Why'
}

function showApproval({approval: {by, date}}: Pick<Entry, 'approval'>): string {
  return `${by} - ${date}`
}

function showSignature(signature: Entry['signature']): string {
  return signature === null ? 'any' : `(${signature.join(', ')})`
}

function showGrant(grant: Entry['grant']): string {
  return grant === null ? '' : `${grant.privileges.join(', ')} to ${grant.grantee}`
}
