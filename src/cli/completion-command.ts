/** What `secdef completion` does; its description stands beside the table of commands. */
import {auditRulePages} from '../app/audit-rules.ts'
import {rules} from '../model/rules.ts'
import type {CommandValues} from './command.ts'
import {commands} from './commands.ts'
import {bashScript} from './completion/bash.ts'
import type {Shell} from './completion/commands.ts'
import {type CompletedCommand, completedCommands} from './completion/completed.ts'
import {fishScript} from './completion/fish.ts'
import {zshScript} from './completion/zsh.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

const scripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

export async function runCompletion(
  {stdout}: Environment,
  {arguments: [shell]}: CommandValues,
): Promise<number> {
  const ruleIds = [...Object.keys(rules), ...auditRulePages.map(({id}) => id)]
  stdout.write(scripts[shell as Shell](completedCommands(commands, ruleIds)))
  return exitCodes.clean
}
