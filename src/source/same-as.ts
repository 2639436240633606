/** "Same as x" in Risks Mitigated → the entry that it refers to. */
import type {Entry} from '../model/entry.ts'
import type {Located} from '../model/registry.ts'
import type {Report} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {readObjectName} from './object-name.ts'

type LocatedEntry = Located<Entry>

/** Fill in `sameAs` where a row refers to another of its kind; report what refers to nothing, or in a circle. */
export function resolveSameAs(entries: readonly LocatedEntry[], report: Report): LocatedEntry[] {
  const index = new Map<string, LocatedEntry[]>()
  for (const entry of entries) {
    for (const key of [
      `${entry.value.kind} ${entry.value.name}`,
      `${entry.value.kind} ${entry.value.schema}.${entry.value.name}`,
    ]) {
      index.set(key, [...(index.get(key) ?? []), entry])
    }
  }
  const resolved = entries.map((entry) => {
    const reference = referenceOf(entry.value.risks)
    if (reference === undefined) return entry
    const target = resolve(reference, entry, index, report)
    return target === undefined ? entry : {...entry, value: {...entry.value, sameAs: target.value.id}}
  })
  reportCircles(resolved, report)
  return resolved
}

/** What follows "Same as", up to the end of the clause. */
export function referenceOf(risks: string): string | undefined {
  return /^same\s+as\s+(.+?)(?:[.;,:]?$|[.;:]\s|,\s(?![^(]*\))|\n)/iu.exec(risks)?.[1]
}

function resolve(
  reference: string,
  from: LocatedEntry,
  index: ReadonlyMap<string, LocatedEntry[]>,
  report: Report,
): LocatedEntry | undefined {
  const {kind, schema} = from.value
  const place = from.cells['Risks Mitigated'] ?? from.row
  const wanted = readObjectName(reference, kind === 'grant' ? 'any' : 'routine')
  const named =
    'ruleId' in wanted ? [] : (index.get(key(kind, wanted.schema ?? schema, wanted.name)) ?? anySchema())
  const found =
    'ruleId' in wanted || wanted.signature === null
      ? named
      : named.filter((entry) => entry.value.signature?.join() === wanted.signature?.join())

  if (found.length === 1) return found[0]
  if (found.length > 1) {
    report('same-as-ambiguous', place, {
      actual: reference,
      candidates: found.map((entry) => entry.value.id).join(', '),
    })
  } else {
    const known = [...index.keys()]
      .filter((id) => id.startsWith(`${kind} `))
      .map((id) => id.slice(kind.length + 1))
    report('same-as-unknown', place, {actual: reference, suggestion: suggest(reference, known)})
  }
  return undefined

  function anySchema(): LocatedEntry[] {
    if ('ruleId' in wanted || wanted.schema !== undefined) return []
    return index.get(`${kind} ${wanted.name}`) ?? []
  }
}

function key(kind: string, schema: string, name: string): string {
  return `${kind} ${schema}.${name}`
}

/** Each circle once, at its first row. */
function reportCircles(entries: readonly LocatedEntry[], report: Report): void {
  const byId = new Map(entries.map((entry) => [`${entry.value.kind} ${entry.value.id}`, entry]))
  const done = new Set<LocatedEntry>()
  for (const start of entries) {
    const path: LocatedEntry[] = []
    let entry: LocatedEntry | undefined = start
    while (entry !== undefined && !done.has(entry) && !path.includes(entry)) {
      path.push(entry)
      entry = entry.value.sameAs === null ? undefined : byId.get(`${entry.value.kind} ${entry.value.sameAs}`)
    }
    if (entry !== undefined && path.includes(entry)) {
      const circle = path.slice(path.indexOf(entry))
      const names = [...circle, entry].map(({value}) => value.id).join(' → ')
      report('same-as-circle', entry.cells['Risks Mitigated'], {circle: names})
    }
    for (const seen of path) done.add(seen)
  }
}
