/** Rules about what may stand in any cell of a registry row. */
import {goodRow, rule, table} from './rule.ts'

const audit = (cells: {name?: string; schema?: string; why?: string; risks?: string; approved?: string}) =>
  table(
    goodRow,
    `| ${cells.name ?? '`log_audit`'} | ${cells.schema ?? 'ops'} | ${cells.why ?? 'Writes the audit log.'} | ${
      cells.risks ?? 'Append-only.'
    } | ${cells.approved ?? 'Core Team - 2025-01'} |`,
  )
const good = audit({})

export const cellRules = {
  'empty-cell': rule<{column: string}>({
    severity: 'error',
    title: 'An empty cell',
    message: ({column}) => `Unexpected empty cell, expected ${column}`,
    mend: ({column}) => `Fill in ${column}.`,
    why: 'An exception without a reason, a risk or an approver is an exception that nobody has answered for.',
    example: {bad: audit({risks: ' '}), good},
  }),
  placeholder: rule<{actual: string; column: string}>({
    severity: 'error',
    title: 'A placeholder instead of a statement',
    message: ({actual, column}) => `Unexpected placeholder ${actual}, expected ${column}`,
    mend: ({column}) => `Write the real ${column}.`,
    why: 'TODO, TBD, n/a, a dash: the cell is filled, but nothing has been said.',
    example: {bad: audit({why: 'TODO'}), good},
  }),
  'html-in-cell': rule<{actual: string}>({
    severity: 'error',
    title: 'HTML in a cell',
    message: ({actual}) => `Unexpected HTML ${actual}, expected text`,
    mend: () =>
      'Take the tag away, or write it as code between backticks. `<br>` alone is read, as a line break.',
    why: 'HTML can hide text from a reviewer that a parser reads, and is drawn differently by every host.',
    example: {bad: audit({why: 'Writes <!-- everything --> the audit log.'}), good},
  }),
  'struck-through': rule<{actual: string}>({
    severity: 'error',
    title: 'Struck-through text',
    message: ({actual}) => `Unexpected struck-through text ${actual}, expected text that holds`,
    mend: () => 'Delete what no longer holds; the history of the document keeps it.',
    why: 'To a reader a struck row is revoked; to a parser it is a row like any other.',
    example: {bad: audit({name: '~~`log_audit`~~'}), good},
  }),
  'stray-backtick': rule<Record<never, never>>({
    severity: 'error',
    title: 'A backtick without its partner',
    message: () => 'Unexpected backtick without its partner, expected a closed code span',
    mend: () =>
      'Close the code span; write `\\|` for a pipe inside it, and `` \\` `` for a backtick that is meant.',
    why: 'A pipe inside a code span ends the cell, and cuts the span in two: the rest has moved one column on.',
    example: {
      bad: table(goodRow, '| `log_audit` | ops | Writes `a | b`. | Core Team - 2025-01 |'),
      good,
    },
  }),
  'invisible-character': rule<{codePoint: string; name: string}>({
    severity: 'error',
    title: 'A character that cannot be seen',
    message: ({codePoint, name}) =>
      `Unexpected invisible character ${codePoint}${name === '' ? '' : ` (${name})`}`,
    mend: () => 'Delete it, or type the text again.',
    why: [
      'A zero-width or no-break character makes two names that look the same differ; a bidirectional control makes',
      'text read in another order than it is stored.',
    ].join('\n'),
    example: {bad: audit({name: '`log\u200b_audit`'}), good},
  }),
  'reserved-text': rule<{actual: string}>({
    severity: 'error',
    title: 'Text that other tools would obey',
    message: ({actual}) =>
      `Unexpected ${actual} in a cell, expected text that no tool takes for an instruction`,
    mend: () => 'Say it in other words.',
    why: [
      'Cells become comments in the database and text in files. There pg_graphql reads `@graphql(…)` as',
      'configuration, and `secdef:begin` and `secdef:end` mark what secdef may overwrite.',
    ].join('\n'),
    example: {bad: audit({why: 'See @graphql({"name": "x"}).'}), good},
  }),
  'unreadable-content': rule<{actual: string}>({
    severity: 'error',
    title: 'Content that a cell cannot hold',
    message: ({actual}) => `Unexpected ${actual} in a cell, expected text, code or a link`,
    mend: () => 'Say it in text.',
    why: 'Footnotes, images and formulas have no text of their own, so that part of the statement would be lost.',
    example: {bad: audit({why: 'Writes ![the audit log](log.png).'}), good},
  }),
}
