/** The columns that tables of the registry have, by their canonical headings. */
import {type Kind, kinds} from './kind.ts'

/** Columns that every kind of exception has. Schema alone may be left out. */
export const commonColumns = ['Object Name', 'Schema', 'Risks Mitigated', 'Approved By'] as const

/** Columns that kind `grant` has besides: without them a row would excuse every privilege of every role. */
export const grantColumns = ['Privileges', 'Granted To'] as const

export const historyColumns = ['Date', 'Auditor', 'Action'] as const

/** Every heading that a configuration may rename. */
export const knownColumns: readonly string[] = [
  ...commonColumns,
  ...kinds.map((kind) => kind.justification),
  ...grantColumns,
  ...historyColumns,
]

/** The columns without which a table of this kind is not read. */
export function requiredColumns(kind: Kind): string[] {
  const justification = kinds.filter((info) => info.id === kind).map((info) => info.justification)
  return [
    'Object Name',
    ...justification,
    'Risks Mitigated',
    'Approved By',
    ...(kind === 'grant' ? grantColumns : []),
  ]
}
