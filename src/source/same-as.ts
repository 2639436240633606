/** "Same as x" in Risks Mitigated → the entry that it refers to. */
import type {Entry} from '../model/entry.ts'
import type {Located} from '../model/registry.ts'
import type {Report} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {readObjectName} from './object-name.ts'

type LocatedEntry = Located<Entry>

/** Entries by each of the ways to refer to them. */
type Index = ReadonlyMap<string, readonly LocatedEntry[]>

/** How many names a message lists. */
const listed = 8

/** Suggestions compare every name with every reference: after so many comparisons, none is looked for. */
const patience = 50_000

/** Fill in `sameAs` where a row refers to another of its kind; report what refers to nothing, or in a circle. */
export function resolveSameAs(entries: readonly LocatedEntry[], report: Report): LocatedEntry[] {
  const index = indexEntries(entries)
  const namesOf = new Map<string, string[]>()
  let compared = 0
  const resolved = entries.map((entry) => {
    const reference = referenceOf(entry.value.risks)
    if (reference === undefined) return entry
    const found = narrow(find(reference, entry, index), entry)
    if (found.length === 1 && found[0]) return {...entry, value: {...entry.value, sameAs: found[0].value.id}}
    const place = entry.cells['Risks Mitigated'] ?? entry.row
    const actual = shortenReference(reference)
    if (found.length > 1) {
      report('same-as-ambiguous', place, {actual, candidates: list(found)})
    } else {
      const names = namesOf.get(entry.value.kind) ?? collectNames(entries, entry.value.kind)
      namesOf.set(entry.value.kind, names)
      compared += names.length
      const suggestion = compared > patience ? undefined : suggest(actual, names)
      report('same-as-unknown', place, {actual, suggestion})
    }
    return entry
  })
  reportCircles(resolved, report)
  return resolved
}

/** What follows "Same as", up to the end of the clause: a comma or a full stop that is not inside parentheses. */
export function referenceOf(risks: string): string | undefined {
  const opening = /^same\s+as\s+(?=\S)/iu.exec(risks)?.[0]
  if (opening === undefined) return undefined
  const clause = risks.slice(opening.length).split('\n', 1)[0] ?? ''
  let depth = 0
  for (let index = 0; index < clause.length; index++) {
    const character = clause[index]
    if (character === '(') depth++
    if (character === ')') depth--
    const ends = character === ',' ? depth <= 0 : character === '.' || character === ';' || character === ':'
    if (ends && index > 0 && /^\s?$/.test(clause.slice(index + 1, index + 2))) return clause.slice(0, index)
  }
  return clause
}

/** For a message of one line. */
function shortenReference(reference: string): string {
  return reference.length > 80 ? `${reference.slice(0, 79)}…` : reference
}

function list(entries: readonly LocatedEntry[]): string {
  const ids = entries.slice(0, listed).map(({value}) => value.id)
  const rest = entries.length - ids.length
  return rest > 0 ? `${ids.join(', ')} and ${rest} more` : ids.join(', ')
}

function indexEntries(entries: readonly LocatedEntry[]): Index {
  const index = new Map<string, LocatedEntry[]>()
  const ids = new Set<string>()
  for (const entry of entries) {
    const {kind, schema, name, signature, id} = entry.value
    // A second row for the same object is a finding of its own; it makes no reference ambiguous.
    if (ids.has(`${kind} ${id}`)) continue
    ids.add(`${kind} ${id}`)
    const keys = [key(kind, undefined, name, null), key(kind, schema, name, null)]
    if (signature) keys.push(key(kind, undefined, name, signature), key(kind, schema, name, signature))
    for (const way of keys) {
      const known = index.get(way)
      if (known) known.push(entry)
      else index.set(way, [entry])
    }
  }
  return index
}

/** The same schema first; where it has no such entry, any schema. */
function find(reference: string, {value}: LocatedEntry, index: Index): readonly LocatedEntry[] {
  const wanted = readObjectName(reference, value.kind === 'grant' ? 'any' : 'routine')
  if ('ruleId' in wanted) return []
  const {schema, name, signature} = wanted
  const near = index.get(key(value.kind, schema ?? value.schema, name, null))
  if (schema !== undefined || near !== undefined)
    return index.get(key(value.kind, schema ?? value.schema, name, signature)) ?? []
  return index.get(key(value.kind, undefined, name, signature)) ?? []
}

/** One object may be granted to several roles: another row than this one is meant, of this role if there is one. */
function narrow(found: readonly LocatedEntry[], from: LocatedEntry): readonly LocatedEntry[] {
  if (found.length < 2 || from.value.grant === null) return found
  const others = found.filter((entry) => entry !== from)
  const sameRole = others.filter(({value}) => value.grant?.grantee === from.value.grant?.grantee)
  return sameRole.length > 0 ? sameRole : others
}

function key(kind: string, schema: string | undefined, name: string, signature: readonly string[] | null) {
  return JSON.stringify([kind, schema ?? null, name, signature])
}

function collectNames(entries: readonly LocatedEntry[], kind: string): string[] {
  const own = entries.filter(({value}) => value.kind === kind)
  return [...new Set(own.flatMap(({value}) => [value.name, `${value.schema}.${value.name}`]))]
}

/** Each circle once, at its first row. */
function reportCircles(entries: readonly LocatedEntry[], report: Report): void {
  const byId = new Map<string, LocatedEntry>()
  for (const entry of entries) {
    const id = `${entry.value.kind} ${entry.value.id}`
    if (!byId.has(id)) byId.set(id, entry)
  }
  const done = new Set<LocatedEntry>()
  for (const start of entries) {
    const path = new Set<LocatedEntry>()
    let entry: LocatedEntry | undefined = start
    while (entry !== undefined && !done.has(entry) && !path.has(entry)) {
      path.add(entry)
      entry = entry.value.sameAs === null ? undefined : byId.get(`${entry.value.kind} ${entry.value.sameAs}`)
    }
    if (entry !== undefined && path.has(entry)) {
      const steps = [...path]
      const circle = steps.slice(steps.indexOf(entry)).map(({value}) => value.id)
      const shown = circle.length > listed ? [...circle.slice(0, listed), '…'] : circle
      report('same-as-circle', entry.cells['Risks Mitigated'], {
        circle: [...shown, entry.value.id].join(' → '),
      })
    }
    for (const seen of path) done.add(seen)
  }
}
