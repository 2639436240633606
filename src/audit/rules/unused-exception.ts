/** A row of kind `definer-view`, `no-rls` or `grant` that excuses nothing, or not all that it names. */
import type {Relation} from '../../model/inventory.ts'
import type {LocatedEntry} from '../match.ts'
import {defineRule, type Judgement} from '../rule.ts'
import type {Subject} from '../subject.ts'
import {isInvokerView} from './definer-view.ts'

export const unusedException = defineRule({
  id: 'unused-exception',
  group: 'relational',
  severity: 'error',
  title: 'An exception that excuses nothing any more',
  why: [
    'Its object is gone, or keeps the baseline by now, or the privilege was revoked. What is left is an approval in',
    'stock: when the object is opened again, nobody is told.',
  ].join('\n'),
  resolve: 'Delete the row, or take the privileges that nobody holds out of it.',
  judge(subject) {
    const seen = new Set(subject.inventory.coverage.schemas)
    return subject.entries.flatMap((row): Judgement[] => {
      const {kind, schema} = row.value
      if (kind === 'security-definer') return []
      if (!seen.has(schema)) {
        const unseen = judge(row, null, 'Object Name', `schema ${schema} was not seen`)
        return [{...unseen, answersFor: [schema]}]
      }
      const use = kind === 'grant' ? useOfGrant(row, subject) : useOfRelation(row, subject)
      return use === undefined ? [] : [use]
    })
  },
})

function judge(row: LocatedEntry, unused: string | null, column: string, why: string): Judgement {
  const {id, kind} = row.value
  return {
    verdict: unused === null ? 'unknown' : 'refuted',
    object: `${kind} ${id}`,
    message:
      unused === null
        ? `Could not establish whether the row for ${id} still excuses anything: ${why}`
        : `Unexpected ${kind} row for ${id}, which excuses nothing${unused}: ${why}`,
    mend: {
      advice:
        unused === null
          ? 'See that the facts can be followed, or delete the row.'
          : 'Delete it from the row, or the row.',
    },
    entry: {row, column},
  }
}

function useOfRelation(row: LocatedEntry, {excuses}: Subject): Judgement | undefined {
  const {relation} = excuses.namedBy(row)
  const unused = (why: string) => judge(row, '', 'Object Name', why)
  if (relation === undefined) return unused('there is no such relation')
  if (row.value.kind === 'definer-view') {
    if (relation.kind !== 'view') return unused(`it is a ${relation.kind}`)
    return isInvokerView(relation) ? unused('it has security_invoker') : undefined
  }
  return useOfNoRls(row, relation)
}

function useOfNoRls(row: LocatedEntry, {kind, rowSecurity}: Relation): Judgement | undefined {
  if (kind !== 'table' && kind !== 'partitioned-table')
    return judge(row, '', 'Object Name', `it is a ${kind}`)
  if (rowSecurity === null) return judge(row, null, 'Object Name', 'its row level security is unknown')
  if (!rowSecurity.enabled || !rowSecurity.forced) return undefined
  return judge(row, '', 'Object Name', 'row level security is enabled and forced')
}

function useOfGrant(row: LocatedEntry, {excuses, schemas}: Subject): Judgement | undefined {
  const {grant} = row.value
  const {relation, routines, schema} = excuses.namedBy(row)
  const lists = [
    ...(relation ? [relation.grants] : []),
    ...routines.map((routine) => (routine.signature === null && row.value.signature ? null : routine.grants)),
    ...(schema === undefined ? [] : [schemas.get(schema)?.grants ?? null]),
  ]
  if (lists.length === 0) return judge(row, '', 'Object Name', 'there is no such object')
  const held = new Set(
    [...lists.flatMap((list) => list ?? []), ...(relation?.columnGrants ?? [])]
      .filter(({grantee}) => grantee === grant?.grantee)
      .map(({privilege}) => privilege),
  )
  const unused = (grant?.privileges ?? []).filter((privilege) => !held.has(privilege))
  if (unused.length === 0) return undefined
  // An unknown list may hold any of them.
  if (lists.includes(null)) return judge(row, null, 'Privileges', 'who holds what is unknown')
  const why = `${grant?.grantee} does not hold ${unused.join(', ')}`
  return judge(
    row,
    unused.length === grant?.privileges.length ? '' : ` by ${unused.join(', ')}`,
    'Privileges',
    why,
  )
}
