/** What a configuration's schema has to say → findings, at their place in JSON. */
import type * as z from 'zod/mini'
import {collectFindings, type Finding} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {indexLines, placeAt} from '../source/lines.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

export type ConfigSource = {
  /** Name of the configuration. */
  readonly file: string
  /** Its text where it is JSON; findings then have a place. */
  readonly text: string | undefined
  /** Keys above the configuration: `secdef` in a `package.json`. */
  readonly prefix: readonly string[]
}

/** @param keysAt The keys that are known at a path, for suggestions. */
export async function findingsOfIssues(
  issues: readonly Issue[],
  {file, text, prefix}: ConfigSource,
  keysAt: (path: Path) => readonly string[],
): Promise<Finding[]> {
  const {report, findings} = collectFindings(file)
  const locate = text === undefined ? () => undefined : await locator(text, prefix)
  for (const issue of issues.flatMap(flatten)) {
    if (issue.code === 'unrecognized_keys') {
      for (const actual of issue.keys) {
        const path = [...issue.path, actual]
        report('config-unknown-key', locate(path, 'key'), {
          actual: show(path),
          suggestion: suggest(actual, keysAt(issue.path)),
        })
      }
    } else {
      report('config-invalid', locate(issue.path, 'value'), {at: show(issue.path), reason: reasonOf(issue)})
    }
  }
  return findings
}

/** Of a union, the branch that was most likely meant: one that objects to a part of the value, not to its type. */
function flatten(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const branches = issue.errors.map((branch) =>
    branch.map((inner) => ({...inner, path: [...issue.path, ...inner.path]}) as Issue),
  )
  const isWhole = (branch: Issue[]) => branch.some(({path}) => path.length === issue.path.length)
  const partial = branches.filter(
    (branch) => !isWhole(branch) || branch.every(({code}) => code === 'unrecognized_keys'),
  )
  const likeliest = partial.toSorted((a, b) => a.length - b.length)[0] ?? branches[0] ?? []
  return likeliest.flatMap(flatten)
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.message.startsWith('expected') ? issue.message : 'expected at least one'
    default:
      return issue.message
  }
}

function show(path: Path): string {
  return path.length === 0 ? 'the configuration' : `\`${path.map(String).join('.')}\``
}

/** Only a configuration that is wrong pays for the parser that knows places. */
async function locator(text: string, prefix: readonly string[]) {
  const {findNodeAtLocation, parseTree} = await import('jsonc-parser')
  const tree = parseTree(text)
  const lines = indexLines(text)
  return (path: Path, what: 'key' | 'value') => {
    const keys = [...prefix, ...path].map((key) => (typeof key === 'number' ? key : String(key)))
    const value = tree && findNodeAtLocation(tree, keys)
    const node = what === 'key' ? value?.parent?.children?.[0] : value
    return node && placeAt(lines, node.offset, node.offset + node.length)
  }
}
