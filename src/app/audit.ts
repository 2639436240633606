/** The use case `audit`: hold the registries against what a database contains. */
import {type AuditJudgement, audit} from '../audit/audit.ts'
import type {AuditReport, ToldJudgement} from '../model/audit-report.ts'
import type {Inventory} from '../model/inventory.ts'
import type {Location} from '../model/place.ts'
import type {Registry} from '../model/registry.ts'
import {isError} from '../model/rules.ts'
import {type AuditSource, type OnFile, readInventoryOf} from './audit-inventory.ts'
import type {Project} from './project.ts'
import {type ProjectRead, type ReadProjectOptions, readProject} from './read.ts'

export type {AuditSource, ProfileName} from './audit-inventory.ts'

export type AuditProjectOptions = ReadProjectOptions & {
  readonly source: AuditSource
  /** Whether nobody chose the profile. */
  readonly isProfileAssumed: boolean
  readonly onFile?: OnFile
}

export type AuditResult = ProjectRead & {
  /** `undefined` where the documents could not be relied on, so that nothing was audited. */
  readonly report: AuditReport | undefined
}

/** @throws Failure if a document, the migrations or the database cannot be read. */
export async function auditProject(project: Project, options: AuditProjectOptions): Promise<AuditResult> {
  const read = readProject(project, options)
  if (read.findings.some(isError)) return {...read, report: undefined}
  const {source, isProfileAssumed, onFile} = options
  const inventory = await readInventoryOf(project, read.documents, source, onFile)
  const registries = read.documents.map(({registry}) => registry)
  const profile = source.kind === 'replay' ? {name: source.profile, isAssumed: isProfileAssumed} : null
  return {...read, report: reportOn(registries, inventory, profile)}
}

/** Pure. */
export function reportOn(
  registries: readonly Registry[],
  inventory: Inventory,
  profile: AuditReport['profile'],
): AuditReport {
  const {verdict, judgements, coverage, tallies} = audit(registries, inventory)
  const paths = new Map<object, string>(
    registries.flatMap(({path, entries}) => entries.map((entry) => [entry, path] as const)),
  )
  const {routines, relations} = inventory
  const isUndecided =
    coverage.statements?.applied === 0 || judgements.some(({severity}) => severity === 'fatal')
  return {
    verdict: isUndecided ? 'undecided' : verdict,
    source: inventory.source,
    profile,
    judgements: judgements.map((judgement) => tell(judgement, paths)),
    coverage,
    seen: {
      routines: routines.length,
      definers: routines.filter(({securityDefiner}) => securityDefiner === true).length,
      unsureDefiners: routines.filter(({securityDefiner}) => securityDefiner === null).length,
      relations: relations.length,
    },
    tallies,
  }
}

function tell(judgement: AuditJudgement, paths: ReadonlyMap<object, string>): ToldJudgement {
  const {rule, severity, verdict, object, message, mend, entry, origin} = judgement
  const path = entry && paths.get(entry.row)
  const row: Location | undefined =
    entry && path !== undefined ? {path, place: entry.row.cells[entry.column] ?? entry.row.row} : undefined
  return {
    ruleId: rule.id,
    group: rule.group,
    severity,
    verdict,
    object,
    message,
    mend,
    ...(row && {row}),
    ...(origin && {origin}),
  }
}
