/** What `secdef add` does; its description stands in the table of commands. */
import {addEntry} from '../app/edit/add-entry.ts'
import {openDocuments} from '../app/edit/documents.ts'
import type {EditOptions} from '../app/edit/edit-document.ts'
import {type AddRequest, openQuestions, refuseQuestions} from '../app/edit/questions.ts'
import type {Project} from '../app/project.ts'
import {type Kind, kindIds} from '../model/kind.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Interrupted, runEditing} from './editing.ts'
import type {Environment} from './environment.ts'

export async function runAdd(environment: Environment, values: CommandValues): Promise<number> {
  const given: AddRequest = {
    kind: kindOption(values) ?? 'security-definer',
    object: values.arguments[0],
    section: textOption(values, 'section'),
    on: textOption(values, 'on'),
    texts: {
      why: textOption(values, 'why'),
      risks: textOption(values, 'risks'),
      approvedBy: textOption(values, 'approvedBy'),
      privileges: textOption(values, 'privileges'),
      grantedTo: textOption(values, 'grantedTo'),
    },
  }
  return runEditing(environment, values, {
    command: 'add',
    async edit(project, options) {
      const request = await complete(environment, project, options, given)
      if (request === 'interrupted') return request
      return addEntry(project, {...options, on: request.on}, request)
    },
  })
}

/** Commander has checked it. */
export function kindOption(values: CommandValues): Kind | undefined {
  const given = textOption(values, 'kind')
  return kindIds.find((kind) => kind === given)
}

/** Ask for what is missing, where there is somebody to ask. An answer can raise another question. */
async function complete(
  environment: Environment,
  project: Project,
  options: EditOptions,
  given: AddRequest,
): Promise<AddRequest | Interrupted> {
  const {open} = openDocuments(project, options)
  const month = environment.now().toISOString().slice(0, 7)
  let request = given
  for (;;) {
    const questions = openQuestions(open, request, month)
    const [question] = questions
    // Where nothing can be read, the edit itself says why.
    if (question === undefined || open.length === 0) return request
    const terminal = environment.terminal?.()
    if (terminal === undefined) refuseQuestions(questions)
    const {ask} = await import('./prompts.ts')
    const answer = await ask(terminal, question)
    if (answer === undefined) return 'interrupted'
    const {field} = question
    request =
      field === 'object' || field === 'section' || field === 'on'
        ? {...request, [field]: answer}
        : {...request, texts: {...request.texts, [field]: answer}}
  }
}
