/** What a linter is told about a registry, where it reads no configuration of ours. */
import type {ApprovalsConfig} from '../model/config.ts'
import {latestDay} from '../model/day.ts'
import type {ColumnNames} from '../source/header.ts'
import type {EditorOptions} from './reading.ts'

export type HostOptions = {
  /** Further headings by canonical heading, as `columns` of the configuration. */
  readonly columns?: Readonly<Record<string, string | readonly string[]>>
  /** How long an approval holds, and who may give it, as `approvals` of the configuration. */
  readonly approvals?: ApprovalsConfig
  /** The day against which dates are held, `YYYY-MM-DD`. Default: the day where it is furthest on. */
  readonly today?: string
}

export function readingOptions(path: string, {columns = {}, approvals, today}: HostOptions): EditorOptions {
  const names: ColumnNames = Object.fromEntries(
    Object.entries(columns).map(([column, headings]) => [column, [headings].flat()]),
  )
  return {path, today: today ?? latestDay(new Date()), columns: names, ...(approvals && {approvals})}
}

/** The same for whoever checks the linter's configuration. */
export const hostOptionsSchema = {
  columns: {
    type: 'object',
    additionalProperties: {
      anyOf: [{type: 'string'}, {type: 'array', items: {type: 'string'}}],
    },
  },
  approvals: {
    type: 'object',
    properties: {
      maxAgeMonths: {type: 'integer', minimum: 1},
      warnMonths: {type: 'integer', minimum: 0},
      roster: {type: 'array', items: {type: 'string'}, minItems: 1},
    },
    additionalProperties: false,
  },
  today: {type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$'},
} as const
