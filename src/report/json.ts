/** A run as JSON, for scripts. */
import {describe, type Finding} from '../model/rules.ts'
import type {RegistrySummary} from './summary.ts'

/** Raised when a field changes its meaning or goes away. */
const reportVersion = 1

export type JsonReport = {
  readonly command: string
  readonly findings: readonly Finding[]
  readonly documents: readonly RegistrySummary[]
  readonly outputs: readonly {readonly path: string; readonly state: string}[]
}

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonReport({command, findings, documents, outputs}: JsonReport): string {
  const report = {
    schemaVersion: reportVersion,
    command,
    documents,
    outputs: outputs.map(({path, state}) => ({path, state})),
    findings: findings.map((finding) => {
      const {severity, message, mend} = describe(finding)
      const {ruleId, path, place, related} = finding
      return {
        ruleId,
        severity,
        message,
        mend,
        path,
        place: place ?? null,
        related: (related ?? []).map(({note, ...location}) => ({
          note,
          path: location.path,
          place: location.place ?? null,
        })),
      }
    }),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
