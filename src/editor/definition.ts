/** Where what a place speaks of is: the row that "Same as" names, the statement that made a routine. */
import type {Entry} from '../model/entry.ts'
import type {Inventory} from '../model/inventory.ts'
import type {Location} from '../model/place.ts'
import {entryAt, referredBy} from './hover.ts'
import type {Reading} from './reading.ts'

/** @param inventory What the migrations were last seen to make; `undefined` where nobody has looked. */
export function definitionAt(
  reading: Reading,
  offset: number,
  inventory: Pick<Inventory, 'routines' | 'relations'> | undefined,
): readonly Location[] {
  const entry = entryAt(reading, offset)
  if (entry === undefined) return []
  const risks = entry.cells['Risks Mitigated']
  if (risks !== undefined && offset >= risks.start.offset && offset <= risks.end.offset) {
    const referred = referredBy(reading, entry)
    return referred === undefined ? [] : [{path: reading.options.path, place: referred.row}]
  }
  return inventory === undefined ? [] : originsOf(entry.value, inventory)
}

/** Several where a name without a signature has overloads. */
function originsOf(
  {schema, name, signature}: Entry,
  {routines, relations}: Pick<Inventory, 'routines' | 'relations'>,
): Location[] {
  const wanted = signature === null ? undefined : JSON.stringify(signature)
  const named = [
    ...routines.filter((one) => wanted === undefined || JSON.stringify(one.signature) === wanted),
    ...(signature === null ? relations : []),
  ].filter((one) => one.schema === schema && one.name === name)
  return named.flatMap(({origin}) =>
    origin === null ? [] : [{path: origin.path, ...(origin.place && {place: origin.place})}],
  )
}
