/** Documents in many styles, each with the line that a new row is to be in it. */
import {row, table} from './read.ts'

export type StyledDocument = {
  readonly name: string
  readonly text: string
  /** The new row as it must be written, without its line ending. */
  readonly row: string
  readonly object?: string
  readonly section?: string
  readonly config?: unknown
  /** Where the configuration says, and what is chosen among several. */
  readonly path?: string
  readonly on?: string
  /** What git counts, where a table ends a document that ends without a line ending: `2 1`. */
  readonly endsOpen?: true
}

/** What is added to each of them. */
export const addition = {
  object: 'ops.prune',
  why: 'Prunes a|b.',
  risks: 'Age is checked.',
  approvedBy: 'Core Team - 2025-01',
}

const compactRow = '| `prune` | ops | Prunes a\\|b. | Age is checked. | Core Team - 2025-01 |'
const header = '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |'
const delimiter = '| --- | --- | --- | --- | --- |'
const lines = (...all: string[]): string => [...all, ''].join('\n')

const aligned = [
  '| Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By         |',
  '| ------------ | ------ | -------------------- | --------------- | ------------------- |',
  '| `log_action` | ops    | Writes the audit log | Append-only.    | Core Team - 2025-01 |',
]
const alignedRow = '| `prune`      | ops    | Prunes a\\|b.         | Age is checked. | Core Team - 2025-01 |'

const other = (schema: string) => row({name: '`charge`', schema})

