/** Files that should be × files that are → what differs. One judgement for `generate` and `check`. */
import {posix} from 'node:path'
import {toText} from '../io/files.ts'
import type {ProjectFiles} from '../io/project-files.ts'
import {bannerReach, readBanner} from '../targets/banner.ts'
import {targets} from '../targets/index.ts'
import {planOutputs} from './outputs.ts'
import type {Project} from './project.ts'
import type {PlannedFile} from './render.ts'

export type OutputState =
  /** The same but for line endings. */
  | {readonly state: 'unchanged'; readonly path: string}
  | {readonly state: 'missing'; readonly path: string; readonly expected: string}
  | {readonly state: 'stale'; readonly path: string; readonly actual: string; readonly expected: string}
  /** Something is there that was not generated. */
  | {readonly state: 'foreign'; readonly path: string}
  /** Generated, but by no output that is configured. */
  | {readonly state: 'orphan'; readonly path: string; readonly source: string}

/** A character of UTF-8 takes no more. */
const maxBytes = 4

/** @throws Failure if a path leads out of the project or through a link, or cannot be read. */
export function compareOutputs(project: Project, files: readonly PlannedFile[]): OutputState[] {
  const states = files.map((file) => compareFile(project.files, file))
  return [...states, ...findOrphans(project, new Set(files.map(({path}) => path)))]
}

function compareFile(files: ProjectFiles, {path, text: expected, isRegion}: PlannedFile): OutputState {
  files.guard(path)
  const bytes = files.read(path)
  if (bytes === undefined) return {state: 'missing', path, expected}
  const actual = toText(bytes)
  if (actual === expected || withoutCarriageReturns(actual) === withoutCarriageReturns(expected)) {
    return {state: 'unchanged', path}
  }
  if (!isRegion && readBanner(actual) === undefined) return {state: 'foreign', path}
  return {state: 'stale', path, actual, expected}
}

/** git may check files out with CRLF; that is no difference. */
function withoutCarriageReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text
}

/**
 * Generated files that no output makes: anything in an output folder, and files with a default name beside
 * an output that was given a path. A file of another configuration, whose document exists, is left alone.
 */
function findOrphans({files, registries}: Project, planned: ReadonlySet<string>): OutputState[] {
  const candidates = new Set<string>()
  const defaultNames = Object.values(targets).map(({file}) => file)
  for (const registry of registries) {
    for (const name of files.names(registry.outputDir)) candidates.add(posix.join(registry.outputDir, name))
    for (const {path} of planOutputs(registry)) {
      const folder = posix.dirname(path)
      if (folder === posix.normalize(registry.outputDir)) continue
      for (const name of defaultNames) candidates.add(posix.join(folder, name))
    }
  }
  const documents = new Set(registries.map(({document}) => document))
  return [...candidates].sort().flatMap((path): OutputState[] => {
    if (planned.has(path)) return []
    const source = readBanner(files.head(path, bannerReach * maxBytes) ?? '')
    if (source === undefined || (!documents.has(source) && files.exists(source))) return []
    return [{state: 'orphan', path, source}]
  })
}
