/** Project → its documents, read into registries. */
import {readBytes} from '../io/files.ts'
import type {RegistryConfig} from '../model/config.ts'
import {Failure} from '../model/failure.ts'
import type {Registry} from '../model/registry.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {decode} from '../source/decode.ts'
import {readRegistry} from '../source/registry.ts'
import type {Project} from './project.ts'

export type ReadProjectOptions = {
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: string
  /** Called between slices of a long document with the rows read so far. */
  readonly onRows?: (path: string, count: number) => void
}

export type DocumentRead = {readonly config: RegistryConfig; readonly registry: Registry}

export type ProjectRead = {
  readonly documents: readonly DocumentRead[]
  readonly findings: readonly Finding[]
  /** Texts that findings point into, by path. */
  readonly sources: ReadonlyMap<string, string>
}

/** @throws Failure if a document is not there or cannot be read. */
export function readProject(project: Project, {today, onRows}: ReadProjectOptions): ProjectRead {
  const documents: DocumentRead[] = []
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  for (const config of project.registries) {
    const path = config.document
    const bytes = readBytes(project.root, path)
    if (bytes === undefined) {
      throw new Failure(`No document at ${path} in ${project.root}`, {
        hint: 'Create it, run where the project is, or name another `document` in secdef.config.json.',
      })
    }
    const faults = collectFindings(path)
    const text = decode(bytes, faults.report)
    findings.push(...faults.findings)
    if (text === undefined) continue
    sources.set(path, text)
    const result = readRegistry(text, {
      path,
      today,
      columns: columnsOf(config),
      ...(onRows && {onRows: (count) => onRows(path, count)}),
    })
    documents.push({config, registry: result.registry})
    findings.push(...result.findings)
  }
  return {documents, findings, sources}
}

function columnsOf({columns}: RegistryConfig): Record<string, readonly string[]> {
  const given = Object.entries(columns).filter((entry) => entry[1] !== undefined)
  return Object.fromEntries(given.map(([column, names]) => [column, [names ?? []].flat()]))
}
