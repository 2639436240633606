/** Which extensions a folder of migrations asks for: PGlite's own where it has them, else stubs. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Extension} from '@electric-sql/pglite'
import {canBeStub, packStub} from './stub-extension.ts'

/** Its own module, of the same name but for the hyphen. */
const embedded: ReadonlySet<string> = new Set(
  [
    'amcheck btree_gin btree_gist citext cube dict_int earthdistance file_fdw fuzzystrmatch hstore intarray isn lo',
    'ltree moddatetime pageinspect pg_buffercache pg_freespacemap pg_stat_statements pg_surgery pg_trgm',
    'pg_visibility pg_walinspect pgcrypto seg tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp',
  ].flatMap((names) => names.split(' ')),
)

/** In the server itself. */
const builtin: ReadonlySet<string> = new Set(['plpgsql'])

export type Extensions = {
  readonly modules: Readonly<Record<string, Extension>>
  /** Those that are empty. */
  readonly stubs: readonly string[]
  /** Call it once the database has started, or failed to. */
  readonly release: () => void
}

/** Names after CREATE EXTENSION, wherever the words stand: one too many is never used. */
export function extensionsNamed(texts: readonly string[]): string[] {
  const pattern = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([a-z_]\w*))/gi
  const names = texts.flatMap((text) =>
    [...text.matchAll(pattern)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  )
  return [...new Set(names.map((name) => name.toLowerCase()))].sort()
}

export async function provideExtensions(names: readonly string[]): Promise<Extensions> {
  const wanted = names.filter((name) => !builtin.has(name) && canBeStub(name))
  const stubs = wanted.filter((name) => !embedded.has(name))
  const folder = mkdtempSync(join(tmpdir(), 'secdef-extensions-'))
  const release = () => rmSync(folder, {recursive: true, force: true})
  try {
    const modules: Record<string, Extension> = {}
    for (const name of wanted) {
      modules[name] = embedded.has(name) ? await loadEmbedded(name) : await writeStub(folder, name)
    }
    return {modules, stubs, release}
  } catch (error) {
    release()
    throw error
  }
}

async function loadEmbedded(name: string): Promise<Extension> {
  const module: object = await import(
    /* @vite-ignore */ `@electric-sql/pglite/contrib/${name.replace('-', '_')}`
  )
  const extension = Object.values(module).find(isExtension)
  if (extension === undefined) throw new Error(`Unexpected module of the extension ${name}`)
  return extension
}

function isExtension(value: unknown): value is Extension {
  return typeof value === 'object' && value !== null && 'setup' in value && 'name' in value
}

async function writeStub(folder: string, name: string): Promise<Extension> {
  const file = join(folder, `${name}.tar.gz`)
  writeFileSync(file, await packStub(name))
  return {name, setup: async () => ({bundlePath: pathToFileURL(file)})}
}
