/** What `secdef edit` does; its description stands in the table of commands. */
import {changeEntry} from '../app/edit/change-entry.ts'
import {Failure} from '../model/failure.ts'
import {kindOption} from './add-command.ts'
import {type CommandValues, textOption} from './command.ts'
import {runEditing} from './editing.ts'
import type {Environment} from './environment.ts'

export async function runEdit(environment: Environment, values: CommandValues): Promise<number> {
  const texts = {
    why: textOption(values, 'why'),
    risks: textOption(values, 'risks'),
    approvedBy: textOption(values, 'approvedBy'),
    privileges: textOption(values, 'privileges'),
  }
  if (Object.values(texts).every((text) => text === undefined)) {
    throw new Failure('Missing --why, --risks, --approved-by or --privileges', {
      hint: 'Say what the row shall say instead.',
    })
  }
  const [id = ''] = values.arguments
  return runEditing(environment, values, {
    command: 'edit',
    edit: (project, options) => changeEntry(project, options, {id, kind: kindOption(values), texts}),
  })
}
