/** The registries that were configured at a revision, and which of them are which of today's. */
import {readAtRevision} from '../io/git.ts'
import type {RegistryConfig} from '../model/config.ts'
import {defaultRegistry} from '../model/default-registry.ts'
import {configSource} from './config-source.ts'
import type {Project} from './project.ts'
import {validateConfig} from './validate-config.ts'

/**
 * Read the configuration as it was, where it was JSON: a program of another day is not run.
 *
 * @returns `undefined` where it cannot be known; what is configured today is taken for it then.
 */
export async function registriesAt(
  {root, file}: Project,
  commit: string,
): Promise<readonly RegistryConfig[] | undefined> {
  const names = new Set([file ?? '', 'secdef.config.json', 'package.json'])
  for (const name of [...names].filter((one) => one.endsWith('.json'))) {
    const bytes = await readAtRevision(root, commit, name)
    const found = bytes && parse(name, bytes.toString('utf8').replace(/^\ufeff/, ''))
    if (found === undefined) continue
    const judged = await validateConfig(found.value, configSource(name, found.text))
    return 'registries' in judged ? judged.registries : undefined
  }
  for (const name of new Set([file ?? '', 'secdef.config.mjs', 'secdef.config.ts'])) {
    if (name !== '' && (await readAtRevision(root, commit, name))) return undefined
  }
  return [defaultRegistry]
}

/** `undefined` where it configures nothing of ours. What does not parse is judged as what it is: no object. */
function parse(name: string, text: string): {value: unknown; text: string} | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (name !== 'package.json') return {value, text}
    const isOurs = typeof value === 'object' && value !== null && Object.hasOwn(value, 'secdef')
    return isOurs ? {value: Reflect.get(value, 'secdef'), text} : undefined
  } catch {
    return name === 'package.json' ? undefined : {value: undefined, text}
  }
}

export type Match = {readonly now: RegistryConfig | undefined; readonly old: RegistryConfig | undefined}

/**
 * The same document, the same name, one that has moved, or the only one that is left on both sides. Those that are
 * no longer configured come last: what they excused must not vanish without a word.
 *
 * @param movedFrom The path then of a document of today, if it is known to have moved.
 */
export async function matchRegistries(
  now: readonly RegistryConfig[],
  old: readonly RegistryConfig[] | undefined,
  movedFrom: (document: string) => Promise<string | undefined>,
): Promise<Match[]> {
  if (old === undefined) return now.map((config) => ({now: config, old: undefined}))
  const partners = new Map<RegistryConfig, RegistryConfig>()
  const left = () => ({
    now: now.filter((config) => !partners.has(config)),
    old: old.filter((config) => ![...partners.values()].includes(config)),
  })
  for (const isSame of [
    (a: RegistryConfig, b: RegistryConfig) => a.document === b.document,
    (a: RegistryConfig, b: RegistryConfig) => a.name !== undefined && a.name === b.name,
  ]) {
    for (const config of left().now) {
      const partner = left().old.find((other) => isSame(config, other))
      if (partner) partners.set(config, partner)
    }
  }
  for (const config of left().now) {
    if (left().old.length === 0) break
    const source = await movedFrom(config.document)
    const partner = left().old.find(({document}) => document === source)
    if (partner) partners.set(config, partner)
  }
  const rest = left()
  const [onlyNow, onlyThen] = [rest.now[0], rest.old[0]]
  if (rest.now.length === 1 && rest.old.length === 1 && onlyNow && onlyThen) partners.set(onlyNow, onlyThen)
  return [
    ...now.map((config) => ({now: config, old: partners.get(config)})),
    ...left().old.map((config) => ({now: undefined, old: config})),
  ]
}
