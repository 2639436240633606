/** What a configuration's schema has to say → findings in words, at their place in JSON. */
import type * as z from 'zod/mini'
import {outputForm, projectKeys, RegistryConfig} from '../model/config.ts'
import {targetIds} from '../model/default-registry.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {isNear, suggest} from '../model/suggest.ts'
import {type ConfigSource, type KeyPath, show} from './config-source.ts'

type Issue = z.core.$ZodIssue

/** @param keysAt The keys that are known at a path, for suggestions. */
export async function findingsOfIssues(
  issues: readonly Issue[],
  value: unknown,
  {file, prefix, locate}: ConfigSource,
  keysAt: (path: KeyPath) => readonly string[],
): Promise<readonly Finding[]> {
  const {report, findings} = collectFindings(file)
  const seen = new Set<string>()
  for (const issue of issues.flatMap((found) => meant(found, value))) {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
    const at = show(path, prefix)
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        report('config-unknown-key', await locate([...path, key], 'key'), {
          actual: show([...path, key], prefix),
          suggestion: suggest(key, keysAt(path)),
          ...elsewhere(key, path),
        })
      }
    } else if (!seen.has(at)) {
      // One fault breaks several checks of one value; the first says most.
      seen.add(at)
      report('config-invalid', await locate(path, 'value'), {
        at,
        ...wordsOf(issue, path, lookUp(value, path)),
      })
    }
  }
  return findings
}

/** Of a union, the objections of the option that was meant, told by the shape of the value. */
function meant(issue: Issue, root: unknown): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const value = lookUp(root, issue.path)
  const isOutput = issue.errors.length > 2
  const option = !isObject(value) ? 0 : isOutput ? outputForm(value).option : 1
  const inner = (issue.errors[option] ?? []).map(
    (found) => ({...found, path: [...issue.path, ...found.path]}) as Issue,
  )
  // A mistyped `target` is told as such, and not as a missing one too.
  const unknown = inner.flatMap((found) => (found.code === 'unrecognized_keys' ? found.keys : []))
  const told = inner.filter(({path}) => !unknown.some((key) => isNear(key, String(path.at(-1)))))
  return told.flatMap((found) => meant(found, root))
}

function wordsOf(issue: Issue, path: KeyPath, actual: unknown): {reason: string; suggestion?: string} {
  if (path.at(-1) === 'target' && actual === undefined)
    return {reason: `expected one of ${targetIds.join(', ')}; or \`template\` in its place`}
  if (issue.code === 'invalid_value') {
    const values =
      path.includes('outputs') && path.at(-1) !== 'missing' ? targetIds : issue.values.map(String)
    const near = typeof actual === 'string' ? suggest(actual, values) : undefined
    return {reason: `expected one of ${values.join(', ')}`, ...(near !== undefined && {suggestion: near})}
  }
  if (issue.code !== 'invalid_type') return {reason: issue.message}
  if (actual === undefined) return {reason: 'expected it to be there'}
  return {reason: `expected ${typeNames[issue.expected] ?? issue.expected}`}
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  string: 'text',
}

/** Where a key belongs that is known, but not here. */
function elsewhere(key: string, path: KeyPath): {elsewhere?: string} {
  const places: Readonly<Record<string, string>> =
    path.at(-2) === 'outputs'
      ? {
          records: 'an output whose target is typescript or python',
          missing: 'an output whose target is sql',
          template: 'an output without `target`',
        }
      : path.length === 0 && Object.hasOwn(RegistryConfig.shape, key)
        ? {[key]: 'each of `registries`'}
        : Object.fromEntries(projectKeys.map((known) => [known, 'the top of the configuration']))
  const found = Object.hasOwn(places, key) ? places[key] : undefined
  return found === undefined ? {} : {elsewhere: found}
}

function lookUp(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined), value)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
