/** Characters that make a text read otherwise than it is stored. */

export type Suspect = {readonly character: string; readonly codePoint: string; readonly name: string}

/**
 * In a name nothing may be invisible or unassigned, a blank must be a blank, and no mark may stand on what is no
 * letter or strike a letter out: `_` with a mark below it is still drawn as `_`. A line feed is a `<br>`, which no
 * name holds: what stands on two lines is refused as what it is.
 */
const hiddenInNames =
  /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffd]|(?! )\p{Zs}|(?<![\p{L}\p{M}])\p{M}|[\u0334-\u0338]/u

/**
 * In a sentence, emoji need joiners and selectors, and right-to-left scripts need their marks; embeddings,
 * overrides and isolates reorder what a reviewer sees.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const hiddenInText =
  /(?![\n\u200c-\u200f\u061c])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2800\u3164\uffa0\ufff0-\ufff8\ufffd-\uffff]/u

const names: Readonly<Record<number, string>> = {
  9: 'tab',
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
  10240: 'blank braille pattern',
  12644: 'Hangul filler',
  65279: 'zero width no-break space',
  65533: 'replacement character: the text was damaged, or held a NUL',
}

/** The first character of a text that a reader cannot see as what it is. */
export function findInvisible(text: string, where: 'name' | 'text'): Suspect | undefined {
  const character = (where === 'name' ? hiddenInNames : hiddenInText).exec(text)?.[0]
  return character === undefined ? undefined : describeCharacter(character)
}

/** A letter or digit of an alphabet that is not written together with Latin letters in one word. */
const notBesideLatin =
  /(?![\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}])[\p{L}\p{N}]/u

/** Latin letters, clicks and modifiers that are drawn like an ASCII letter, a pipe or a mark, and no language needs. */
const latinTwins = /[\u01c0-\u01c3\u0251\u0261\u0269\u026a\u1d00-\u1d22\ua730\ua731\ua789-\ua78c]/u

/** Letters of those alphabets that can stand in for a whole Latin word. */
const twins = /^[аВеҺіјКӏМոорРсСԁԛѕТуѵԝхЅІЈАЕНОХοΟνυαικρτΑΒΕΖΗΙΚΜΝΡΤΥΧ\d_$.]+$/u

/**
 * Letters of a name that are others than they seem to be: Latin beside an alphabet that does not go with it, a word
 * made of look-alikes alone, a compatibility form such as a full-width letter, or a letter taken apart into a letter
 * and its mark.
 *
 * @see https://www.unicode.org/reports/tr39/#Mixed_Script_Detection
 */
export function findLookAlike(name: string): Suspect | undefined {
  if (isAscii(name)) return undefined
  const foreign = notBesideLatin.exec(name)?.[0]
  if (foreign !== undefined && (/\p{Script=Latin}/u.test(name) || twins.test(name)))
    return describeCharacter(foreign)
  const twin = latinTwins.exec(name)?.[0]
  if (twin !== undefined) return describeCharacter(twin)
  for (const character of name) {
    if (character.normalize('NFKC') !== character && /[\p{L}\p{N}\p{S}\p{P}]/u.test(character))
      return describeCharacter(character)
  }
  return findTakenApart(name)
}

/** A letter and a mark, or two of Hangul, that are one character when composed. */
function findTakenApart(name: string): Suspect | undefined {
  const composed = name.normalize('NFC')
  if (composed === name) return undefined
  let index = 0
  while (name[index] === composed[index]) index++
  return describeCharacter([...name.slice(index)].slice(0, 2).join(''))
}

function isAscii(name: string): boolean {
  return /^[\0-\x7f]*$/.test(name)
}

function describeCharacter(character: string): Suspect {
  const values = [...character].map((part) => part.codePointAt(0) ?? 0)
  const codePoint = values.map((value) => `U+${value.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')
  return {character, codePoint, name: names[values[0] ?? 0] ?? ''}
}
