/** Cells that are filled but say nothing. */

const words = [
  ...['todo', 'tbd', 'tba', 'tbc', 'fixme', 'xxx', 'wip', 'n/a', 'na', 'n\\.a', 'none', 'nil', 'null'],
  ...['pending', 'unknown', 'not applicable', 'to do', 'to be done', 'to be defined', 'to be determined'],
  ...['fill in', 'lorem ipsum'],
]

/** What neither says anything nor can be the first letter of something that does. */
const mute = '[\\s\\p{P}\\p{S}\\p{M}\\p{C}\\p{Default_Ignorable_Code_Point}]'
const firstWord = new RegExp(`(?!${mute})[\\s\\S]`, 'u')
const nothingElse = new RegExp(`^(?:${words.join('|')})${mute}*$`, 'iu')

/** Whether a cell is a placeholder as a whole, or begins like a note to its author, or has no letter or digit. */
export function isPlaceholder(text: string): boolean {
  const start = text.search(firstWord)
  if (start === -1) return true
  const said = text.slice(start)
  return nothingElse.test(said) || /^(?:todo|tbd|fixme|xxx)\b/i.test(said)
}
