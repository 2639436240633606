/** Text of a document or a database → Markdown that shows it, and in which none of it is obeyed. */
import type {Location} from '../model/place.ts'
import {count} from '../model/words.ts'
import {visible} from './visible.ts'

/** In a cell of a table, a pipe has to be escaped, in code too; elsewhere, the escape would be shown. */
export type Where = 'cell' | 'text'

/** A text that is longer is cut, with `…` at its end. */
const longestText = 1000

/**
 * Words that mean themselves: no mark of Markdown or HTML, no mention, emoji, issue or address, whatever stands beside
 * them.
 */
const plainWord = /^(?:[“(]?[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*[”)]?[.,;:!?]?|[—–…→])$/

/** GitHub makes links of words that could be a commit or an issue. */
const linkedWord = /^[“(]?(?:[0-9a-f]{7,40}|gh-\d+)[”)]?[.,;:!?]?$/i

/**
 * Words that are plain beyond doubt stay words; names, types and whatever else has a mark become code, in which
 * Markdown and GitHub obey nothing. Not to stand at the beginning of a block: `1.` would be a list. A long text is cut.
 */
export function inlineText(text: string, where: Where): string {
  return wholeInlineText(clipped(visible(text)), where)
}

/** The same, to its last word. */
export function wholeInlineText(text: string, where: Where): string {
  const runs: {isPlain: boolean; words: string[]}[] = []
  for (const word of visible(text).trim().split(' ')) {
    const last = runs.at(-1)
    const isPlain = word === '' ? (last?.isPlain ?? true) : plainWord.test(word) && !linkedWord.test(word)
    if (last?.isPlain === isPlain) last.words.push(word)
    else runs.push({isPlain, words: [word]})
  }
  return runs
    .map(({isPlain, words}) => (isPlain ? words.join(' ') : codeBeforeStop(words.join(' '), where)))
    .join(' ')
}

/** A full stop or a comma behind a name is not a part of it. */
function codeBeforeStop(text: string, where: Where): string {
  const {name, stop} = /^(?<name>.*[^.,;:])(?<stop>[.,;:])$/u.exec(text)?.groups ?? {}
  return name === undefined ? wholeCodeSpan(text, where) : `${wholeCodeSpan(name, where)}${stop}`
}

/** A text as code, whatever is in it; a long one is cut. */
export function codeSpan(text: string, where: Where): string {
  return text === '' ? '—' : wholeCodeSpan(clipped(visible(text)), where)
}

/**
 * A text as code, to its last character.
 *
 * @param text Of one line, and not empty.
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function wholeCodeSpan(text: string, where: Where): string {
  // A backslash before a pipe cannot be written in a cell: it would escape the pipe, or the escape.
  const content = where === 'cell' ? text.replace(/\\(?=\|)/g, '\\u{5c}').replaceAll('|', '\\|') : text
  const mark = '`'.repeat(longestRun(content) + 1)
  const needsPadding = /^`|`$|^ .*[^ ].* $|^ [^ ] $/.test(content)
  return needsPadding ? `${mark} ${content} ${mark}` : `${mark}${content}${mark}`
}

/** A place as code, for a cell. */
export function showPlace({path, place}: Location, showPath: (path: string) => string): string {
  const at = place === undefined ? '' : `:${place.start.line}:${place.start.column}`
  return codeSpan(`${showPath(path)}${at}`, 'cell')
}

/** Lines as a block of code, behind a fence that is longer than any inside. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const shown = lines.map(visible)
  const mark = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1))
  return [`${mark}${language}`, ...shown, mark].join('\n')
}

/** @param cells Markdown that is ready for a cell. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** A table, or nothing where there are no rows. */
export function table(headings: readonly string[], rows: readonly string[]): string[] {
  if (rows.length === 0) return []
  return [[tableRow(headings), tableRow(headings.map(() => '---')), ...rows].join('\n')]
}

/** GitHub refuses a job summary of more than 1 MiB, as a whole. */
export type Limit = {readonly items: number; readonly bytes: number}

/** As many as fit, in their order, and how many do not. One that is too long keeps no other out. */
export function takeWithin(lines: readonly string[], {items, bytes}: Limit): {shown: string[]; cut: number} {
  let size = 0
  const shown = lines.slice(0, items).filter((line) => {
    const own = Buffer.byteLength(line) + 1
    const fits = size + own <= bytes
    if (fits) size += own
    return fits
  })
  return {shown, cut: lines.length - shown.length}
}

/** What tells that something was cut, or nothing. */
export function cutNote(cut: number, one: string): string[] {
  return cut === 0 ? [] : [`… and ${count(cut, `more ${one}`)}, not shown here: \`--format json\` has all.`]
}

/** Closed at first. @param title Without anything to escape. */
export function details(title: string, content: readonly string[]): string[] {
  return content.length === 0 ? [] : [`<details>\n<summary>${title}</summary>`, ...content, '</details>']
}

function clipped(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}
