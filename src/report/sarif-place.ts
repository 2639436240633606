/** Places and identities of SARIF: where a result is shown, and by what it is known when lines move. */
import type {Location} from '../model/place.ts'
import {visible} from './visible.ts'

/** Path of the project → path relative to the root of the repository. */
export type ShowPath = (path: string) => string

/** The root of the repository, wherever that is: no path of a machine is told. */
export const sourceRoot = '%SRCROOT%'

/**
 * A place as a physical location. Columns count UTF-16 code units, and the end is the first one behind it, as in ours.
 *
 * A file as a whole is shown at its first line: code scanning does not show what has no line.
 */
export function physicalLocation({path, place}: Location, showPath: ShowPath) {
  const {start, end} = place ?? {}
  return {
    artifactLocation: {uri: uriOf(showPath(path)), uriBaseId: sourceRoot},
    region:
      start && end
        ? {startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column}
        : {startLine: 1},
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-4.2 a colon in the first segment would be a scheme */
export function uriOf(path: string): string {
  return path.replaceAll('\\', '/').split('/').map(encodeSegment).join('/')
}

function encodeSegment(segment: string): string {
  // A lone surrogate has no UTF-8.
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(segment))
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** What may not be obeyed where a message is shown; `](` would make a link of what stands before it. */
export function messageText(text: string): string {
  return visible(text).replaceAll('](', '\\](')
}

/** Fingerprints by what a result is about; those of equal results are numbered in their order. */
export function createFingerprints(): (parts: readonly string[]) => Readonly<Record<string, string>> {
  const seen = new Map<string, number>()
  return (parts) => {
    const hash = hashOf(JSON.stringify(parts))
    const number = (seen.get(hash) ?? 0) + 1
    seen.set(hash, number)
    const fingerprint = `${hash}:${number}`
    // The first is the only one by which GitHub knows an alert again, and made of the line's text if it is left out.
    return {primaryLocationLineHash: fingerprint, 'secdef/v1': fingerprint}
  }
}

/** FNV-1a of 64 bits: it tells results apart, and protects nothing. @see https://www.rfc-editor.org/rfc/rfc9923 */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
