/** A rule → its page, for `docs/rules` and for `explain`. */
import type {Rule, Severity} from '../model/rules/rule.ts'

/** A rule about the document has an example; one of the audit says how to resolve what it finds. */
export type RulePage = {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly example?: Rule<never>['example']
  readonly resolve?: string
}

const severities = {
  fatal: 'Fatal: nothing is decided, exit code 2.',
  error: 'Error: exit code 1.',
  warning: 'Warning: shown, exit code 0.',
  info: 'Information: shown, exit code 0.',
} as const

const ofAudit =
  'Judged by `secdef audit`. Where it cannot be established whether it holds, the exit code is 1.'

/** Markdown. */
export function rulePage({id, title, severity, why, example, resolve}: RulePage): string {
  const parts = [`# ${id}`, `${title}.`, severities[severity]]
  if (resolve !== undefined && severity !== 'fatal') parts.push(ofAudit)
  parts.push('## Why', why)
  if (resolve !== undefined) parts.push('## Resolve', resolve)
  if (example) {
    const {bad, good, asked} = example
    const config = asked && fence(JSON.stringify({approvals: asked.approvals}), 'json')
    const asking = asked && config ? [`On ${asked.today}, with this in the configuration:`, config] : []
    parts.push('## Refused', ...asking, fence(bad), '## Taken', fence(good))
  }
  return `${parts.join('\n\n')}\n`
}

/** Longer than any fence inside. */
function fence(document: string, language = 'markdown'): string {
  const longest = Math.max(2, ...[...document.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}${language}\n${document}${document.endsWith('\n') ? '' : '\n'}${mark}`
}
