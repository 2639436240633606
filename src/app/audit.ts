/** The use case `audit`: hold the registries against what one or more sources say that the database contains. */
import pMap from 'p-map'
import type {AuditReport} from '../model/audit-report.ts'
import {Failure} from '../model/failure.ts'
import type {Inventory} from '../model/inventory.ts'
import {isError} from '../model/rules.ts'
import type {ProvedSuggestions} from '../model/suggestion.ts'
import {type AuditSource, type InventoryOptions, readInventoryOf} from './audit-inventory.ts'
import {reportOn} from './audit-report.ts'
import type {Project} from './project.ts'
import {type ProjectRead, type ReadProjectOptions, readProject} from './read.ts'
import type {SectionWriter} from './suggest.ts'

export type {AuditSource} from './audit-inventory.ts'

export type AuditProjectOptions = ReadProjectOptions &
  InventoryOptions & {
    /** At least one. Several are held against the document one by one, and against each other. */
    readonly sources: readonly AuditSource[]
    /** Suggest rows for what is undocumented, written so. */
    readonly suggest?: SectionWriter
  }

export type AuditResult = ProjectRead & {
  /** `undefined` where the documents could not be relied on, so that nothing was audited. */
  readonly report: AuditReport | undefined
  /** Rows for what is undocumented, where they were asked for. */
  readonly suggestions?: ProvedSuggestions
}

/** Servers that are asked at the same time, as each takes a connection and memory. */
const concurrency = 4

/**
 * A source that cannot be read, among several, leaves the audit undecided and the others told.
 *
 * @throws Failure if a document, or the only source, cannot be read.
 */
export async function auditProject(project: Project, options: AuditProjectOptions): Promise<AuditResult> {
  const read = readProject(project, options)
  if (read.findings.some(isError)) return {...read, report: undefined}
  const {sources} = options
  const readings = await pMap(
    sources,
    async (source): Promise<Inventory | Failure> => {
      try {
        return await readInventoryOf(project, read.documents, source, options)
      } catch (error) {
        if (!(error instanceof Failure) || sources.length === 1) throw error
        return error
      }
    },
    {concurrency},
  )
  const report = reportOn(project, read.documents, readings, options.profile)
  if (options.suggest === undefined) return {...read, report}
  const {suggestFor} = await import('./suggest.ts')
  const inventories = readings.flatMap((one) => (one instanceof Failure ? [] : [one]))
  return {...read, report, suggestions: suggestFor(project, read.documents, inventories, options.suggest)}
}
