/** What a change means for whoever approves it. */
import type {Entry} from '../model/entry.ts'
import type {Change, FieldChange} from './change.ts'
import type {ConcernId} from './concerns.ts'

/** What the approver has answered for: a change of it needs an approval of its own. */
const statement: ReadonlySet<FieldChange['field']> = new Set(['why', 'risks', 'sameAs'])
const object: ReadonlySet<FieldChange['field']> = new Set([
  ...(['id', 'kind', 'schema', 'name', 'signature', 'grant'] as const),
])

/** @param since The day of the state before, `YYYY-MM-DD`. @returns At least one, in no order. */
export function concernsOf(change: Change, since: string | undefined): ConcernId[] {
  if ('event' in change) return [change.type === 'event-added' ? 'audited' : 'history-removed']
  if (change.type === 'removed') return ['removed']
  if (change.type === 'added') return ['added', ...olderThan(change.entry.value, since)]
  const {fields, dependents, before, after} = change
  const says = fields.some(({field}) => statement.has(field))
  const excuses = fields.some(({field}) => object.has(field))
  const isApproved = fields.some(({field}) => field === 'approval')
  const found: ConcernId[] = []
  if (says) found.push(isApproved ? 'statement-changed' : 'statement-unapproved')
  if (excuses) found.push(isApproved ? 'object-changed' : 'object-unapproved')
  if (isApproved && (says || excuses)) found.push(...olderThan(after.value, since))
  if (isApproved && isBefore(after.value.approval.date, before.value.approval.date))
    found.push('approval-backdated')
  if (isApproved && !says && !excuses) found.push('reapproved')
  if (dependents.length > 0) found.push('shared-risks')
  if (fields.some(isShortened)) found.push('risks-shortened')
  if (fields.some(({field}) => field === 'extra')) found.push('extra-changed')
  if (fields.some(({field}) => field === 'section')) found.push('moved')
  return found
}

function olderThan({approval}: Entry, since: string | undefined): ConcernId[] {
  return since !== undefined && isBefore(approval.date, since) ? ['approval-older'] : []
}

/** A month is not before a day that lies in it. */
function isBefore(date: string, other: string): boolean {
  const length = Math.min(date.length, other.length)
  return date.slice(0, length) < other.slice(0, length)
}

function isShortened(change: FieldChange): boolean {
  return change.field === 'risks' && change.parts.every(({kind}) => kind !== 'added')
}
