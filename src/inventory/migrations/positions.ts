/** Offsets of a file: bytes, as the parser counts, UTF-16 units, lines and columns. */
import type {Point} from '../../model/place.ts'

/** How to turn an offset into a point. Lines end with a line feed. */
export function pointsOf(text: string): (offset: number) => Point {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return {line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset}
  }
}

/** How to turn an offset in UTF-8 bytes into one in UTF-16 units. Quick where the questions come in order. */
export function unitsOf(text: string): (byte: number) => number {
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => byte
  let [units, bytes] = [0, 0]
  return (byte) => {
    if (byte < bytes) [units, bytes] = [0, 0]
    while (bytes < byte && units < text.length) {
      const code = text.codePointAt(units) ?? 0
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
      units += code < 0x10000 ? 1 : 2
    }
    return units
  }
}
