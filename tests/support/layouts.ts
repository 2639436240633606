/** The same table in the layouts that people and formatters leave it in. */
import stringWidth from 'string-width'

export type Layout = {
  readonly name: string
  readonly write: (rows: readonly (readonly string[])[]) => string
}

export const heading = ['Object Name', 'Schema', 'Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']

/** A good row, but for its name. */
export const soundCells = (name: string): string[] => [
  `\`${name}\``,
  'ops',
  'Writes the audit log.',
  'Append-only.',
  'Core Team - 2025-01',
]

const compactLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function compact(rows: readonly (readonly string[])[]): string[] {
  return [compactLine(heading), compactLine(heading.map(() => '---')), ...rows.map(compactLine)]
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((cell, index) =>
    Math.max(stringWidth(cell), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    compactLine(cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell))))
  return [
    line(heading),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => (row.length === heading.length ? line(row) : compactLine(row))),
  ]
}

const joined = (lines: readonly string[], ending = '\n') => lines.map((line) => line + ending).join('')

export const layouts: readonly Layout[] = [
  {name: 'compact', write: (rows) => joined(compact(rows))},
  {name: 'aligned', write: (rows) => joined(aligned(rows))},
  {name: 'with carriage returns', write: (rows) => joined(compact(rows), '\r\n')},
  {
    name: 'without blanks',
    write: (rows) =>
      joined([heading, heading.map(() => '-'), ...rows].map((cells) => `|${cells.join('|')}|`)),
  },
  {
    name: 'without outer pipes',
    write: (rows) => joined([heading, heading.map(() => '---'), ...rows].map((cells) => cells.join(' | '))),
  },
  {name: 'in a quote', write: (rows) => joined(compact(rows).map((line) => `> ${line}`))},
  {
    name: 'in a list',
    write: (rows) => joined(compact(rows).map((line, index) => (index === 0 ? '- ' : '  ') + line)),
  },
  {
    name: 'below a heading and a text',
    write: (rows) => `# Exceptions\n\nWhat we allow.\n\n${joined(aligned(rows))}\nThe end.\n`,
  },
]
