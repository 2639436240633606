/** Facts of each source → one report: judged, told once, and held against each other. */
import {type AuditJudgement, audit} from '../audit/audit.ts'
import {findDifferences} from '../audit/differences.ts'
import type {RuleGroup} from '../audit/rule.ts'
import {defaultApiRoles} from '../audit/subject.ts'
import type {AuditReport, AuditVerdict, SourceReport, ToldJudgement} from '../model/audit-report.ts'
import {compareCodePoints} from '../model/compare.ts'
import {Failure} from '../model/failure.ts'
import type {Inventory} from '../model/inventory.ts'
import type {Location} from '../model/place.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'

/** From the best to the worst. */
const verdicts: readonly AuditVerdict[] = ['verified', 'unknown', 'refuted', 'undecided']

/**
 * Pure.
 *
 * @param readings What each source said, or why it could not be read.
 * @param profile What was said to stand before the migrations.
 * @param groups The rules to judge by; without it, all.
 */
export function reportOn(
  {audit: {apiRoles, severities}}: Project,
  documents: readonly DocumentRead[],
  readings: readonly (Inventory | Failure)[],
  profile: string | undefined,
  groups?: readonly RuleGroup[],
): AuditReport {
  const registries = documents.map(({registry}) => registry)
  const options = {severities, ...(apiRoles && {apiRoles}), ...(groups && {groups})}
  const inventories = labelled(readings.flatMap((one) => (one instanceof Failure ? [] : [one])))
  const audits = inventories.map((inventory) => ({inventory, ...audit(registries, inventory, options)}))
  const differences = findDifferences(
    inventories.map((inventory) => ({label: inventory.source.label, inventory})),
  )
  const failures = readings.filter((one) => one instanceof Failure)
  const sources = audits.map(({inventory, verdict, judgements, tallies}): SourceReport => {
    const {source, coverage} = inventory
    const isUndecided =
      coverage.statements?.applied === 0 || judgements.some(({severity}) => severity === 'fatal')
    return {
      source,
      verdict: isUndecided ? 'undecided' : verdict,
      profile: source.kind === 'database' ? null : (profile ?? null),
      apiRoles: apiRoles ?? defaultApiRoles,
      coverage,
      seen: countsOf(inventory),
      tallies,
    }
  })
  const paths = new Map<object, string>(
    registries.flatMap(({path, entries}) => entries.map((entry) => [entry, path] as const)),
  )
  return {
    verdict: worst([
      ...sources.map(({verdict}) => verdict),
      ...(differences.length > 0 ? (['unknown'] as const) : []),
      ...(failures.length > 0 ? (['undecided'] as const) : []),
    ]),
    sources,
    failures: failures.map(({message, hint}) => ({message, mend: hint ?? null})),
    judgements: mergeJudgements(
      audits.flatMap(({inventory, judgements}) =>
        judgements.map((judgement) => tell(judgement, inventory.source.label, paths)),
      ),
    ),
    differences,
    decisions: Object.entries(severities)
      .map(([ruleId, decision]) => ({ruleId, ...decision}))
      .sort((a, b) => compareCodePoints(a.ruleId, b.ruleId)),
  }
}

function worst(all: readonly AuditVerdict[]): AuditVerdict {
  return verdicts[Math.max(...all.map((verdict) => verdicts.indexOf(verdict)))] ?? 'undecided'
}

/** Two databases may have one name. */
function labelled(inventories: readonly Inventory[]): Inventory[] {
  const known = new Map<string, number>()
  return inventories.map((inventory) => {
    const {source} = inventory
    const number = (known.get(source.label) ?? 0) + 1
    known.set(source.label, number)
    return number === 1
      ? inventory
      : {...inventory, source: {...source, label: `${source.label} (${number})`}}
  })
}

function countsOf({routines, relations}: Inventory): SourceReport['seen'] {
  return {
    routines: routines.length,
    definers: routines.filter(({securityDefiner}) => securityDefiner === true).length,
    unsureDefiners: routines.filter(({securityDefiner}) => securityDefiner === null).length,
    relations: relations.length,
  }
}

function tell(judgement: AuditJudgement, source: string, paths: ReadonlyMap<object, string>): ToldJudgement {
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
    sources: [source],
  }
}

/** What several sources give rise to in the same words is one judgement, at the first place that is known. */
function mergeJudgements(told: readonly ToldJudgement[]): ToldJudgement[] {
  const merged = new Map<string, ToldJudgement>()
  for (const judgement of told) {
    const {ruleId, verdict, object, message, mend, row, origin, sources} = judgement
    const key = JSON.stringify([ruleId, verdict, object, message, mend, row?.path, row?.place?.start.offset])
    const known = merged.get(key)
    const place = known?.origin ?? origin
    merged.set(
      key,
      known === undefined
        ? judgement
        : {...known, ...(place && {origin: place}), sources: [...known.sources, ...sources]},
    )
  }
  return [...merged.values()]
}
