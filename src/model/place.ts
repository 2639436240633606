/** Where a thing stands in a file. */

/**
 * A point in a text: unist's `Point`, with the offset always known.
 *
 * `line` and `column` are 1-based, `offset` 0-based; columns and offsets count UTF-16 code units.
 * @see https://github.com/syntax-tree/unist#point
 */
export type Point = {readonly line: number; readonly column: number; readonly offset: number}

/** A stretch of a text: unist's `Position`. `end` is the first point after it. */
export type Place = {readonly start: Point; readonly end: Point}

/** A place in a file. `path` is relative to the project's root, with `/`; no `place` means the whole file. */
export type Location = {readonly path: string; readonly place?: Place}
