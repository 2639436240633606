/** Rules about a document as a whole. */
import {goodRow, rule, table} from './rule.ts'

export const documentRules = {
  'no-registry-table': rule<Record<never, never>>({
    severity: 'fatal',
    title: 'A document without a registry table',
    message: () => 'Unexpected document without a registry table, expected at least one',
    mend: () =>
      'Add a table with the columns Object Name, Schema, Why SECURITY DEFINER, Risks Mitigated and Approved By.',
    why: 'A registry that lists nothing cannot be told from one that was not found. It is never a clean run.',
    example: {bad: '# Security exceptions\n\nNone yet.\n', good: table(goodRow)},
  }),
  'no-entries': rule<Record<never, never>>({
    severity: 'fatal',
    title: 'A registry without an entry',
    message: () => 'Unexpected registry without an entry, expected at least one row',
    mend: () => 'Add a row below the header of a registry table.',
    why: 'Nothing seen is never clean: an empty whitelist is far more often a mistake than the truth.',
    example: {bad: table(), good: table(goodRow)},
  }),
  'conflict-marker': rule<{marker: string}>({
    severity: 'fatal',
    title: 'Merge-conflict markers',
    message: ({marker}) => `Unexpected merge-conflict marker \`${marker}\``,
    mend: () => 'Resolve the conflict: keep the rows that are right and delete the marker lines.',
    why: [
      'Inside a table the markers become rows and the rows of **both** sides stay, so that an exception which',
      'one side had removed would be whitelisted again. Nothing is read from such a document.',
    ].join('\n'),
    example: {
      bad: table(
        '<<<<<<< HEAD',
        goodRow,
        '=======',
        goodRow.replace('log_action', 'log_audit'),
        '>>>>>>> topic',
      ),
      good: table(goodRow),
    },
  }),
  'invalid-utf8': rule<{found: string}>({
    severity: 'fatal',
    title: 'A document that is not UTF-8',
    message: ({found}) => `Unexpected ${found}, expected UTF-8 text`,
    mend: () => 'Save the document as UTF-8.',
    why: 'Bytes that do not decode turn into replacement characters, and a name with one is another name.',
  }),
  'deep-nesting': rule<{count: number; most: number}>({
    severity: 'fatal',
    title: 'Text that nests too deep to be read',
    message: ({count, most}) => `Unexpected ${count} marks that nest, expected at most ${most}`,
    mend: () => 'Take the marks of quotes, lists, emphasis and links apart into several lines or paragraphs.',
    why: [
      'What each mark belongs to depends on all the others, so that a parser takes hours over a line of a few thousand',
      'quotation marks or asterisks. Nobody writes such a line, and a check that does not end is no check.',
    ].join('\n'),
    example: {bad: `${table(goodRow)}\n${'> '.repeat(200)}Why?\n`, good: `${table(goodRow)}\n> > Why?\n`},
  }),
  'stray-row': rule<{cause: StrayCause; lines: number}>({
    severity: 'error',
    title: 'A line that looks like a row but is in no table',
    message: ({cause, lines}) =>
      `Unexpected ${lines === 1 ? 'row' : `${lines} rows`} outside of any table: ${strayCauses[cause].because}`,
    mend: ({cause}) => strayCauses[cause].mend,
    why: [
      'Markdown ends a table without a word: at a blank line, a comment, a delimiter row of the wrong width, inside',
      'an HTML block, behind four spaces. What follows is drawn as text and read by nobody. A lost row is a hole in',
      'the registry, so every line that looks like a row must be in a table. Put examples into a fenced code block.',
    ].join('\n'),
    example: {
      bad: table(goodRow, '', goodRow.replace('log_action', 'log_audit')),
      good: table(goodRow, goodRow.replace('log_action', 'log_audit')),
    },
  }),
}

/** Why a line that looks like a row is in no table. */
export type StrayCause = keyof typeof strayCauses

const strayCauses = {
  'blank-line': {
    because: 'a blank line ended the table above',
    mend: 'Delete the blank line, or give these rows a header of their own.',
  },
  'html-between': {
    because: 'a line of HTML ended the table above',
    mend: 'Move the HTML above or below the table.',
  },
  delimiter: {
    because: 'the delimiter row has not as many cells as the header',
    mend: 'Give the delimiter row one `---` for each column of the header.',
  },
  'no-delimiter': {
    because: 'there is no delimiter row below the header',
    mend: 'Add a line `| --- | --- | … |` below the header, one `---` for each column.',
  },
  comment: {
    because: 'they stand in an HTML comment',
    mend: 'Delete the rows, or take them out of the comment. An example belongs into a fenced code block.',
  },
  'html-block': {
    because: 'they stand in an HTML block, where Markdown is not read',
    mend: 'Put a blank line between the HTML tag and the table.',
  },
  'html-table': {
    because: 'a table is written in HTML',
    mend: 'Write it as a Markdown table.',
  },
  'indented-code': {
    because: 'four or more spaces before the pipe make it a code block',
    mend: 'Take the indentation away.',
  },
  'open-fence': {
    because: 'they stand in a code fence, and a fence of this document is never closed',
    mend: 'Close each fence with a line of its own; open one that shows fences with more backticks than those.',
  },
  text: {
    because: 'Markdown reads this as text',
    mend: 'Make it part of a table, or put it into a fenced code block.',
  },
} as const
