/** The order of the rows of a merged table, which is the same whichever side is called ours. */
import {compareCodePoints} from '../model/compare.ts'
import type {Sides} from './sides.ts'

export type RowNames = {readonly id: string; readonly name: string}

/** What a table may be sorted by; names that are equal, as of other schemas, by the whole id. */
const orders: readonly ((a: RowNames, b: RowNames) => number)[] = [
  (a, b) => compareCodePoints(a.id, b.id),
  (a, b) => compareCodePoints(a.name, b.name) || compareCodePoints(a.id, b.id),
]

/**
 * Order the rows that are left of two sides. A side that has put rows into another order is followed; new rows stay
 * behind the row that they were put behind, or where the order of a sorted table has them.
 *
 * @param sides The keys of the table on each side; of these, those that `named` does not know are gone.
 * @returns `undefined` if each side has its own order.
 */
export function orderRows(
  sides: Sides<readonly string[]>,
  named: ReadonlyMap<string, RowNames>,
): readonly string[] | undefined {
  const [ours, theirs] = [sides.ours, sides.theirs].map((keys) => keys.filter((key) => named.has(key)))
  if (ours === undefined || theirs === undefined) return undefined
  const namesOf = (key: string): RowNames => named.get(key) ?? {id: key, name: key}
  const order = orders.find(
    (compare) => isSorted(ours.map(namesOf), compare) && isSorted(theirs.map(namesOf), compare),
  )
  if (order !== undefined)
    return [...new Set([...ours, ...theirs])].sort((a, b) => order(namesOf(a), namesOf(b)))

  const spine = findSpine({base: sides.base, ours, theirs})
  if (spine === undefined) return undefined
  const anchors = new Set(spine)
  const [blocksOfOurs, blocksOfTheirs] = [blocksBehind(ours, anchors), blocksBehind(theirs, anchors)]
  return [undefined, ...spine].flatMap((anchor) => {
    const blocks = [blocksOfOurs.get(anchor) ?? [], blocksOfTheirs.get(anchor) ?? []]
    const first = (block: readonly string[]) => namesOf(block[0] ?? '').id
    const added = blocks
      .filter((block) => block.length > 0)
      .sort((a, b) => compareCodePoints(first(a), first(b)))
    return [...(anchor === undefined ? [] : [anchor]), ...added.flat()]
  })
}

/** The rows that both sides have, in the order of the side that has changed it. */
function findSpine({base, ours, theirs}: Sides<readonly string[]>): readonly string[] | undefined {
  const [inOurs, inTheirs] = [new Set(ours), new Set(theirs)]
  const common = (keys: readonly string[]) => keys.filter((key) => inOurs.has(key) && inTheirs.has(key))
  const [ofBase, ofOurs, ofTheirs] = [common(base), common(ours), common(theirs)]
  const isSame = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n')
  if (isSame(ofOurs, ofTheirs) || isSame(ofTheirs, ofBase)) return ofOurs
  return isSame(ofOurs, ofBase) ? ofTheirs : undefined
}

/** The rows between those that both sides have, by the one before them. */
function blocksBehind(
  keys: readonly string[],
  anchors: ReadonlySet<string>,
): Map<string | undefined, string[]> {
  const blocks = new Map<string | undefined, string[]>([[undefined, []]])
  let anchor: string | undefined
  for (const key of keys) {
    if (!anchors.has(key)) {
      blocks.get(anchor)?.push(key)
      continue
    }
    anchor = key
    blocks.set(anchor, [])
  }
  return blocks
}

function isSorted(rows: readonly RowNames[], compare: (a: RowNames, b: RowNames) => number): boolean {
  return rows.every((row, index) => {
    const before = rows[index - 1]
    return before === undefined || compare(before, row) < 0
  })
}
