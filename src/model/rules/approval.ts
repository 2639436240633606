/** Rules about approvals that a project's configuration asks for: their age, and who may give them. */
import {count} from '../words.ts'
import {goodRow, rule, table} from './rule.ts'

const again = 'Review the exception, then write who approved it and when; or remove it.'

const today = '2025-12-31'

const approved = (by: string) => table(goodRow.replace('Core Team - 2025-01', by))
const good = approved('Core Team - 2025-06')

/** How many names of a roster a message lists. */
const listed = 8

export const approvalRules = {
  'approval-expired': rule<{actual: string; until: string; maxAgeMonths: number}>({
    severity: 'error',
    title: 'An approval that has expired',
    message: ({actual, until, maxAgeMonths}) =>
      `Unexpected approval of ${actual} that held until ${until}, expected one that is no older than ${count(maxAgeMonths, 'month')}`,
    mend: () => again,
    why: [
      'What was safe when it was approved need not be so today: the function, its callers and its tables have changed',
      'since. `approvals.maxAgeMonths` of the configuration says for how long an approval holds. One that names a month',
      'counts from the end of that month.',
    ].join('\n'),
    example: {bad: approved('Core Team - 2024-11'), good, asked: {approvals: {maxAgeMonths: 12}, today}},
  }),
  'approval-expiring': rule<{actual: string; until: string}>({
    severity: 'warning',
    title: 'An approval that will soon expire',
    message: ({actual, until}) =>
      `Unexpected approval of ${actual} that holds until ${until}, expected a review before then`,
    mend: () => again,
    why: [
      'From the day after, it is an error that stops every commit. `approvals.warnMonths` of the configuration says how',
      'long before that the warning begins.',
    ].join('\n'),
    example: {
      bad: approved('Core Team - 2025-01'),
      good,
      asked: {approvals: {maxAgeMonths: 12, warnMonths: 2}, today},
    },
  }),
  'unknown-approver': rule<{actual: string; suggestion: string | undefined; roster: readonly string[]}>({
    severity: 'error',
    title: 'An approver who is not on the roster',
    message: ({actual}) => `Unexpected approver ${actual}, expected one of \`approvals.roster\``,
    mend: ({suggestion, roster}) => {
      if (suggestion !== undefined) return `Did you mean ${suggestion}?`
      const rest = roster.length - listed
      const names = `${roster.slice(0, listed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
      return `Have it approved by one of those who may: ${names}.`
    },
    why: [
      'Whoever may edit the document can write any name into it. `approvals.roster` of the configuration says who may',
      'approve; the names are compared letter by letter.',
    ].join('\n'),
    example: {bad: approved('Core Taem - 2025-06'), good, asked: {approvals: {roster: ['Core Team']}, today}},
  }),
}
