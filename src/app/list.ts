/** The use case `list`: the entries of the documents that somebody asks for. */
import type {Entry} from '../model/entry.ts'
import {Failure} from '../model/failure.ts'
import type {Kind} from '../model/kind.ts'
import type {Located} from '../model/registry.ts'
import {type Finding, isError} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {isRealDate, lastDay, type Validity, validityOf} from '../source/approval.ts'
import type {Project} from './project.ts'
import {type DocumentRead, type ReadProjectOptions, readProject} from './read.ts'

/** All that are given must hold. Words are compared without regard to case. */
export type Filters = {
  /** As the database has it. */
  readonly schema?: string | undefined
  /** A part of any heading above the table. */
  readonly section?: string | undefined
  /** A part of the name. */
  readonly approver?: string | undefined
  readonly kind?: Kind | undefined
  /** Months, or the day before which it was approved: `YYYY-MM-DD` or `YYYY-MM`. */
  readonly olderThan?: string | undefined
  /** Words that all stand in the entry. */
  readonly text?: string | undefined
  /** Expired, or about to. */
  readonly expiring?: boolean | undefined
}

export type Listed = {
  readonly path: string
  readonly entry: Located<Entry>
  /** `undefined` where the project sets no age. */
  readonly validity: Validity | undefined
}

export type ListResult = {
  /** `undefined` where a document could not be relied on. */
  readonly entries: readonly Listed[] | undefined
  /** What to say where nothing matches: the schema that was probably meant. */
  readonly suggestion: string | undefined
  readonly documents: readonly DocumentRead[]
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
}

/** @throws Failure if a filter cannot be understood, or a document cannot be read. */
export function listEntries(
  project: Project,
  filters: Filters,
  reading: Pick<ReadProjectOptions, 'today' | 'onRows'>,
): ListResult {
  const {today} = reading
  const isOld = ageFilter(filters.olderThan, today)
  if (filters.expiring && project.registries.every(({approvals}) => approvals?.maxAgeMonths === undefined)) {
    throw new Failure('No age is configured at which approvals expire', {
      hint: 'Set `approvals.maxAgeMonths` in the configuration, or ask with `secdef list --older-than 12`.',
    })
  }
  // What has expired is listed as such, and is no fault of a list.
  const read = readProject(project, {...reading, judgeApprovals: false})
  if (read.findings.some(isError)) return {...read, entries: undefined, suggestion: undefined}
  const all = read.documents.flatMap(({config, registry}): Listed[] =>
    registry.entries.map((entry) => ({
      path: registry.path,
      entry,
      validity: validityOf(entry.value.approval.date, today, config.approvals ?? {}),
    })),
  )
  const entries = all.filter(
    ({entry: {value}, validity}) =>
      matches(value, filters) &&
      isOld(value) &&
      (!filters.expiring || (validity !== undefined && validity.state !== 'holds')),
  )
  const schemas = [...new Set(all.map(({entry}) => entry.value.schema))]
  const {schema} = filters
  const isKnown = schema === undefined || schemas.includes(schema)
  return {...read, entries, suggestion: isKnown ? undefined : suggest(schema, schemas)}
}

function matches(entry: Entry, {schema, section, approver, kind, text}: Filters): boolean {
  const holds = (whole: string, part: string) => whole.toLowerCase().includes(part.toLowerCase())
  const everything = [entry.id, entry.why, entry.risks, ...Object.values(entry.extra)].join('\n')
  return (
    (schema === undefined || entry.schema === schema) &&
    (kind === undefined || entry.kind === kind) &&
    (section === undefined || entry.section.some((heading) => holds(heading, section))) &&
    (approver === undefined || holds(entry.approval.by, approver)) &&
    (text === undefined || text.split(/\s+/).every((word) => holds(everything, word)))
  )
}

/** An approval of a month counts from its end, so that it is older only when all of the month is. */
function ageFilter(given: string | undefined, today: string): (entry: Entry) => boolean {
  if (given === undefined) return () => true
  if (/^\d{1,4}$/.test(given)) return ({approval}) => lastDay(approval.date, Number(given)) < today
  if (/^\d{4}-\d{2}(?:-\d{2})?$/.test(given) && isRealDate(given)) {
    const day = given.length === 7 ? `${given}-01` : given
    return ({approval}) => lastDay(approval.date, 0) < day
  }
  throw new Failure(`Unexpected age ${JSON.stringify(given)}, expected months or a day`, {
    hint: 'Write `--older-than 12`, or `--older-than 2025-01-31`.',
  })
}
