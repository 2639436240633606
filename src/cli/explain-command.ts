/** What `secdef explain` does; its description stands in the table of commands. */
import {Failure} from '../model/failure.ts'
import {type RuleId, rules} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {rulePage} from '../report/rule-page.ts'
import type {CommandValues} from './command.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

export async function runExplain({stdout}: Environment, {arguments: [id]}: CommandValues): Promise<number> {
  if (id === undefined) {
    const width = Math.max(...Object.keys(rules).map((rule) => rule.length))
    for (const [rule, {severity, title}] of Object.entries(rules)) {
      stdout.write(`${rule.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
    }
    return exitCodes.clean
  }
  if (!Object.hasOwn(rules, id)) {
    const near = suggest(id, Object.keys(rules))
    throw new Failure(`No rule ${JSON.stringify(id)}`, {
      hint:
        near === undefined ? 'Run `secdef explain` for a list.' : `Did you mean \`secdef explain ${near}\`?`,
    })
  }
  stdout.write(rulePage(id as RuleId))
  return exitCodes.clean
}
