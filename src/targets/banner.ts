/** The line that marks a file as ours to overwrite, and how it is read back. */
import {tsString} from './typescript-literal.ts'

/** Where in a file the banner must stand to count. In characters. */
export const bannerReach = 1024

/** What would end a comment of some language or the quoting of the banner, or could not be seen in it. */
const unfit = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}*`"<>|?]/u

/**
 * The path of a document, for a comment of any language.
 *
 * @throws {Error} for a path that could leave the comment; the configuration refuses such a path before.
 */
export function commentedPath(source: string): string {
  const found = unfit.exec(source)
  if (found === null) return source
  throw new Error(`Unexpected ${tsString(found[0])} in the path ${tsString(source)}`)
}

/** Names the source and the command; the same for every machine, day and version. */
export function banner(source: string): string {
  return `Generated from ${commentedPath(source)} by \`secdef generate\`. Do not edit.`
}

/**
 * The source that a generated file names in its banner, or `undefined` when the file is not generated.
 *
 * @param text The file, or at least its first 1,024 characters.
 */
export function readBanner(text: string): string | undefined {
  return /Generated from (.+) by `secdef generate`\. Do not edit\./.exec(text.slice(0, bannerReach))?.[1]
}
