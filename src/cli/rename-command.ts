/** What `secdef rename` does; its description stands in the table of commands. */
import {renameEntry} from '../app/edit/rename-entry.ts'
import {kindOption} from './add-command.ts'
import type {CommandValues} from './command.ts'
import {runEditing} from './editing.ts'
import type {Environment} from './environment.ts'

export async function runRename(environment: Environment, values: CommandValues): Promise<number> {
  const [id = '', to = ''] = values.arguments
  return runEditing(environment, values, {
    command: 'rename',
    edit: (project, options) => renameEntry(project, options, {id, to, kind: kindOption(values)}),
  })
}
