/** The same object twice, or with and without a signature. */
import type {Entry} from '../model/entry.ts'
import type {Located} from '../model/registry.ts'
import type {Report} from '../model/rules.ts'

/** Report each later row of an object that an earlier row already covers, with both places. */
export function reportDuplicates(entries: readonly Located<Entry>[], path: string, report: Report): void {
  const firstById = new Map<string, Located<Entry>>()
  const firstByName = new Map<string, Located<Entry>>()
  for (const entry of entries) {
    const {id, kind, schema, name, signature, grant} = entry.value
    const place = entry.cells['Object Name'] ?? entry.row
    const objectKey = JSON.stringify([kind, schema, name, grant?.grantee])
    const same = firstById.get(`${kind} ${id}`)
    const other = firstByName.get(objectKey)
    if (same) {
      const line = same.row.start.line
      report('duplicate-entry', place, {id, line}, [{path, place: same.row, note: 'the first row'}])
    } else if (other && (other.value.signature === null) !== (signature === null)) {
      const line = other.row.start.line
      report('mixed-signatures', place, {id, other: other.value.id, line}, [
        {path, place: other.row, note: 'the other row'},
      ])
    }
    if (!same) firstById.set(`${kind} ${id}`, entry)
    if (!other) firstByName.set(objectKey, entry)
  }
}
