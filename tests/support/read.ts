/** Reads a document the way the tool does, on a fixed day. */
import {describe, type Finding} from '../../src/model/rules.ts'
import {type ReadOptions, type ReadResult, readRegistry} from '../../src/source/registry.ts'

export const today = '2025-12-31'

export function read(text: string, options: Partial<ReadOptions> = {}): ReadResult {
  return readRegistry(text, {path: 'docs/SECURITY_EXCEPTIONS.md', today, ...options})
}

/** `rule line:column`, for comparing a whole list at once. */
export function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ruleId, place}) =>
    place ? `${ruleId} ${place.start.line}:${place.start.column}` : ruleId,
  )
}

/** The source that each finding points at. */
export function pointedAt(text: string, findings: readonly Finding[]): (string | undefined)[] {
  return findings.map(({place}) => place && text.slice(place.start.offset, place.end.offset))
}

export function messages(findings: readonly Finding[]): string[] {
  return findings.map((finding) => describe(finding).message)
}

const header = [
  '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
  '| --- | --- | --- | --- | --- |',
]

/** A document of one registry table with the given lines below its header: the first of them is line 3. */
export function table(...rows: string[]): string {
  return [...header, ...rows, ''].join('\n')
}

export type Cells = {name?: string; schema?: string; why?: string; risks?: string; approved?: string}

/** A good row, but for the cells given. */
export function row(cells: Cells = {}): string {
  const {name = '`log_action`', schema = 'ops', why = 'Writes the audit log.', risks = 'Append-only.'} = cells
  return `| ${name} | ${schema} | ${why} | ${risks} | ${cells.approved ?? 'Core Team - 2025-01'} |`
}
