/** What `secdef explain` does; its description stands in the table of commands. */
import {auditRulePages} from '../app/audit-rules.ts'
import {Failure} from '../model/failure.ts'
import type {Rule} from '../model/rules/rule.ts'
import {rules} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {type RulePage, rulePage} from '../report/rule-page.ts'
import type {CommandValues} from './command.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

export async function runExplain({stdout}: Environment, {arguments: [id]}: CommandValues): Promise<number> {
  const documentPages = Object.entries<Rule<never>>(rules).map(([ruleId, rule]) => ({id: ruleId, ...rule}))
  const pages: readonly RulePage[] = [...documentPages, ...auditRulePages]
  const ids = pages.map((page) => page.id)
  if (id === undefined) {
    const width = Math.max(...ids.map((rule) => rule.length))
    for (const {id: rule, severity, title} of pages) {
      stdout.write(`${rule.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
    }
    return exitCodes.clean
  }
  const page = pages.find((one) => one.id === id)
  if (page === undefined) {
    const near = suggest(id, ids)
    throw new Failure(`No rule ${JSON.stringify(id)}`, {
      hint:
        near === undefined ? 'Run `secdef explain` for a list.' : `Did you mean \`secdef explain ${near}\`?`,
    })
  }
  stdout.write(rulePage(page))
  return exitCodes.clean
}
