/** The documents of a project as an edit needs them: their text, and which of them is meant. */
import {posix} from 'node:path'
import {decodeUtf8, readBytes} from '../../io/files.ts'
import type {RegistryConfig} from '../../model/config.ts'
import {Failure} from '../../model/failure.ts'
import type {Registry} from '../../model/registry.ts'
import type {Finding} from '../../model/rules.ts'
import {suggest} from '../../model/suggest.ts'
import {type Outline, outline} from '../../source/edit/outline.ts'
import {columnsOf} from '../columns.ts'
import type {Project} from '../project.ts'
import {type ProjectRead, type ReadProjectOptions, readProject} from '../read.ts'

export type OpenDocument = {
  readonly config: RegistryConfig
  /** Relative to the project's root, with `/`. */
  readonly path: string
  /** The byte order mark, if there is one. */
  readonly mark: string
  /** Behind the byte order mark. */
  readonly text: string
  readonly registry: Registry
  readonly findings: readonly Finding[]
  readonly outline: Outline
}

export type OpenProject = ProjectRead & {
  /** Those that can be edited: where nothing could be read, there is none. */
  readonly open: readonly OpenDocument[]
}

/** @throws Failure if a document is not there or cannot be read. */
export function openDocuments(project: Project, options: ReadProjectOptions): OpenProject {
  const read = readProject(project, options)
  const open = read.documents.flatMap(({config, registry}): OpenDocument[] => {
    const path = posix.normalize(config.document)
    const text = read.sources.get(config.document)
    const findings = read.findings.filter((finding) => finding.path === config.document)
    if (text === undefined || findings.some(hidesRows)) return []
    const marked = decodeUtf8(readBytes(project.root, path) ?? new Uint8Array()) ?? ''
    const mark = marked.startsWith('\ufeff') ? '\ufeff' : ''
    return [
      {config, path, mark, text, registry, findings, outline: outline(text, columnsOf(config), registry)},
    ]
  })
  return {...read, open}
}

/** Whether a finding kept the reader from reading any row. */
export function hidesRows({ruleId}: Finding): boolean {
  return ['conflict-marker', 'deep-nesting', 'invalid-utf8'].includes(ruleId)
}

/**
 * The documents that an edit may be about: the one that is named, or all.
 *
 * @throws Failure if none is called so.
 */
export function documentsOn(open: readonly OpenDocument[], on: string | undefined): readonly OpenDocument[] {
  if (on === undefined) return open
  const named = open.filter(({config, path}) => config.name === on || path === posix.normalize(on))
  if (named.length > 0) return named
  const known = open.flatMap(({config}) => [
    config.document,
    ...(config.name === undefined ? [] : [config.name]),
  ])
  const near = suggest(on, known)
  throw new Failure(`No registry ${JSON.stringify(on)}, expected ${known.join(', ')}`, {
    hint: near === undefined ? 'Name one of them with --on.' : `Did you mean --on ${near}?`,
  })
}
