/** Our places and findings → the language server protocol's: lines from 0, columns in UTF-16 units, as ours are. */
import type {Diagnostic, TextEdit as LspEdit, Location as LspLocation, Range} from 'vscode-languageserver'
import type {Fix} from '../editor/fixes.ts'
import {stops, type ToldJudgement} from '../model/audit-report.ts'
import {type Lines, placeAt} from '../model/lines.ts'
import type {Location, Place} from '../model/place.ts'
import {describe, type Finding, type Severity} from '../model/rules.ts'

/** `DiagnosticSeverity` of the protocol. */
const severities = {fatal: 1, error: 1, warning: 2, info: 3} as const satisfies Record<
  Severity,
  1 | 2 | 3 | 4
>

/** What has no place stands at the beginning. */
const start: Range = {start: {line: 0, character: 0}, end: {line: 0, character: 0}}

export function toRange(place: Place | undefined): Range {
  if (place === undefined) return start
  const point = ({line, column}: Place['start']) => ({line: line - 1, character: column - 1})
  return {start: point(place.start), end: point(place.end)}
}

/** @param uriOf URI of a path of the project. */
export function toLocation({path, place}: Location, uriOf: (path: string) => string): LspLocation {
  return {uri: uriOf(path), range: toRange(place)}
}

export function toDiagnostic(finding: Finding, uriOf: (path: string) => string): Diagnostic {
  const {severity, message, mend} = describe(finding)
  return {
    range: toRange(finding.place),
    severity: severities[severity],
    source: 'secdef',
    code: finding.ruleId,
    message: `${message}\n${mend}`,
    ...(finding.related && {
      relatedInformation: finding.related.map((one) => ({
        location: toLocation(one, uriOf),
        message: one.note,
      })),
    }),
  }
}

/** What is judged of the database, at a row or at a statement. */
export function judgementDiagnostic(
  judgement: ToldJudgement,
  place: Place | undefined,
  uriOf: (path: string) => string,
): Diagnostic {
  const {ruleId, severity, message, mend, origin} = judgement
  const next = 'statement' in mend ? mend.statement : mend.advice
  return {
    range: toRange(place),
    severity: stops(judgement) ? 1 : severities[severity],
    source: 'secdef audit',
    code: ruleId,
    message: `${message}\n${next}`,
    ...(origin?.place && place !== origin.place
      ? {relatedInformation: [{location: toLocation(origin, uriOf), message: 'the statement'}]}
      : {}),
  }
}

/** Why nothing could be decided, where a reader of the document sees it. */
export function failureDiagnostic(message: string, hint: string | undefined): Diagnostic {
  return {
    range: start,
    severity: 1,
    source: 'secdef',
    code: 'undecided',
    message: hint === undefined ? message : `${message}\n${hint}`,
  }
}

export function toEdits(lines: Lines, edits: Fix['edits']): LspEdit[] {
  return edits.map((edit) => ({range: toRange(placeAt(lines, edit.start, edit.end)), newText: edit.text}))
}
