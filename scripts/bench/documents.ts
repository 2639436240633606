/** Projects to measure on: the repository's own document, and tables of any length like it. */
import {cpSync, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const document = 'docs/SECURITY_EXCEPTIONS.md'

export type BenchProject = {readonly folder: string; readonly document: string; readonly rows: number}

/** The real document, with its 111 rows. */
export function realProject(): BenchProject {
  const folder = emptyProject()
  cpSync(path.join(root, document), path.join(folder, document))
  return {folder, document, rows: 111}
}

/** One table of `rows` rows, each as wide as those of the real document, aligned as an editor leaves it. */
export function syntheticProject(rows: number): BenchProject {
  const folder = emptyProject()
  const cells = Array.from({length: rows}, (_, index) => [
    `\`routine_${String(index).padStart(6, '0')}\``,
    'ops',
    `Inserts row ${index} into the queue. Must work from any authenticated context.`,
    'Parameter validation, no dynamic SQL, idempotent.',
    'Core Team - 2025-01',
  ])
  const header = ['Object Name', 'Schema', 'Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']
  const widths = header.map((heading, column) =>
    Math.max(heading.length, ...[cells[0], cells.at(-1)].map((row) => row?.[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const delimiter = line(widths.map((width) => '-'.repeat(width)))
  const text = [
    '# Security Exceptions',
    '',
    '## OPS Schema Functions',
    '',
    line(header),
    delimiter,
    ...cells.map(line),
    '',
  ]
  writeFileSync(path.join(folder, document), text.join('\n'))
  return {folder, document, rows}
}

function emptyProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'secdef-bench-'))
  mkdirSync(path.join(folder, 'docs'))
  return folder
}
