/** Formatters and editors that must leave the outputs alone: JSON has no comment that could tell them so. */
import {posix} from 'node:path'
import type {RegistryConfig} from '../../model/config.ts'
import {generatedPatterns} from './attributes.ts'
import {appendLines, nearest, readText, type Site, type Step} from './plan.ts'

const prettierNames = [
  '.prettierignore',
  '.prettierrc',
  ...['json', 'json5', 'yml', 'yaml', 'toml', 'js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map(
    (extension) => `.prettierrc.${extension}`,
  ),
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `prettier.config.${extension}`),
]

/** @throws Failure if nothing may be written there. */
export function planIgnores(site: Site, registries: readonly RegistryConfig[]): Step[] {
  const patterns = generatedPatterns(registries)
  return [...forPrettier(site, patterns), ...forEditors(site, patterns), ...forBiome(site, patterns)]
}

function forPrettier(site: Site, patterns: readonly string[]): Step[] {
  const manifest = nearest(site, ['package.json'])
  const isNamed = manifest !== undefined && /"prettier"\s*:/.test(readText(site.files, manifest) ?? '')
  const found = nearest(site, prettierNames) ?? (isNamed ? manifest : undefined)
  if (found === undefined) return []
  const folder = folderOf(found)
  // A folder is ignored with all that it holds, and is recognized however it is written.
  const lines = below(site, folder, patterns).map((pattern) => pattern.replace(/\*\*$/, ''))
  const plain = (line: string) => line.replace(/^\/|\/(?:\*\*?)?$/g, '')
  return [
    appendLines(site, `${folder}.prettierignore`, lines, (line, wanted) => plain(line) === plain(wanted)),
  ]
}

function forEditors(site: Site, patterns: readonly string[]): Step[] {
  const path = nearest(site, ['.editorconfig'])
  if (path === undefined) return []
  const text = readText(site.files, path) ?? ''
  const missing = below(site, folderOf(path), patterns).filter((pattern) => !text.includes(`[${pattern}]`))
  if (missing.length === 0) return [{action: 'leave', path, why: 'says so already'}]
  const section = (pattern: string) => ['', `[${pattern}]`, ...editorSettings]
  return [appendLines(site, path, missing.flatMap(section), () => false)]
}

const editorSettings = [
  'indent_size = unset',
  'insert_final_newline = unset',
  'trim_trailing_whitespace = unset',
]

/** Its configuration may hold comments: it is for a person to change. */
function forBiome(site: Site, patterns: readonly string[]): Step[] {
  const path = nearest(site, ['biome.json', 'biome.jsonc'])
  if (path === undefined) return []
  const text = readText(site.files, path) ?? ''
  const excluded = below(site, folderOf(path), patterns).map(
    (pattern) => `!${pattern.replace(/\/\*\*$/, '')}`,
  )
  const missing = excluded.filter((pattern) => !text.includes(pattern))
  if (missing.length === 0) return [{action: 'leave', path, why: 'says so already'}]
  const list = ['**', ...missing].map((one) => JSON.stringify(one)).join(', ')
  return [{action: 'paste', path, why: 'exists', text: `"files": {"includes": [${list}]}`}]
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
}

/** The patterns of the project as a file in another folder has them. */
function below({prefix}: Site, folder: string, patterns: readonly string[]): string[] {
  return patterns.map((pattern) => (folder === prefix ? pattern : posix.join(prefix, pattern)))
}
