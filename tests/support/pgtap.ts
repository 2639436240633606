/** pgTAP for every host, and its output read back. */
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {gunzipSync} from 'node:zlib'
import type {Answer, Session} from './postgres.ts'

/** One test of a TAP stream: its number, its title, and the diagnostics below it, without `# `. */
export type TapResult = {
  readonly number: number
  readonly ok: boolean
  readonly title: string
  readonly said: readonly string[]
}
export type Tap = {
  readonly plan: number
  readonly said: readonly string[]
  readonly results: readonly TapResult[]
}

/**
 * Install pgTAP into a new schema. It is SQL alone, and npm carries it in the package for PGlite, so that the same
 * script serves the real servers too.
 */
export async function installPgtap(session: Session, schema: string): Promise<void> {
  await session.run(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${readPgtap()} RESET search_path;`)
}

function readPgtap(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite-pgtap')
  const archive = gunzipSync(readFileSync(path.join(path.dirname(entry), 'pgtap.tar.gz')))
  return readTarFile(archive, /\/pgtap--\d+\.\d+\.\d+\.sql$/)
}

/** @see https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function readTarFile(archive: Buffer, name: RegExp): string {
  const block = 512
  for (let offset = 0; offset + block <= archive.length; ) {
    const field = (start: number, length: number) =>
      archive.toString('utf8', offset + start, offset + start + length).split('\0')[0] ?? ''
    const size = Number.parseInt(field(124, 12).trim() || '0', 8)
    const start = offset + block
    if (name.test(field(0, 100))) return archive.toString('utf8', start, start + size)
    offset = start + Math.ceil(size / block) * block
  }
  throw new Error(`No file ${name} in the archive of pgTAP`)
}

/** @throws {Error} for a line that is no TAP, which a harness would skip without a word. */
export function readTap(answer: Answer): Tap {
  const lines = answer.rows.flatMap((row) => Object.values(row)).flatMap((value) => String(value).split('\n'))
  let plan = 0
  const said: string[] = []
  const results: (TapResult & {said: string[]})[] = []
  for (const line of lines) {
    const planned = /^1\.\.(\d+)$/.exec(line)
    const result = /^(not )?ok (\d+) - (.*)$/.exec(line)
    if (planned) plan = Number(planned[1])
    else if (result) {
      results.push({number: Number(result[2]), ok: result[1] === undefined, title: result[3] ?? '', said: []})
    } else if (line.startsWith('# ')) (results.at(-1)?.said ?? said).push(line.slice(2))
    else throw new Error(`Unexpected line in TAP: ${line}`)
  }
  return {plan, said, results}
}
