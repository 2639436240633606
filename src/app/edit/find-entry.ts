/** An id as a person typed it → the row that is meant. */
import type {Entry} from '../../model/entry.ts'
import {Failure} from '../../model/failure.ts'
import type {Kind} from '../../model/kind.ts'
import type {Located} from '../../model/registry.ts'
import {isError} from '../../model/rules.ts'
import {suggest} from '../../model/suggest.ts'
import {readObjectName} from '../../source/object-name.ts'
import type {OpenDocument} from './documents.ts'

export type FoundEntry = {readonly document: OpenDocument; readonly entry: Located<Entry>}

/**
 * Find an entry by its id, by another way to write it, or by its name alone where only one row has it. A row that was
 * not read may have it, too: beside one, only a whole id means the row that was.
 *
 * @throws Failure if no row is meant, with the nearest id, or several are.
 */
export function findEntry(
  documents: readonly OpenDocument[],
  typed: string,
  kind: Kind | undefined,
): FoundEntry {
  const all = documents.flatMap((document) =>
    document.registry.entries
      .filter(({value}) => kind === undefined || value.kind === kind)
      .map((entry): FoundEntry => ({document, entry})),
  )
  const id = typed.trim()
  const exact = all.filter(({entry}) => entry.value.id === id)
  const found = exact.length > 0 ? exact : all.filter(({entry}) => isMeant(entry.value, id))
  const isPartial = documents.some(hasUnreadRows)
  const [first] = found
  if (first !== undefined) {
    const mayBeUnread = isPartial && !isWhole(first.entry.value, id)
    if (found.length === 1 && !mayBeUnread) return first
    throw ambiguous(id, found, mayBeUnread)
  }

  const ids = all.map(({entry}) => entry.value.id)
  const names = all.map(({entry}) => entry.value.name)
  const near = suggest(id, ids) ?? ids[names.indexOf(suggest(id, names) ?? '')]
  const partial = isPartial ? ' Rows with findings are not read: see `secdef check`.' : ''
  throw new Failure(`No row for ${id}`, {
    hint: `${near === undefined ? 'Name one as the outputs do, such as ops.fn or ops.fn(uuid).' : `Did you mean ${near}?`}${partial}`,
  })
}

/** Whether an error may have kept a row from being read: one in a row that was read has not. */
function hasUnreadRows({findings, registry}: OpenDocument): boolean {
  const read = new Set(registry.entries.map(({row}) => row.start.line))
  return findings.some((finding) => isError(finding) && !read.has(finding.place?.start.line ?? 0))
}

/** Whether what was typed leaves nothing of the id open. Whom a grant is to is said by its id alone. */
function isWhole({id, kind, signature}: Entry, typed: string): boolean {
  if (typed === id) return true
  const wanted = readObjectName(typed, kind === 'security-definer' ? 'routine' : 'any')
  if ('ruleId' in wanted || kind === 'grant') return false
  return wanted.schema !== undefined && JSON.stringify(wanted.signature) === JSON.stringify(signature)
}

function isMeant({kind, schema, name, signature}: Entry, typed: string): boolean {
  const wanted = readObjectName(typed, kind === 'security-definer' ? 'routine' : 'any')
  if ('ruleId' in wanted || wanted.name !== name) return false
  if (wanted.schema !== undefined && wanted.schema !== schema) return false
  return wanted.signature === null || JSON.stringify(wanted.signature) === JSON.stringify(signature)
}

function ambiguous(id: string, found: readonly FoundEntry[], mayBeUnread: boolean): Failure {
  const rows = found.map(({document, entry}) => `${entry.value.id} (${whereIs(document, entry)})`)
  const [{document, entry}, ...others] = found as [FoundEntry, ...FoundEntry[]]
  const isSame = others.every((other) => other.entry.value.id === entry.value.id)
  const sameDocument = others.every((other) => other.document === document)
  const whole = others.length === 0 ? `Write the whole id, ${entry.value.id}` : 'Write the whole id'
  const mend = mayBeUnread ? ', or mend the row with findings first: see `secdef check`.' : '.'
  const hint =
    others.length === 0 || !isSame
      ? `${whole}${mend}`
      : sameDocument
        ? 'Say which kind is meant with --kind.'
        : 'Say which document is meant with --on.'
  const unread = mayBeUnread ? ['a row with findings, which was not read'] : []
  return new Failure(`Unexpected ${id}, which could mean ${[...rows, ...unread].join(' or ')}`, {hint})
}

/** Path and line, as editors take them. */
export function whereIs({path}: Pick<OpenDocument, 'path'>, {row}: Located<Entry>): string {
  return `${path}:${row.start.line}`
}
