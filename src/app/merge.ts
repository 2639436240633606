/** The use case `merge`: what git's merge driver does with a document, and with an output. */
import {dirname, join, resolve} from 'node:path'
import {decodeUtf8} from '../io/files.ts'
import {mergeFile, readGiven, replaceGiven} from '../io/merge-file.ts'
import {type MergedDocument, mergeDocuments} from '../merge/merge-documents.ts'
import {mapSides, type Sides} from '../merge/sides.ts'
import type {RegistryConfig} from '../model/config.ts'
import {defaultRegistry} from '../model/default-registry.ts'
import {Failure} from '../model/failure.ts'
import {prettierWidth} from '../source/format/prettier-width.ts'
import {readBanner} from '../targets/banner.ts'
import {columnsOf} from './columns.ts'
import {loadProject} from './project.ts'

export type MergeRequest = {
  readonly cwd: string
  /** As git gives them. The merge goes into ours. */
  readonly files: Sides<string>
  /** What is merged, relative to `cwd`. */
  readonly path: string | undefined
  readonly today: string
  readonly markerSize: number
  readonly labels: Sides<string>
}

export type MergeOutcome = {
  /** `merged`: nothing is left to decide. */
  readonly state: 'merged' | 'conflict'
  /** Ids of the rows that are in conflict. */
  readonly rows: readonly string[]
  /** Why it was not merged by rows, or what is to be done next. */
  readonly notes: readonly string[]
}

const othersInConflict =
  'lines outside of the registry tables are in conflict, too: rows that stand between their markers go with the lines that you drop'

/** @throws Failure if a file cannot be read or written, or git cannot merge them. */
export async function mergeDocument(request: MergeRequest): Promise<MergeOutcome> {
  const {cwd, files} = request
  const bytes = mapSides(files, (file) => readGiven(cwd, file))
  const result = await mergeByRows(bytes, request)
  if (result.state === 'merged' || result.state === 'conflict') {
    replaceGiven(cwd, files.ours, new TextEncoder().encode(result.text))
    if (result.state === 'merged') return {state: 'merged', rows: [], notes: []}
    const notes = result.others ? [othersInConflict] : []
    return {state: 'conflict', rows: result.rows, notes}
  }
  return mergeByLines(bytes, result, request)
}

async function mergeByRows(bytes: Sides<Uint8Array>, request: MergeRequest): Promise<MergedDocument> {
  const {cwd, path, today, markerSize, labels} = request
  const {base, ours, theirs} = mapSides(bytes, decodeUtf8)
  if (base === undefined || ours === undefined || theirs === undefined)
    return {state: 'unread', reason: 'it is not UTF-8 on every side'}
  const config = await findRegistry(cwd, path)
  if (typeof config === 'string') return {state: 'unread', reason: config}
  const {default: stringWidth} = await import('string-width')
  return mergeDocuments(
    {base, ours, theirs},
    {
      reading: {
        path: config.document,
        today,
        columns: columnsOf(config),
        measure: prettierWidth(stringWidth),
      },
      markers: {size: markerSize, ours: labels.ours, theirs: labels.theirs},
      async mergeLines(texts, size) {
        const options = {markerSize: size, labels: {ours: 'ours', base: 'base', theirs: 'theirs'}}
        const encoded = mapSides(texts, (text) => new TextEncoder().encode(text))
        const merged = await mergeFile(cwd, encoded, {...options, conflictStyle: 'merge'})
        return new TextDecoder().decode(merged.bytes)
      },
    },
  )
}

/**
 * The registry that a document is the one of, or why it cannot be told. The configuration may itself be in the middle
 * of the merge.
 */
async function findRegistry(cwd: string, path: string | undefined): Promise<RegistryConfig | string> {
  const unknown = 'the configuration cannot be read'
  try {
    const found = await loadProject(path === undefined ? cwd : join(cwd, dirname(path)))
    if ('findings' in found) return unknown
    const {root, registries} = found.project
    const document = path === undefined ? undefined : resolve(cwd, path)
    const own = registries.filter((one) => document === undefined || resolve(root, one.document) === document)
    const [registry] = own
    if (registry !== undefined && own.length === 1) return registry
    if (path !== undefined) return {...defaultRegistry, document: path}
    return 'several registries are configured, and nobody says which one it is of'
  } catch (error) {
    if (error instanceof Failure) return `${unknown}: ${error.message}`
    throw error
  }
}

/**
 * As git does without a driver. Where the rows could be read and do not go together, what git would take for a merge
 * may be none, so that every difference is a conflict.
 */
async function mergeByLines(
  bytes: Sides<Uint8Array>,
  {state, reason}: {readonly state: 'unread' | 'refused'; readonly reason: string},
  {cwd, files, markerSize, labels}: MergeRequest,
): Promise<MergeOutcome> {
  const isRefused = state === 'refused'
  const merged = await mergeFile(cwd, isRefused ? {...bytes, base: new Uint8Array()} : bytes, {
    markerSize,
    labels,
    conflictStyle: isRefused ? 'merge' : 'configured',
  })
  replaceGiven(cwd, files.ours, merged.bytes)
  const how = isRefused ? 'every difference is left to be decided' : 'merged by lines, as git does'
  const notes = [`${how}: ${reason}`]
  if (merged.hasConflicts || isRefused) return {state: 'conflict', rows: [], notes}
  return {state: 'merged', rows: [], notes: [...notes, 'run `secdef check`']}
}

/**
 * An output is not merged: it follows from the document, which may not be merged yet. Ours stays as it is.
 *
 * @throws Failure if one of them was not generated, so that something of somebody would be lost.
 */
export async function mergeGenerated(request: MergeRequest): Promise<MergeOutcome> {
  const {cwd, files} = request
  const bytes = mapSides(files, (file) => readGiven(cwd, file))
  const isOurs = (side: Uint8Array) => readBanner(decodeUtf8(side) ?? '') !== undefined
  if (isOurs(bytes.ours) && isOurs(bytes.theirs))
    return {state: 'merged', rows: [], notes: ['kept as it is on our side: run `secdef generate`']}
  return mergeByLines(bytes, {state: 'unread', reason: 'it was not generated on both sides'}, request)
}