export const styledDocuments: readonly StyledDocument[] = [
  {name: 'compact', text: table(row()), row: compactRow},
  {name: 'aligned', text: lines(...aligned), row: alignedRow},
  {
    name: 'aligned, with one row that is too long',
    text: lines(
      ...aligned,
      '| `queue_job`  | ops    | Queues jobs for all. | Parameters are validated. | Core Team - 2025-01 |',
      aligned[2]?.replace('log_action', 'log_accent') ?? '',
    ),
    row: alignedRow,
  },
  {
    name: 'aligned left, centre and right as formatters do it',
    text: lines(
      '| Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated |         Approved By |',
      '| :----------- | :----: | :------------------: | :-------------- | ------------------: |',
      '| `log_action` |  ops   |  Writes the log now  | Append-only.    | Core Team - 2025-01 |',
    ),
    row: '| `prune`      |  ops   |     Prunes a\\|b.     | Age is checked. | Core Team - 2025-01 |',
  },
  {
    name: 'right by its delimiter, left by hand',
    text: lines(
      '| Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By         |',
      '| -----------: | -----: | -------------------- | --------------- | ------------------- |',
      '| `log_action` | ops    | Writes the audit log | Append-only.    | Core Team - 2025-01 |',
    ),
    row: alignedRow,
  },
  {
    name: 'without outer pipes',
    text: lines(
      'Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By',
      '--- | --- | --- | --- | ---',
      '`log_action` | ops | Writes it. | Append-only. | Core Team - 2025-01',
    ),
    row: '`prune` | ops | Prunes a\\|b. | Age is checked. | Core Team - 2025-01',
  },
  {
    name: 'aligned without outer pipes',
    text: lines(
      'Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By',
      '------------ | ------ | -------------------- | --------------- | -----------',
      '`log_action` | ops    | Writes the audit log | Append-only.    | Core Team - 2025-01',
    ),
    row: '`prune`      | ops    | Prunes a\\|b.         | Age is checked. | Core Team - 2025-01',
  },
  {
    name: 'without blanks around the pipes',
    text: lines(
      '|Object Name|Schema|Why SECURITY DEFINER|Risks Mitigated|Approved By|',
      '|-|-|-|-|-|',
      '|`log_action`|ops|Writes it.|Append-only.|Core Team - 2025-01|',
    ),
    row: '|`prune`|ops|Prunes a\\|b.|Age is checked.|Core Team - 2025-01|',
  },
  {
    name: 'tabs around the cells',
    text: lines(
      header,
      delimiter,
      '|\t`log_action`\t|\tops\t|\tWrites it.\t|\tAppend-only.\t|\tCore Team - 2025-01\t|',
    ),
    row: '|\t`prune`\t|\tops\t|\tPrunes a\\|b.\t|\tAge is checked.\t|\tCore Team - 2025-01\t|',
  },
  {name: 'carriage returns', text: table(row()).replaceAll('\n', '\r\n'), row: compactRow},
  {
    name: 'no line ending at its end, behind the table',
    text: `${table(row())}\nReviewed every quarter.`,
    row: compactRow,
  },
  {
    name: 'no line ending at the end of the table',
    text: table(row()).trimEnd(),
    row: compactRow,
    endsOpen: true,
  },
  {name: 'a byte order mark', text: `\ufeff${table(row())}`, row: compactRow},
  {
    name: 'wide letters, aligned as they are drawn',
    text: lines(
      '| Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By         |',
      '| ------------ | ------ | -------------------- | --------------- | ------------------- |',
      '| `log_action` | ops    | 監査ログに書き込む。 | Append-only. ✅ | Core Team - 2025-01 |',
    ),
    row: alignedRow,
  },
  {
    name: 'in a list',
    text: lines('- The functions:', '', `  ${header}`, `  ${delimiter}`, `  ${row()}`, '- The end.'),
    row: `  ${compactRow}`,
  },
  {
    name: 'in a quote',
    text: lines('> # Exceptions', '>', `> ${header}`, `> ${delimiter}`, `> ${row()}`, '>', '> The end.'),
    row: `> ${compactRow}`,
  },
  {
    name: 'indented by two blanks',
    text: lines(`  ${header}`, `  ${delimiter}`, `  ${row()}`),
    row: `  ${compactRow}`,
  },
  {
    name: 'several tables, one for each schema',
    text: lines(
      '# Exceptions',
      '',
      '## OPS Schema Functions',
      '',
      table(row()),
      '## INTAKE Schema Functions',
      '',
      table(other('intake')),
    ),
    row: compactRow,
  },
  {
    name: 'several tables in one schema, chosen by heading',
    text: lines(
      '## OPS schema',
      '',
      '### Jobs',
      '',
      table(row()),
      '### Reports',
      '',
      table(row({name: '`report`'})),
    ),
    section: 'reports',
    row: compactRow,
  },
  {
    name: 'one heading under two schemas',
    text: lines(
      '## INTAKE schema',
      '',
      '### Jobs',
      '',
      table(other('intake')),
      '## OPS schema',
      '',
      '### Jobs',
      '',
      table(row()),
    ),
    section: 'Jobs',
    row: compactRow,
  },
  {
    name: 'escaped pipes in its rows',
    text: table(row({why: 'Writes a\\|b and `c\\|d`.'})),
    row: compactRow,
  },
  {
    name: 'renamed columns',
    text: lines('| Function | Schema | Why SECURITY DEFINER | Safeguards | Sign-off |', delimiter, row()),
    config: {
      columns: {'Object Name': 'Function', 'Risks Mitigated': 'Safeguards', 'Approved By': ['Sign-off']},
    },
    row: compactRow,
  },
  {
    name: 'further columns, in another order',
    text: lines(
      '| No | Approved By | Object Name | Risks Mitigated | Why SECURITY DEFINER | Schema | Ticket |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| 1 | Core Team - 2025-01 | `log_action` | Append-only. | Writes it. | ops | SEC-1 |',
    ),
    row: '|  | Core Team - 2025-01 | `prune` | Age is checked. | Prunes a\\|b. | ops |  |',
  },
  {
    name: 'without outer pipes, with an empty column at either end',
    text: lines(
      'No | Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By | Ticket',
      '--- | --- | --- | --- | --- | --- | ---',
      '1 | `log_action` | ops | Writes it. | Append-only. | Core Team - 2025-01 | SEC-1',
    ),
    row: '| | `prune` | ops | Prunes a\\|b. | Age is checked. | Core Team - 2025-01 | |',
  },
  {
    name: 'the schema in the heading alone',
    text: lines(
      '## Schema `ops`',
      '',
      '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      '| --- | --- | --- | --- |',
      '| `log_action` | Writes it. | Append-only. | Core Team - 2025-01 |',
    ),
    row: '| `prune` | Prunes a\\|b. | Age is checked. | Core Team - 2025-01 |',
  },
  {
    name: 'the schema in the name alone',
    text: lines(
      '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      '| --- | --- | --- | --- |',
      '| `ops.log_action` | Writes it. | Append-only. | Core Team - 2025-01 |',
    ),
    row: '| `ops.prune` | Prunes a\\|b. | Age is checked. | Core Team - 2025-01 |',
  },
  {
    name: 'schemas in code',
    text: table(row({schema: '`ops`'})),
    row: compactRow.replace(' ops ', ' `ops` '),
  },
  {
    name: 'nested headings',
    text: lines('# A', '', '## OPS schema', '', '### Jobs', '', '#### Old ones', '', table(row())),
    row: compactRow,
  },
  {
    name: 'blanks behind its rows',
    text: lines(header, delimiter, `${row()}   `, '', 'The end.'),
    row: compactRow,
  },
  {
    name: 'comments around the table',
    text: lines('<!-- prettier-ignore-start -->', '', table(row()), '<!-- prettier-ignore-end -->'),
    row: compactRow,
  },
  {
    name: 'a heading right below the table',
    text: lines(header, delimiter, row(), '## What else', '', 'Nothing.'),
    row: compactRow,
  },
  {
    name: 'a comment right below the table',
    text: lines(header, delimiter, row(), '<!-- end -->', '', 'Nothing.'),
    row: compactRow,
  },
  {
    name: 'underlined headings',
    text: lines(
      'INTAKE schema',
      '-------------',
      '',
      table(other('intake')),
      'OPS schema',
      '----------',
      '',
      table(row()),
      'History',
      '=======',
    ),
    row: compactRow,
  },
  {
    name: 'an example in a code fence in front',
    text: lines(
      '```md',
      header,
      delimiter,
      row({name: '`fn`'}),
      '```',
      '',
      header,
      delimiter,
      row(),
      '',
      'The end.',
    ),
    row: compactRow,
  },
  {
    name: 'two registries',
    text: table(row()),
    config: {
      registries: [
        {name: 'core', document: 'core/EXCEPTIONS.md', outputDir: 'core/generated'},
        {name: 'jobs', document: 'jobs/EXCEPTIONS.md', outputDir: 'jobs/generated'},
      ],
    },
    path: 'jobs/EXCEPTIONS.md',
    on: 'jobs/EXCEPTIONS.md',
    row: compactRow,
  },
  {
    name: 'a header without a row',
    text: lines('# Exceptions', '', header, delimiter, '', 'The end.'),
    row: compactRow,
  },
  {
    name: 'an aligned header without a row',
    text: lines(...aligned.slice(0, 2)),
    row: alignedRow,
  },
  {
    name: 'another schema in its only table',
    text: table(row()),
    object: 'intake.prune',
    row: compactRow.replace(' ops ', ' intake '),
  },
  {
    name: 'a quoted name with arguments',
    text: table(row()),
    object: 'ops."Prune all"(uuid, character varying(20))',
    row: compactRow.replace('`prune`', '`"Prune all"(uuid, character varying)`'),
  },
]
