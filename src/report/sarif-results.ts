/** Findings, judgements and differences as SARIF's results. */
import type {AuditReport, Difference, ToldJudgement} from '../model/audit-report.ts'
import type {Location} from '../model/place.ts'
import {describe, type Finding} from '../model/rules.ts'
import {type CoverageLine, differenceLines} from './pretty-coverage.ts'
import {createFingerprints, messageText, physicalLocation, type ShowPath} from './sarif-place.ts'
import {differencePage, levels} from './sarif-rules.ts'

export type ResultContext = {
  readonly showPath: ShowPath
  /** Texts that findings point into, by path. */
  readonly sources: ReadonlyMap<string, string>
  /** Where to show what stands nowhere, if anywhere: code scanning drops a result without a location. */
  readonly fallback: readonly Location[]
  readonly indexOf: (ruleId: string) => number
}

type Level = (typeof levels)[keyof typeof levels]

/** What all results have in common, before it is SARIF. */
type Told = {
  readonly ruleId: string
  readonly level: Level
  readonly message: string
  /** Where it is shown, and then what else it concerns. */
  readonly places: readonly (Location & {readonly note?: string})[]
  readonly object?: string
  /** What stays the same when lines move. */
  readonly identity: readonly string[]
  readonly properties?: Readonly<Record<string, unknown>>
}

/** In the order in which they are told. */
export function collectResults(
  findings: readonly Finding[],
  audit: AuditReport | undefined,
  context: ResultContext,
) {
  const told = [
    ...findings.map((finding) => tellFinding(finding, context)),
    ...(audit ? tellAudit(audit) : []),
  ]
  const fingerprint = createFingerprints()
  const fallback: Told['places'] = context.fallback
  return told.map(({ruleId, level, message, places, object, identity, properties}) => {
    const [shown, ...related] = places.length > 0 ? places : fallback
    return {
      ruleId,
      ruleIndex: context.indexOf(ruleId),
      level,
      message: {text: messageText(message)},
      locations: [
        {
          ...(shown && {physicalLocation: physicalLocation(shown, context.showPath)}),
          ...(object !== undefined && {logicalLocations: [{fullyQualifiedName: messageText(object)}]}),
        },
      ],
      ...(related.length > 0 && {
        relatedLocations: related.map(({note = '', ...place}, id) => ({
          id,
          physicalLocation: physicalLocation(place, context.showPath),
          message: {text: messageText(note)},
        })),
      }),
      partialFingerprints: fingerprint([ruleId, ...identity]),
      ...(properties && {properties}),
    }
  })
}

function tellFinding(finding: Finding, {sources}: ResultContext): Told {
  const {ruleId, args, path, place, related} = finding
  const {severity, message, mend} = describe(finding)
  // Numbers are lines and counts, which move.
  const stable = Object.values<unknown>(args).filter((value) => typeof value === 'string')
  return {
    ruleId,
    level: levels[severity],
    message: `${message}. ${mend}`,
    places: [{path, ...(place && {place})}, ...(related ?? [])],
    identity: [path, subjectOf(sources.get(path), place?.start.line), ...stable],
    properties: {verdict: 'refuted', mend: {advice: mend}},
  }
}

/** What a line is about: the first code in it, which in a row is the object's name. */
function subjectOf(text: string | undefined, line: number | undefined): string {
  if (text === undefined || line === undefined) return ''
  return /`+[^`]+`+/.exec(text.split(/\r\n|\n|\r/, line)[line - 1] ?? '')?.[0] ?? ''
}

function tellAudit(audit: AuditReport): Told[] {
  const {judgements, differences} = audit
  return [
    ...judgements.map(tellJudgement),
    ...differences.map((one) => tellDifference(one, differenceLines({...audit, differences: [one]}))),
  ]
}

/**
 * What is unknown is told as an error of kind `fail`, the default, with the verdict as a property. SARIF has the kind
 * `open` for it, but no level beside that: code scanning goes by the level, and would take it for clean.
 */
function tellJudgement(judgement: ToldJudgement): Told {
  const {ruleId, severity, verdict, object, message, mend, row, origin, sources, group} = judgement
  return {
    ruleId,
    level: verdict === 'unknown' ? 'error' : levels[severity],
    message: `${message}. ${'statement' in mend ? `Mend: ${mend.statement}` : mend.advice}`,
    places: [
      ...(row ? [{...row, note: 'the row'}] : []),
      ...(origin ? [{...origin, note: 'the statement that made it as it is'}] : []),
    ],
    object,
    // Counts in a message change with what else there is; names of objects stand for themselves.
    identity: [object, verdict, message.replace(/(?<![\w"])\d+(?![\w"])/g, '#')],
    properties: {verdict, group, mend, sources},
  }
}

/** In the words of the coverage, which tell of a long value only where it parts from the others. */
function tellDifference({object, fact}: Difference, words: readonly CoverageLine[]): Told {
  const said = words.filter(([label]) => label === '').map(([, text]) => text)
  return {
    ruleId: differencePage.id,
    level: levels[differencePage.severity],
    message: `Unexpected difference in ${fact} of ${object}, expected the sources to agree. ${said.join('; ')}`,
    places: [],
    object,
    identity: [object, fact],
    properties: {verdict: 'unknown', fact},
  }
}
