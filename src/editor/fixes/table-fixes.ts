/** Fixes for headers, for what ends a table too early, and for rows that are there twice. */
import {knownColumns} from '../../model/column.ts'
import {containerMarksOf, contentOf} from '../../source/container-marks.ts'
import {removeLine} from '../../source/edit/remove-row.ts'
import {splitRow} from '../../source/edit/segments.ts'
import type {TextEdit} from '../../source/edit/text-edit.ts'
import {endingOf, type FixContext, type Proposal, type Propose} from './fix-context.ts'

export const nameColumn: Propose<'table-header'> = ({reading, finding}) => {
  const {place, args} = finding
  if (place === undefined || !knownColumns.includes(args.expected)) return []
  const [start, end] = [place.start.offset, place.end.offset]
  // Where a column is missing, the finding points at the whole header.
  if (reading.text.slice(start, end).includes('|')) return []
  return [{title: `Write ${args.expected}`, edits: [{start, end, text: args.expected}], isForm: true}]
}

export const partText: Propose<'text-in-table'> = ({reading, finding}) => {
  if (finding.place === undefined) return []
  const {line} = finding.place.start
  return [{title: 'Put a blank line above the text', edits: [blankAbove(reading, line)], isForm: true}]
}

export const gatherRows: Propose<'stray-row'> = (context) => {
  const {cause} = context.finding.args
  const {place} = context.finding
  if (place === undefined) return []
  const [first, last] = [place.start.line, place.end.line]
  switch (cause) {
    case 'blank-line':
      return [deleteBlanks(context, first)]
    case 'delimiter':
    case 'no-delimiter':
      return writeDelimiter(context, first, last)
    case 'indented-code':
      return [outdent(context, first, last)]
    case 'html-block':
      return [
        {
          title: 'Put a blank line above the table',
          edits: [blankAbove(context.reading, first)],
          isForm: true,
        },
      ]
    default:
      return []
  }
}

/** Two rows that are equal say the same; of others, one must be chosen. */
export const removeDuplicate: Propose<'duplicate-entry'> = ({reading, finding}) => {
  const {lines} = reading
  const second = finding.place?.start.line
  if (second === undefined) return []
  const first = finding.args.line
  const isSame = lines.text(first).trim() === lines.text(second).trim()
  const remove = (title: string, line: number): Proposal => ({
    title,
    edits: [removeLine(lines, line)],
    isForm: isSame,
  })
  const own = remove('Delete this row', second)
  return isSame ? [own] : [own, remove(`Delete the row in line ${first}`, first)]
}

function deleteBlanks({reading: {lines}}: FixContext, first: number): Proposal {
  let above = first - 1
  while (above > 1 && lines.text(above - 1).trim() === '') above--
  const edit = {start: lines.start(above), end: lines.start(first), text: ''}
  const what = first - above === 1 ? 'line' : 'lines'
  return {title: `Delete the blank ${what} above`, edits: [edit], isForm: true}
}

/** One mark for each cell of the header, in place of the delimiter row that there is, or as a new one. */
function writeDelimiter({reading}: FixContext, first: number, last: number): Proposal[] {
  const {lines, text} = reading
  let line = first
  while (line <= last && !/^[\s|:-]*-[\s|:-]*$/.test(contentOf(lines.text(line)))) line++
  const isThere = line <= last
  const header = isThere ? line - 1 : first
  if (header < 1) return []
  const {prefix, segments} = splitRow(lines, header)
  const old = isThere ? splitRow(lines, line).segments.map((segment) => segment.text.trim()) : []
  const marks = segments.map((_, index) => old[index] || '---')
  const fresh = `${prefix}| ${marks.join(' | ')} |`
  const end = lines.start(header) + lines.text(header).length
  const edit: TextEdit = isThere
    ? {start: lines.start(line), end: lines.start(line) + lines.text(line).length, text: fresh}
    : {start: end, end, text: endingOf(text) + fresh}
  const title = isThere ? 'Give the delimiter row one cell for each column' : 'Add the delimiter row'
  return [{title, edits: [edit], isForm: true}]
}

function outdent({reading: {lines}}: FixContext, first: number, last: number): Proposal {
  const edits: TextEdit[] = []
  for (let line = first; line <= last; line++) {
    const blanks = /^[ \t]*/.exec(lines.text(line))?.[0].length ?? 0
    edits.push({start: lines.start(line), end: lines.start(line) + blanks, text: ''})
  }
  return {title: 'Take the indentation away', edits, isForm: true}
}

/** Blank but for the marks of the quotes that it is in. */
function blankAbove({lines, text}: FixContext['reading'], line: number): TextEdit {
  const start = lines.start(line)
  const marks = containerMarksOf(lines.text(line))
    .replace(/[^>\s]/g, ' ')
    .trimEnd()
  return {start, end: start, text: marks + endingOf(text)}
}
