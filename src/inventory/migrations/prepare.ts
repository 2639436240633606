/** What a tool takes out of a file before the server sees it: sections to undo, markers, conflicts of git. */
import type {MigrationTool} from '../../model/default-registry.ts'
import {lineEnd} from './lexer.ts'

export type FileFault = {readonly offset: number; readonly why: string}

export type Prepared = {
  /** Of the same length as the file, so that every offset still holds. */
  readonly text: string
  /** Stretches that git left in conflict: whichever side is right, nobody has said. */
  readonly conflicts: readonly {readonly start: number; readonly end: number}[]
  /** What is wrong with the file as such. */
  readonly faults: readonly FileFault[]
}

/** Marks of a section that is applied, and of one that undoes it: goose, sql-migrate, dbmate, node-pg-migrate. */
const sections = [
  {up: /^[ \t]*--[ \t]*\+goose[ \t]+up\b/im, down: /^[ \t]*--[ \t]*\+goose[ \t]+down\b/im},
  {up: /^[ \t]*--[ \t]*\+migrate[ \t]+up\b/im, down: /^[ \t]*--[ \t]*\+migrate[ \t]+down\b/im},
  {up: /^[ \t]*--[ \t]*migrate:up\b/im, down: /^[ \t]*--[ \t]*migrate:down\b/im},
  {up: /^[ \t]*--[ \t]*up[ \t]+migration\b/im, down: /^[ \t]*--[ \t]*down[ \t]+migration\b/im},
  {up: /^[ \t]*--[ \t]*rambler[ \t]+up\b/im, down: /^[ \t]*--[ \t]*rambler[ \t]+down\b/im},
] as const

/** Tools that know such sections. The others apply a file as a whole. */
const cutting: ReadonlySet<MigrationTool | undefined> = new Set<MigrationTool>(['numbered', 'alphabetical'])

/** @param tool Whose folder it is; without it the file is taken as a whole. */
export function prepare(file: string, tool: MigrationTool | undefined): Prepared {
  // A byte order mark is no SQL, and Drizzle's mark stands where a semicolon may be missing.
  let text = file.replace(/^\ufeff/, ' ')
  text = text.replace(/^--> statement-breakpoint/gm, (mark) => `;${' '.repeat(mark.length - 1)}`)
  const cut = cutSections(text, tool)
  text = cut.text
  const faults = [...cut.faults]
  const conflicts = findConflicts(text)
  for (const {start, end} of conflicts) {
    faults.push({
      offset: start,
      why: 'conflict markers: which side holds, nobody has said; neither was applied',
    })
    text =
      text.slice(0, start) + blank(text.slice(start, end), /^(?:<{7}|\|{7}|={7}|>{7}).*$/gm) + text.slice(end)
  }
  return {text, conflicts, faults}
}

/**
 * Blank the sections that undo, where the tool does not apply them. Where it does, or nobody has said which tool it
 * is, that is a fault: what they undo may be there, or not.
 */
export function cutSections(
  text: string,
  tool: MigrationTool | undefined,
): {readonly text: string; readonly faults: readonly FileFault[]} {
  for (const {up, down} of sections) {
    const undo = down.exec(text)
    if (undo === null) continue
    const fault = (why: string) => ({text, faults: [{offset: undo.index, why}]})
    if (!up.test(text)) {
      return fault('a section that undoes, in a file without one to apply: it was applied')
    }
    if (cutting.has(tool)) return {text: keepSections(text, up, down), faults: []}
    const taken = tool === undefined ? 'which tool cuts it off is not known' : `${tool} does not cut it off`
    return fault(
      `a section that undoes, but ${taken}: it was applied; if another tool applies the folder, name that one as \`migrations.tool\``,
    )
  }
  return {text, faults: []}
}

function keepSections(text: string, up: RegExp, down: RegExp): string {
  let kept = ''
  let applied = true
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, lineEnd(text, at) + 1)
    const line = text.slice(at, end)
    if (up.test(line)) applied = true
    else if (down.test(line)) applied = false
    kept += applied ? line : blank(line, /[^\r\n]+/g)
    at = end
  }
  return kept
}

function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => ' '.repeat(found.length))
}

function findConflicts(text: string): {start: number; end: number}[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return []
  const found: {start: number; end: number}[] = []
  let start: number | undefined
  for (const mark of text.matchAll(/^(<{7}|>{7})(?: .*)?\r?$/gm)) {
    if (mark[1] === '<<<<<<<') start ??= mark.index
    else {
      found.push({start: start ?? mark.index, end: mark.index + mark[0].length})
      start = undefined
    }
  }
  if (start !== undefined) found.push({start, end: text.length})
  return found
}
