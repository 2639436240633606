/** A run as SARIF 2.1.0, for code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import type {AuditReport, SourceReport} from '../model/audit-report.ts'
import type {Location} from '../model/place.ts'
import type {JsonReport} from './json.ts'
import type {RulePage} from './rule-page.ts'
import {messageText, physicalLocation, type ShowPath, sourceRoot} from './sarif-place.ts'
import {collectResults} from './sarif-results.ts'
import {collectPages, describeRule, levels} from './sarif-rules.ts'
import {visibleJson} from './visible.ts'

export type SarifRun = JsonReport & {
  readonly version: string
  readonly exitCode: number
  /** Texts that findings point into, by path. */
  readonly sources: ReadonlyMap<string, string>
  /** Path relative to the root of the repository. */
  readonly showPath: ShowPath
  /** Pages of the rules of the audit; none for a run without one. */
  readonly auditPages: readonly RulePage[]
  /** Where people read about the tool. */
  readonly informationUri?: string
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** The same for the same run: no clock, no machine, and paths relative to `%SRCROOT%`. */
export function sarifReport(run: SarifRun): string {
  const {command, version, exitCode, findings, audit, auditPages, informationUri, showPath} = run
  const pages = collectPages(auditPages)
  const indexes = new Map(pages.map(({id}, index) => [id, index]))
  const indexOf = (ruleId: string) => {
    const index = indexes.get(ruleId)
    if (index === undefined) throw new Error(`No page of rule ${ruleId}`)
    return index
  }
  // What stands nowhere, such as a definer of a live database, is shown at the document that lacks a row.
  const fallback = run.documents.slice(0, 1).map(({path}) => ({path}))
  const context = {showPath, sources: run.sources, fallback, indexOf}
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'secdef',
            version,
            ...(informationUri !== undefined && {informationUri}),
            rules: pages.map(describeRule),
          },
        },
        // Uploads of one category replace each other: a check must not take an audit's place.
        automationDetails: {id: `secdef/${command}/`},
        originalUriBaseIds: {[sourceRoot]: {description: {text: 'The root of the repository.'}}},
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: exitCode === 0 || exitCode === 1,
            exitCode,
            ...(audit &&
              audit.decisions.length > 0 && {ruleConfigurationOverrides: decisions(audit, indexOf)}),
            toolExecutionNotifications: notifications(run),
          },
        ],
        results: collectResults(findings, audit, context),
        ...(audit && {properties: {verdict: audit.verdict, sources: audit.sources.map(sourceOf)}}),
      },
    ],
  }
  return visibleJson(`${JSON.stringify(log, null, 2)}\n`)
}

function decisions({decisions: decided}: AuditReport, indexOf: (ruleId: string) => number) {
  return decided.map(({ruleId, severity, reason}) => ({
    descriptor: {id: ruleId, index: indexOf(ruleId)},
    configuration: {level: levels[severity]},
    properties: {reason: messageText(reason)},
  }))
}

/** What kept the run from seeing everything: failures, what could not be followed, and what was left out. */
function notifications({failure, audit, showPath}: SarifRun) {
  const notify = (level: 'error' | 'warning' | 'note', id: string, text: string, at?: Location | null) => ({
    descriptor: {id},
    level,
    message: {text: messageText(text)},
    ...(at && {locations: [{physicalLocation: physicalLocation(at, showPath)}]}),
  })
  const failures = [...(failure ? [failure] : []), ...(audit?.failures ?? [])]
  return [
    ...failures.map(({message, mend}) =>
      notify('error', 'failure', mend === null ? message : `${message}. ${mend}`),
    ),
    ...(audit?.sources ?? []).flatMap(({source: {label}, coverage}) => [
      ...coverage.unknowns.map(({subject, why, location}) =>
        notify('warning', 'unknown', `Not followed in ${label}: ${subject}: ${why}`, location),
      ),
      ...coverage.leftOut.map(({schema: name, why, definers}) =>
        notify('note', 'left-out', `Left out of ${label}: schema ${name}: ${why}; definers: ${definers}`),
      ),
      ...(coverage.leftOutFiles ?? []).map(({path, why}) =>
        notify('note', 'left-out', `Left out of ${label}: ${why}`, {path}),
      ),
    ]),
  ]
}

/** Its unknowns and what was left out are notifications. */
function sourceOf({source, verdict, profile, coverage, seen, tallies}: SourceReport) {
  const {schemas, statements} = coverage
  return {...source, verdict, profile, schemas, statements, seen, tallies}
}
