/** A rule → its page, for `docs/rules` and for `explain`. */
import type {Rule} from '../model/rules/rule.ts'
import {type RuleId, rules} from '../model/rules.ts'

const severities = {
  fatal: 'Fatal: nothing is decided, exit code 2.',
  error: 'Error: exit code 1.',
  warning: 'Warning: shown, exit code 0.',
  info: 'Information: shown, exit code 0.',
} as const

/** Markdown. */
export function rulePage(id: RuleId): string {
  const {title, severity, why, example} = rules[id] as Rule<never>
  const parts = [`# ${id}`, `${title}.`, severities[severity], '## Why', why]
  if (example) parts.push('## Refused', fence(example.bad), '## Taken', fence(example.good))
  return `${parts.join('\n\n')}\n`
}

/** Longer than any fence inside. */
function fence(document: string): string {
  const longest = Math.max(2, ...[...document.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}markdown\n${document}${document.endsWith('\n') ? '' : '\n'}${mark}`
}
