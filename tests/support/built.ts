/** The package as it is published, built once for the sources as they stand. */
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import * as fs from 'node:fs'
import {join, resolve} from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/secdef')
const dayMs = 86_400_000

/**
 * Build, or take what was built of the same sources.
 *
 * Each state of the sources has a folder of its own, named by their digest: a build is never stale, and none
 * is taken away from a test that runs beside this one.
 *
 * @returns The folder that stands for `dist`.
 */
export function build({types = false}: {types?: boolean} = {}): string {
  const target = join(cache, `${digest()}${types ? '-types' : ''}`)
  if (fs.existsSync(target)) return target
  fs.mkdirSync(cache, {recursive: true})
  sweep()
  const own = fs.mkdtempSync(join(cache, 'test-'))
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const args = [tsx, join(root, 'scripts/build.ts'), join(own, 'dist'), ...(types ? [] : ['--no-types'])]
  try {
    execFileSync(process.execPath, args, {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
    fs.renameSync(join(own, 'dist'), target)
  } catch (error) {
    // Another test file was faster.
    if (!fs.existsSync(target)) throw error
  } finally {
    fs.rmSync(own, {recursive: true, force: true})
  }
  return target
}

/** Of everything that a build depends on, but for the packages, which the lock file pins. */
function digest(): string {
  const hash = createHash('sha256')
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'scripts/build.ts',
    'scripts/templates.ts',
  ])
    hash.update(fs.readFileSync(join(root, name)))
  for (const name of fs.readdirSync(join(root, 'src'), {recursive: true, encoding: 'utf8'}).sort()) {
    const file = join(root, 'src', name)
    if (name.endsWith('.gen.ts') || !fs.statSync(file).isFile()) continue
    hash.update(`${name}\0`).update(fs.readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function sweep(): void {
  for (const name of fs.readdirSync(cache)) {
    const folder = join(cache, name)
    const stats = fs.statSync(folder, {throwIfNoEntry: false})
    if (stats && Date.now() - stats.mtimeMs > dayMs) fs.rmSync(folder, {recursive: true, force: true})
  }
}
