/** A unified diff in parts. */

export type Hunk = {readonly header: string; readonly lines: readonly string[]}

/** `added` and `removed` count lines. */
export type Patch = {readonly hunks: readonly Hunk[]; readonly added: number; readonly removed: number}
