/** Cells that are filled but say nothing. */

const placeholders = new Set(
  [
    'todo',
    'tbd',
    'tba',
    'tbc',
    'fixme',
    'xxx',
    'wip',
    'n/a',
    'na',
    'n.a',
    'none',
    'nil',
    'null',
    'pending',
    'unknown',
  ].concat([
    'not applicable',
    'to do',
    'to be done',
    'to be defined',
    'to be determined',
    'fill in',
    'lorem ipsum',
  ]),
)

/** Whether a cell is a placeholder as a whole, or begins like a note to its author, or has no letter or digit. */
export function isPlaceholder(text: string): boolean {
  const bare = text.toLowerCase().replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '')
  return bare === '' || placeholders.has(bare) || /^(?:todo|tbd|fixme|xxx)\b/.test(bare)
}
