/** Rules about the cells that say which object a row is about. */
import {goodRow, rule, table} from './rule.ts'

const audit = (name: string, schema = 'ops') =>
  table(goodRow, `| ${name} | ${schema} | Writes the audit log. | Append-only. | Core Team - 2025-01 |`)
const good = audit('`log_audit`')

export const nameRules = {
  'name-not-code': rule<{actual: string; expected: string}>({
    severity: 'error',
    title: 'An object name that is not a code span',
    message: ({actual, expected}) => `Unexpected object name ${actual}, expected ${expected}`,
    mend: () => 'Put the name between backticks.',
    why: 'Outside of a code span Markdown reads marks in names: `__init__` turns into **init**, `a*b*` into *b*.',
    example: {bad: audit('log_audit'), good},
  }),
  'several-names': rule<{count: number}>({
    severity: 'error',
    title: 'Several objects in one row',
    message: ({count}) => `Unexpected ${count} object names in one cell, expected one`,
    mend: () => 'Write one row for each object.',
    why: 'Each exception is justified and approved on its own, and a difference is shown row by row.',
    example: {bad: audit('`log_audit`, `log_error`'), good},
  }),
  'invalid-name': rule<{actual: string; reason: string; expected: string}>({
    severity: 'error',
    title: 'An object name or signature that PostgreSQL could not mean',
    message: ({actual, reason, expected}) => `Unexpected ${actual}: ${reason}, expected ${expected}`,
    mend: ({expected}) => `Write ${expected}.`,
    why: [
      'The cell takes `` `fn` ``, `` `fn()` ``, `` `fn(uuid, app_role)` ``, `` `fn(p_id uuid) → boolean` `` (names and',
      'the result are dropped), `` `schema.fn(text)` `` and quoted identifiers. `fn()` is a signature: the routine',
      'without arguments. Anything else would be half-read.',
    ].join('\n'),
    example: {bad: audit('`log audit`'), good},
  }),
  'upper-case-name': rule<{actual: string; folded: string}>({
    severity: 'error',
    title: 'Upper case in a name without quotes',
    message: ({actual, folded}) =>
      `Unexpected upper case in ${actual}, expected \`${folded}\` or \`"${actual}"\``,
    mend: ({actual, folded}) =>
      `Write \`${folded}\`, or \`"${actual}"\` if the object really has upper case.`,
    why: 'PostgreSQL folds unquoted names to lower case, so that the cell could mean either of two objects.',
    example: {bad: audit('`Log_Audit`'), good},
  }),
  'look-alike-letter': rule<{actual: string; letters: string}>({
    severity: 'error',
    title: 'Letters of another alphabet that look like Latin ones',
    message: ({actual, letters}) => `Unexpected ${letters} in ${actual}, expected letters of one alphabet`,
    mend: () => 'Type the name again.',
    why: 'A Cyrillic `а` is another letter than a Latin `a`: the row would excuse another object than it shows.',
    example: {bad: audit('`log_\u0430udit`'), good},
  }),
  'schema-conflict': rule<{actual: string; expected: string}>({
    severity: 'error',
    title: 'A name whose schema is not that of the Schema column',
    message: ({actual, expected}) => `Unexpected schema ${actual} in the object name, expected ${expected}`,
    mend: () => 'Make the Schema column and the qualified name agree.',
    why: 'One of the two is wrong, and the row would excuse whichever object is guessed.',
    example: {bad: audit('`public.log_audit`'), good: audit('`ops.log_audit`')},
  }),
  'schema-heading': rule<{actual: string; expected: string; heading: string}>({
    severity: 'error',
    title: 'A row whose schema is not the one that its heading names',
    message: ({actual, expected, heading}) =>
      `Unexpected schema ${actual} below the heading “${heading}”, expected ${expected}`,
    mend: ({expected}) => `Write ${expected}, or move the row to the section of its schema.`,
    why: 'Reviewers read by section: a row in the wrong one is overlooked, or is a copy that was not finished.',
    example: {
      bad: `## OPS Schema Functions\n\n${audit('`log_audit`', 'public')}`,
      good: `## OPS Schema Functions\n\n${good}`,
    },
  }),
  'schema-unknown': rule<Record<never, never>>({
    severity: 'error',
    title: 'A row that names no schema',
    message: () =>
      'Unexpected row without a schema, expected one in the cell, a Schema column or the heading',
    mend: () => 'Write `schema.name` in the cell, or add a Schema column.',
    why: 'A name without a schema covers whatever object of that name a search path finds first.',
    example: {
      bad: [
        '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
        '| --- | --- | --- | --- |',
        '| `log_audit` | Writes the audit log. | Append-only. | Core Team - 2025-01 |',
        '| `ops.log_action` | Writes the audit log. | Append-only. | Core Team - 2025-01 |',
        '',
      ].join('\n'),
      good: [
        '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
        '| --- | --- | --- | --- |',
        '| `ops.log_audit` | Writes the audit log. | Append-only. | Core Team - 2025-01 |',
        '',
      ].join('\n'),
    },
  }),
  'duplicate-entry': rule<{id: string; line: number}>({
    severity: 'error',
    title: 'The same object twice',
    message: ({id, line}) => `Unexpected second row for ${id}, expected one; the first is at line ${line}`,
    mend: () => 'Delete one of the two rows, or state the signatures if they are overloads.',
    why: 'Two rows can say two things, and removing one of them would look like revoking the exception.',
    example: {bad: table(goodRow, goodRow), good: table(goodRow)},
  }),
  'mixed-signatures': rule<{id: string; other: string; line: number}>({
    severity: 'error',
    title: 'The same name with and without a signature',
    message: ({id, other, line}) =>
      `Unexpected ${id} beside ${other} (line ${line}), expected signatures in both`,
    mend: () => 'State the argument types in both rows.',
    why: 'A name without a signature covers exactly one routine. Beside one with a signature, which one is open.',
    example: {
      bad: audit('`log_action(uuid)`'),
      good: table(
        goodRow.replace('log_action', 'log_action(text)'),
        goodRow.replace('log_action', 'log_action(uuid)'),
      ),
    },
  }),
  'invalid-grant': rule<{actual: string; expected: string}>({
    severity: 'error',
    title: 'A privilege or a grantee that PostgreSQL does not have',
    message: ({actual, expected}) => `Unexpected ${actual}, expected ${expected}`,
    mend: () => 'List privileges with commas, and name one role, or PUBLIC, per row.',
    why: 'A row of kind `grant` excuses exactly the privileges that it names, held by exactly the role it names.',
    example: {
      bad: grant('EXCUTE'),
      good: grant('EXECUTE'),
    },
  }),
}

function grant(privileges: string): string {
  const head =
    '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |'
  const row = (name: string, list: string) =>
    `| \`${name}\` | public | ${list} | anon | A public form. | Rate limited. | Core Team - 2025-09 |`
  const rows = [row('submit_lead', privileges), row('ping', 'EXECUTE')]
  return [head, '| --- | --- | --- | --- | --- | --- | --- |', ...rows, ''].join('\n')
}
