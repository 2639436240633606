/** Entries for a person: a line each, in columns that fit into a terminal. Loaded only where they are asked for. */
import stringWidth from 'string-width'
import type {Entry} from '../model/entry.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

export type ListedEntry = {
  readonly path: string
  readonly entry: {readonly value: Entry}
  readonly validity: {readonly until: string; readonly state: 'holds' | 'expiring' | 'expired'} | undefined
}

export type ListView = {
  readonly entries: readonly ListedEntry[]
  /** Path as the reader can open it from where they are. */
  readonly showPath: (path: string) => string
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
}

type Column = {
  readonly heading: string
  readonly cell: (entry: ListedEntry) => string
  readonly color?: (entry: ListedEntry) => Parameters<Style>[0] | undefined
}

const gap = 2

/** The last column gets what the others leave, and this at least; a line may then be wider than the terminal. */
const minLast = 12

const colors = {holds: undefined, expiring: 'yellow', expired: 'red'} as const

/** Nothing is left out but the end of the last column, and then there is an ellipsis. */
export function listTable({entries, showPath, style, width}: ListView): string {
  const paths = [...new Set(entries.map(({path}) => path))]
  const columns = columnsOf(entries)
  const widths = columns.map(({heading, cell}) =>
    Math.max(stringWidth(heading), ...entries.map((entry) => stringWidth(visible(cell(entry))))),
  )
  const fixed = widths.slice(0, -1).reduce((sum, one) => sum + one + gap, 0)
  const room = Math.max(width - fixed, minLast)
  const line = (cells: readonly string[], paint: (text: string, index: number) => string) =>
    cells
      .map((text, index) => {
        if (index === cells.length - 1) return paint(take(text, room), index)
        return `${paint(text, index)}${' '.repeat((widths[index] ?? 0) - stringWidth(text) + gap)}`
      })
      .join('')
      .trimEnd()
  const head = line(
    columns.map(({heading}) => heading),
    (text) => style('bold', text),
  )
  const rows = (path: string) =>
    entries
      .filter((entry) => entry.path === path)
      .map((entry) =>
        line(
          columns.map(({cell}) => visible(cell(entry))),
          (text, index) => {
            const color = columns[index]?.color?.(entry)
            return color === undefined ? text : style(color, text)
          },
        ),
      )
  const blocks = paths.map((path) => [
    ...(paths.length > 1 ? [style('underline', visible(showPath(path)))] : []),
    head,
    ...rows(path),
  ])
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** Columns that would say the same in every line are left out. */
function columnsOf(entries: readonly ListedEntry[]): Column[] {
  const isMixed = new Set(entries.map(({entry}) => entry.value.kind)).size > 1
  const hasAge = entries.some(({validity}) => validity !== undefined)
  const kind: Column = {heading: 'Kind', cell: ({entry}) => entry.value.kind}
  const until: Column = {
    heading: 'Holds until',
    cell: ({validity}) => validity?.until ?? '',
    color: ({validity}) => (validity === undefined ? undefined : colors[validity.state]),
  }
  return [
    {heading: 'Entry', cell: ({entry}) => entry.value.id},
    ...(isMixed ? [kind] : []),
    {heading: 'Approved by', cell: ({entry: {value}}) => `${value.approval.by} - ${value.approval.date}`},
    ...(hasAge ? [until] : []),
    {heading: 'Why', cell: ({entry}) => entry.value.why.replaceAll('\n', ' ')},
  ]
}

function take(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let taken = ''
  for (const {segment} of new Intl.Segmenter('en').segment(text)) {
    if (stringWidth(taken + segment) > columns - 1) break
    taken += segment
  }
  return `${taken}…`
}
