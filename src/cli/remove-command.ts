/** What `secdef remove` does; its description stands in the table of commands. */
import {removeEntry} from '../app/edit/remove-entry.ts'
import {kindOption} from './add-command.ts'
import type {CommandValues} from './command.ts'
import {runEditing} from './editing.ts'
import type {Environment} from './environment.ts'

export async function runRemove(environment: Environment, values: CommandValues): Promise<number> {
  const [id = ''] = values.arguments
  return runEditing(environment, values, {
    command: 'remove',
    edit: (project, options) => removeEntry(project, options, {id, kind: kindOption(values)}),
  })
}
