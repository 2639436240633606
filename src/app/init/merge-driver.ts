/** What git has to be told to merge the document by its rows: attributes for all, settings for each clone. */

/** Attributes by what they are about. */
export const mergeAttributes = {document: 'merge=secdef', output: 'merge=secdef-generated'} as const

/**
 * Settings of a clone; without them git merges line by line, as ever. Git runs a driver at the top of the work tree.
 *
 * @param run The command of ours, as a shell takes it.
 */
export function mergeSettings(run: string): readonly (readonly [key: string, value: string])[] {
  const labels = '--marker-size=%L --base-label=%S --ours-label=%X --theirs-label=%Y'
  return [
    ['merge.secdef.name', 'secdef: the registry, row by row'],
    ['merge.secdef.driver', `${run} merge ${labels} -- %O %A %B %P`],
    ['merge.secdef-generated.name', 'secdef: generated anew'],
    ['merge.secdef-generated.driver', `${run} merge --generated -- %O %A %B %P`],
  ]
}
