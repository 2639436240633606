/** Fixes for what may stand in no cell: tags, lone backticks, characters that cannot be seen, struck names. */
import {codeSpan} from '../../source/edit/cell-markdown.ts'
import {removeLine} from '../../source/edit/remove-row.ts'
import {cellAtFault, type Propose, rewritePart} from './fix-context.ts'

/** As code it is seen by everyone; whether it should be there at all is for a person to say. */
export const showHtml: Propose<'html-in-cell'> = (context) => {
  const {finding, reading} = context
  const cell = cellAtFault(context)
  if (cell === undefined || finding.place === undefined) return []
  const tag = reading.text.slice(finding.place.start.offset, finding.place.end.offset)
  const code = codeSpan(tag.replaceAll('\\|', '|'))
  if (code === undefined) return []
  return [{title: 'Write the tag as code', edits: rewritePart(context, cell, code), isForm: false}]
}

export const escapeBacktick: Propose<'stray-backtick'> = (context) => {
  const cell = cellAtFault(context)
  if (cell === undefined) return []
  return [{title: 'Escape the backtick', edits: rewritePart(context, cell, '\\`'), isForm: false}]
}

/** What is drawn as a blank becomes one, the rest goes: the text then is what a reader took it for. */
export const removeInvisible: Propose<'invisible-character'> = (context) => {
  const {finding, reading} = context
  const cell = cellAtFault(context)
  if (cell === undefined || finding.place === undefined) return []
  const character = reading.text.slice(finding.place.start.offset, finding.place.end.offset)
  const {codePoint, name} = finding.args
  // Written as a character reference, it has no place of its own.
  if (codePoint !== `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    return []
  const what = name === '' ? codePoint : `${codePoint} (${name})`
  const isBlank = /^[\t\p{Zs}]$/u.test(character)
  const title = isBlank ? `Write a blank for ${what}` : `Delete ${what}`
  return [{title, edits: rewritePart(context, cell, isBlank ? ' ' : ''), isForm: true}]
}

/** A struck name is a revoked row; other struck text takes back part of what was said. */
export const removeStruck: Propose<'struck-through'> = (context) => {
  const {reading} = context
  const cell = cellAtFault(context)
  if (cell === undefined) return []
  if (cell.column === 'Object Name')
    return [{title: 'Delete the row', edits: [removeLine(reading.lines, cell.line)], isForm: false}]
  return [{title: 'Delete the struck text', edits: rewritePart(context, cell, ''), isForm: false}]
}
