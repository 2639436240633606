/** Bytes → text: UTF-8 or a finding. */

import {indexLines} from '../model/lines.ts'
import type {Report} from '../model/rules.ts'

/**
 * Decode a document.
 *
 * @returns The text without its byte order mark, or `undefined` when a finding was reported.
 */
export function decode(bytes: Uint8Array, report: Report): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    const {found, offset} = locateFault(bytes)
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset))
    const point = indexLines(before).pointAt(before.length)
    report('invalid-utf8', {start: point, end: point}, {found})
    return undefined
  }
}

function locateFault(bytes: Uint8Array): {found: string; offset: number} {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return {found: 'UTF-16 (little endian)', offset: 0}
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return {found: 'UTF-16 (big endian)', offset: 0}
  // A streaming decoder accepts a sequence that is cut off, so the first prefix that fails ends with the fault.
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isUtf8(bytes.subarray(0, middle + 1), true)) low = middle + 1
    else high = middle
  }
  // The fault begins with the sequence that was cut off, not with the byte that cut it.
  let offset = Math.min(low, bytes.length - 1)
  while (offset > 0 && !isUtf8(bytes.subarray(0, offset), false)) offset--
  return {found: `byte 0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')}`, offset}
}

/** Whether the bytes are UTF-8; in a stream, the last character may be cut off. */
function isUtf8(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(bytes, {stream})
    return true
  } catch {
    return false
  }
}
