/** Rules about tables and their rows. */
import {goodRow, rule, table} from './rule.ts'

const nearHeader = (column: string) =>
  [
    `| Object Name | Schema | ${column} | Risks Mitigated | Approved By |`,
    '| --- | --- | --- | --- | --- |',
  ].concat(goodRow, '')

export const tableRules = {
  'table-header': rule<{actual: string; expected: string}>({
    severity: 'error',
    title: 'A header that is nearly that of a registry table',
    message: ({actual, expected}) => `Unexpected header ${actual}, expected ${expected}`,
    mend: ({expected}) => `Write ${expected}, or name the heading under \`columns\` in the configuration.`,
    why: [
      'A table belongs to the registry when its header names the columns of a kind of exception. One letter off, and',
      'the whole table would be left alone as somebody else’s. Headings are compared without regard to case and',
      'spacing; a configuration can rename them.',
    ].join('\n'),
    example: {
      bad: [...nearHeader('Why SECURITY DEFINERS'), table(goodRow.replace('log_action', 'log_audit'))].join(
        '\n',
      ),
      good: table(goodRow),
    },
  }),
  'duplicate-column': rule<{heading: string}>({
    severity: 'error',
    title: 'A column that stands twice in a header',
    message: ({heading}) => `Unexpected second column ${heading}, expected each heading once`,
    mend: () => 'Delete or rename one of the two columns.',
    why: 'Which of the two cells counts would be a guess.',
    example: {
      bad: [
        '| Object Name | Schema | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
        '| --- | --- | --- | --- | --- | --- |',
        '| `log_audit` | ops | ops | Writes the audit log. | Append-only. | Core Team - 2025-01 |',
        '',
        table(goodRow),
      ].join('\n'),
      good: table(goodRow),
    },
  }),
  'unread-table': rule<Record<never, never>>({
    severity: 'error',
    title: 'A table whose rows look like entries but whose header does not',
    message: () => 'Unexpected rows that look like entries below a header that is not of a registry table',
    mend: () =>
      'Give the table the header of a registry table, or name its headings under `columns` in the configuration.',
    why: [
      'A delimiter row in the wrong place makes a header out of an entry, and a header in another language is not',
      'recognised. In both cases the rows would be left alone although they are meant to count.',
    ].join('\n'),
    example: {
      bad: `${table(goodRow)}\n| Rotina | Esquema | Motivo | Riscos | Aprovado |\n| --- | --- | --- | --- | --- |\n${goodRow}\n`,
      good: table(goodRow),
    },
  }),
  'text-in-table': rule<{text: string}>({
    severity: 'error',
    title: 'A line of text right below a table',
    message: ({text}) => `Unexpected text ${text} in a table, expected a row or a blank line`,
    mend: () => 'Put a blank line between the table and the text.',
    why: 'Markdown reads a line that follows a table without a blank line as one more row, of one cell.',
    example: {
      bad: table(goodRow, 'Reviewed every quarter.'),
      good: table(goodRow, '', 'Reviewed every quarter.'),
    },
  }),
  'missing-cell': rule<{actual: number; expected: number; columns: string}>({
    severity: 'error',
    title: 'A row with too few cells',
    message: ({actual, expected}) => `Unexpected row of ${cells(actual)}, expected ${expected}`,
    mend: ({columns}) => `Add the missing cells; the columns are ${columns}.`,
    why: 'GitHub draws the missing cells empty, and every cell behind the gap stands in the wrong column.',
    example: {
      bad: table(goodRow, '| `log_audit` | ops | Writes the audit log. | Core Team - 2025-01 |'),
      good: table(goodRow),
    },
  }),
  'surplus-cell': rule<{actual: number; expected: number; columns: string}>({
    severity: 'error',
    title: 'A row with too many cells',
    message: ({actual, expected}) => `Unexpected row of ${cells(actual)}, expected ${expected}`,
    mend: () =>
      'Write `\\|` for a pipe that belongs into a cell, in code too; delete cells that are too many.',
    why: [
      'A pipe ends a cell even inside a code span. GitHub hides the surplus cell while parsers keep it, so that a',
      'reviewer would approve something else than what is read.',
    ].join('\n'),
    example: {
      bad: table(goodRow, '| `log_audit` | ops | Writes `a|b`. | Append-only. | Core Team - 2025-01 |'),
      good: table(goodRow, '| `log_audit` | ops | Writes `a\\|b`. | Append-only. | Core Team - 2025-01 |'),
    },
  }),
}

function cells(count: number): string {
  return count === 1 ? '1 cell' : `${count} cells`
}
