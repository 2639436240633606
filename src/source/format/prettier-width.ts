/** How wide a text is by Prettier's count, which formatters of Markdown pad the columns of a table by. */
import type {Measure} from '../edit/layout.ts'

/** Sequences that are one emoji, whether or not each part says that it is to be drawn as one. */
const sequence =
  /\p{Emoji}\ufe0f?\p{Emoji_Modifier}?(?:\u200d\p{Emoji}\ufe0f?\p{Emoji_Modifier}?)+|[#*\d]\ufe0f?\u20e3/gu

/** The compiler's target does not know the flag yet; every Node.js that we run on does. */
const flags = 'gv'
const emoji = new RegExp('\\p{RGI_Emoji}', flags)

/** Terminals draw nothing for most of them; Prettier takes each for a letter. */
const invisible = /[\p{Cf}\p{Mc}\p{Cs}\p{Default_Ignorable_Code_Point}]/u
const wideInvisible = /[\u115f\u302e\u302f\u3164\u{16ff0}\u{16ff1}]/u

/**
 * Count as Prettier does, which is not how terminals show it: a joiner that joins nothing takes a column, and so does
 * a vowel sign that stands beside its letter.
 *
 * @param terminal Counts a letter that can be seen.
 */
export function prettierWidth(terminal: Measure): Measure {
  return (text) => {
    if (/^[ -~]*$/.test(text)) return text.length
    let width = 0
    const take = (): string => {
      width += 2
      return ''
    }
    const rest = text
      .replace(sequence, (found) => (qualify(found).replace(emoji, '') === '' ? take() : found))
      .replace(emoji, take)
    for (const character of rest) width += widthOf(character, terminal)
    return width
  }
}

function widthOf(character: string, terminal: Measure): number {
  if (/[\p{Cc}\p{Mn}\p{Me}]/u.test(character)) return 0
  if (wideInvisible.test(character)) return 2
  if (invisible.test(character)) return 1
  // A hand that could have another colour of skin is drawn wide, with or without one.
  return /\p{Emoji_Modifier_Base}/u.test(character) ? 2 : terminal(character)
}

/** With the mark "draw it as an emoji" behind each part that needs it. */
function qualify(found: string): string {
  return found
    .replaceAll('\ufe0f', '')
    .replace(/(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu, '$&\ufe0f')
}
