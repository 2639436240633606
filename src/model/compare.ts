/** The one order that every output is sorted by. */

/**
 * Compare by Unicode code point, as `Array.prototype.sort` takes it.
 *
 * JavaScript's `<` compares UTF-16 units, which puts astral characters before U+E000; a locale would
 * make the order differ between machines.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
