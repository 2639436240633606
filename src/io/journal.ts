/** The record that a write can be finished or undone from: its shape, and reading it back with suspicion. */
import {createHash} from 'node:crypto'
import * as fs from 'node:fs'
import {join} from 'node:path'
import * as z from 'zod/mini'
import {Failure} from '../model/failure.ts'
import {attempt, statsOf} from './disk.ts'
import {insideRoot, isInner} from './inside-root.ts'
import {type intentName, isOwnName, type journalName} from './own-names.ts'

/** SHA-256 of a file's bytes, in hex. */
const Digest = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** Paths are relative to the root, with `/`. */
export const Journal = z.strictObject({
  version: z.literal(1),
  /** Names the temporaries: `<pid>-<16 hex digits>`. */
  id: z.string().check(z.regex(/^[1-9]\d*-[0-9a-f]{16}$/)),
  /** Folders that did not exist before, outermost first. */
  folders: z.array(z.string()),
  /** `before` is `null` where there was no file. */
  writes: z.array(z.strictObject({path: z.string(), before: z.nullable(Digest), after: Digest})),
  removals: z.array(z.strictObject({path: z.string(), before: Digest})),
})
export type Journal = z.infer<typeof Journal>

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The digest of the regular file at `path`, or `null` where there is none. Throws as `insideRoot` does. */
export function digestOf(root: string, path: string): string | null {
  const spot = insideRoot(root, path)
  return spot.stats === undefined
    ? null
    : attempt(`read ${path}`, () => digest(fs.readFileSync(spot.absolute)))
}

/** Why a record cannot be used: it ends too early, as if its writer was killed, or was never one of ours. */
export type Unusable = 'cut off' | 'foreign'

/**
 * @returns The record, or `undefined` if there is none. That its paths are still safe to touch is for
 * `insideRoot` to say, at the time.
 */
export function readJournal(
  root: string,
  name: typeof journalName | typeof intentName,
): Journal | Unusable | undefined {
  const file = join(root, name)
  const stats = attempt(`look at ${name}`, () => statsOf(file))
  if (stats === undefined) return undefined
  if (!stats.isFile()) {
    throw new Failure(`Cannot read ${name}: it is not a file`, {hint: `Remove ${name}, then run again.`})
  }
  const content = parse(attempt(`read ${name}`, () => fs.readFileSync(file, 'utf8')))
  if (content === undefined) return 'cut off'
  const journal = Journal.safeParse(content)
  return journal.success && isOurs(journal.data) ? journal.data : 'foreign'
}

/** JSON has no `undefined`, so that it can stand for no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** No run of ours names a path twice, one that leads away, our own files, or a folder that no write needs. */
function isOurs({folders, writes, removals}: Journal): boolean {
  const paths = [...writes, ...removals].map((change) => change.path)
  if (new Set(paths).size !== paths.length) return false
  if (!paths.every((path) => isInner(path) && !isOwnName(path))) return false
  return folders.every((folder) => writes.some(({path}) => path.startsWith(`${folder}/`)))
}
