/** Rules about approvals, dates and references to other rows. */
import {goodRow, rule, table} from './rule.ts'

const audit = (risks: string, approved = 'Core Team - 2025-01', name = 'log_audit') =>
  table(goodRow, `| \`${name}\` | ops | Writes the audit log. | ${risks} | ${approved} |`)
const good = audit('Same as log_action.')

export const statementRules = {
  'invalid-approval': rule<{actual: string}>({
    severity: 'error',
    title: 'An approval that does not say who and when',
    message: ({actual}) =>
      `Unexpected approval ${actual}, expected \`who - YYYY-MM\` or \`who - YYYY-MM-DD\``,
    mend: () => 'Write who approved it and when, such as `Core Team - 2025-01`.',
    why: 'An approval without a date cannot be held against the change that it is meant to cover.',
    example: {bad: audit('Append-only.', 'Core Team'), good},
  }),
  'invalid-date': rule<{actual: string; expected: string}>({
    severity: 'error',
    title: 'A date that no calendar has',
    message: ({actual, expected}) => `Unexpected date ${actual}, expected ${expected}`,
    mend: () => 'Write a real date.',
    why: 'A date that does not exist was not meant; what was is a guess.',
    example: {bad: audit('Append-only.', 'Core Team - 2025-13'), good},
  }),
  'future-date': rule<{actual: string; today: string}>({
    severity: 'error',
    title: 'A date in the future',
    message: ({actual, today}) => `Unexpected date ${actual} in the future, expected ${today} or earlier`,
    mend: () => 'Write the date on which it was really done.',
    why: 'Nobody has approved anything tomorrow: it is a slip of the pen, or a way around the next review.',
    example: {bad: audit('Append-only.', 'Core Team - 2999-01'), good},
  }),
  'same-as-unknown': rule<{actual: string; suggestion: string | undefined}>({
    severity: 'error',
    title: '“Same as …” an entry that does not exist',
    message: ({actual}) => `Unexpected “Same as ${actual}”, expected the name of another entry`,
    mend: ({suggestion}) =>
      suggestion === undefined
        ? 'Name an entry of this document, or write the risks out.'
        : `Did you mean ${suggestion}? Otherwise write the risks out.`,
    why: 'The risks of this row are stated nowhere.',
    example: {bad: audit('Same as log_acton.'), good},
  }),
  'same-as-ambiguous': rule<{actual: string; candidates: string}>({
    severity: 'error',
    title: '“Same as …” that could mean several entries',
    message: ({actual, candidates}) => `Unexpected “Same as ${actual}”, expected one of ${candidates}`,
    mend: () => 'Write the name with its schema, and its signature where it has one.',
    why: 'A name without a schema means the entry of the same schema; where there is none, it must be the only one.',
    example: {
      bad: table(
        goodRow.replace('log_action', 'log_action(text)'),
        goodRow.replace('log_action', 'log_action(uuid)'),
        '| `log_audit` | ops | Writes the audit log. | Same as log_action. | Core Team - 2025-01 |',
      ),
      good: table(
        goodRow.replace('log_action', 'log_action(text)'),
        goodRow.replace('log_action', 'log_action(uuid)'),
        '| `log_audit` | ops | Writes the audit log. | Same as `log_action(uuid)`. | Core Team - 2025-01 |',
      ),
    },
  }),
  'same-as-circle': rule<{circle: string}>({
    severity: 'error',
    title: '“Same as …” in a circle',
    message: ({circle}) => `Unexpected circle ${circle}, expected a row that states its risks`,
    mend: () => 'Write the risks out in one of these rows.',
    why: 'Every row refers to the next, and none says anything.',
    example: {bad: audit('Same as log_audit.'), good},
  }),
}
