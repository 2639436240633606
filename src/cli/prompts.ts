/** Questions on a terminal: a choice where there are choices, and a line to type into. */
import type {Question} from '../app/edit/questions.ts'
import {visible} from '../report/visible.ts'
import type {Terminal} from './environment.ts'

/** A sentence that is longer is cut where it is offered, not where it is taken. */
const longestLabel = 90

/** @returns The answer, or `undefined` where whoever was asked has left. */
export async function ask(terminal: Terminal, question: Question): Promise<string | undefined> {
  const {isCancel, select, text} = await import('@clack/prompts')
  const {label, choices, isClosed, fault} = question
  if (choices.length > 0) {
    const options = choices.map((value) => ({value, label: show(value)}))
    const chosen = await select<string | symbol>({
      ...terminal,
      message: label,
      options: isClosed ? options : [...options, {value: other, label: 'Something else'}],
    })
    if (isCancel(chosen)) return undefined
    if (typeof chosen === 'string') return chosen
  }
  const typed = await text({...terminal, message: label, validate: (answer) => fault(answer ?? '')})
  return isCancel(typed) ? undefined : typed
}

/** No choice of a document can be this. */
const other = Symbol('other')

function show(choice: string): string {
  const line = visible(choice)
  return line.length > longestLabel ? `${line.slice(0, longestLabel - 1)}…` : line
}
