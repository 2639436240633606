/** The line that marks a file as ours to overwrite, and how it is read back. */

/** Where in a file the banner must stand to count. In characters. */
export const bannerReach = 1024

/** Names the source and the command; the same for every machine, day and version. */
export function banner(source: string): string {
  return `Generated from ${source} by \`secdef generate\`. Do not edit.`
}

/**
 * The source that a generated file names in its banner, or `undefined` when the file is not generated.
 *
 * @param text The file, or at least its first 1,024 characters.
 */
export function readBanner(text: string): string | undefined {
  return /Generated from (.+) by `secdef generate`\. Do not edit\./.exec(text.slice(0, bannerReach))?.[1]
}
