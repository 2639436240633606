/** Characters that make a text read otherwise than it is stored. */

export type Suspect = {readonly character: string; readonly codePoint: string; readonly name: string}

/** In a name nothing may be invisible, and a blank must be a blank. */
const hiddenInNames =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0\ufffd-\uffff]|(?! )\p{Zs}|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u

/**
 * In a sentence, emoji need joiners and selectors, and right-to-left scripts need their marks; embeddings,
 * overrides and isolates reorder what a reviewer sees.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const hiddenInText = /(?![\n\u200c-\u200f\u061c])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd-\uffff]/u

const names: Readonly<Record<number, string>> = {
  160: 'no-break space',
  173: 'soft hyphen',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8239: 'narrow no-break space',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  65279: 'zero width no-break space',
  65533: 'replacement character: the text was damaged, or held a NUL',
}

/** The first character of a text that a reader cannot see as what it is. */
export function findInvisible(text: string, where: 'name' | 'text'): Suspect | undefined {
  const character = (where === 'name' ? hiddenInNames : hiddenInText).exec(text)?.[0]
  return character === undefined ? undefined : describeCharacter(character)
}

/** Alphabets whose letters are drawn like Latin ones. */
const lookAlikeScripts =
  /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}|\p{Script=Coptic}|\p{Script=Lisu}/u

/** Letters of those alphabets that can stand in for a whole Latin word. */
const twins = /^[аВеҺіјКӏМոорРсСԁԛѕТуѵԝхЅІЈАЕНОХοΟνυαικρτΑΒΕΖΗΙΚΜΝΡΤΥΧ\d_$.]+$/u

/**
 * Letters of a name that belong to another alphabet than they seem to: Latin mixed with a look-alike alphabet,
 * a word made of look-alikes alone, or a compatibility form such as a full-width letter.
 *
 * @see https://www.unicode.org/reports/tr39/#Mixed_Script_Detection
 */
export function findLookAlike(name: string): Suspect | undefined {
  const foreign = lookAlikeScripts.exec(name)?.[0]
  if (foreign !== undefined && (/\p{Script=Latin}/u.test(name) || twins.test(name)))
    return describeCharacter(foreign)
  for (const character of name) {
    if (character.normalize('NFKC') !== character && /[\p{L}\p{N}]/u.test(character))
      return describeCharacter(character)
  }
  return undefined
}

function describeCharacter(character: string): Suspect {
  const value = character.codePointAt(0) ?? 0
  const codePoint = `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
  return {character, codePoint, name: names[value] ?? ''}
}
