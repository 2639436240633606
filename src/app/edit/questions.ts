/** What a new row still has to be told: on a terminal it is asked for, elsewhere it is an error. */
import {compareCodePoints} from '../../model/compare.ts'
import {Failure} from '../../model/failure.ts'
import type {Kind} from '../../model/kind.ts'
import {parseApproval} from '../../source/approval.ts'
import {findPlace} from '../../source/edit/placement.ts'
import {columnOf, parseName, type RowTexts} from '../../source/edit/request.ts'
import {isPlaceholder} from '../../source/placeholder.ts'
import {documentsOn, type OpenDocument} from './documents.ts'
import {similarRisks} from './suggestions.ts'

export type AddRequest = {
  readonly kind: Kind
  /** The name, as it was typed. */
  readonly object?: string | undefined
  readonly section?: string | undefined
  readonly on?: string | undefined
  readonly texts: RowTexts
}

export type Question = {
  readonly field: 'object' | 'section' | 'on' | keyof RowTexts
  /** How it is given without being asked. */
  readonly flag: string
  readonly label: string
  /** One of these, where `isClosed`; else what others have said. */
  readonly choices: readonly string[]
  readonly isClosed: boolean
  /** Why an answer is none. */
  readonly fault: (answer: string) => string | undefined
}

const flags: Readonly<Record<keyof RowTexts, string>> = {
  privileges: '--privileges',
  grantedTo: '--granted-to',
  why: '--why',
  risks: '--risks',
  approvedBy: '--approved-by',
}

/** @param month `YYYY-MM`, for the approvals that are suggested. */
export function openQuestions(
  documents: readonly OpenDocument[],
  request: AddRequest,
  month: string,
): Question[] {
  const {kind, object, texts} = request
  const possible = documentsOn(documents, request.on)
  const questions: Question[] = []
  if (isEmpty(object)) questions.push({...open('object', 'a name', 'Object Name'), fault: nameFault(kind)})
  const [document] = possible
  if (document !== undefined && possible.length > 1) {
    const choices = possible.map(({config}) => config.name ?? config.document)
    questions.push({...open('on', '--on', 'Registry'), choices, isClosed: true})
  } else if (document !== undefined && object !== undefined && !isEmpty(object)) {
    const {schema} = parseName(object, kind)
    const place = findPlace(document.outline.tables, {kind, schema, section: request.section})
    if (place.where === 'choose') {
      const choices = place.sections
      questions.push({...open('section', '--section', 'Section'), choices, isClosed: true})
    }
  }
  for (const [field, flag] of Object.entries(flags) as [keyof RowTexts, string][]) {
    const isGrant = field === 'privileges' || field === 'grantedTo'
    if (!isEmpty(texts[field]) || (isGrant && kind !== 'grant')) continue
    const question = open(field, flag, columnOf(field, kind))
    questions.push({...question, ...suggestionsFor(field, possible, object ?? '', kind, month)})
  }
  return questions
}

/** @throws Failure that names each flag that is missing. */
export function refuseQuestions(questions: readonly Question[]): never {
  const missing = questions.map(({flag}) => flag)
  const list = missing.length > 1 ? `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}` : missing[0]
  const choices = questions
    .filter(({isClosed}) => isClosed)
    .map(({flag, choices: words}) => `${flag} is one of ${words.map((word) => `“${word}”`).join(', ')}.`)
  throw new Failure(`Missing ${list}`, {
    hint: [
      `Give ${missing.length > 1 ? 'them' : 'it'}, or run the command on a terminal to be asked.`,
      ...choices,
    ].join(' '),
  })
}

function open(field: Question['field'], flag: string, label: string): Question {
  return {field, flag, label, choices: [], isClosed: false, fault: emptyFault}
}

function suggestionsFor(
  field: keyof RowTexts,
  documents: readonly OpenDocument[],
  object: string,
  kind: Kind,
  month: string,
): Partial<Question> {
  const entries = documents.flatMap(({registry}) => registry.entries.map(({value}) => value))
  if (field === 'risks') return {choices: similarRisks(entries, kind, object)}
  if (field !== 'approvedBy') return {}
  const counts = new Map<string, number>()
  for (const {approval} of entries) counts.set(approval.by, (counts.get(approval.by) ?? 0) + 1)
  const frequent = [...counts].sort(([a, x], [b, y]) => y - x || compareCodePoints(a, b)).slice(0, 5)
  return {choices: frequent.map(([by]) => `${by} - ${month}`), fault: approvalFault}
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}

function emptyFault(answer: string): string | undefined {
  return isPlaceholder(answer) ? 'Say something that a reviewer can hold it to.' : undefined
}

function approvalFault(answer: string): string | undefined {
  return parseApproval(answer.trim()) === undefined ? 'Write who and when: who - YYYY-MM.' : undefined
}

function nameFault(kind: Kind): (answer: string) => string | undefined {
  return (answer) => {
    try {
      parseName(answer, kind)
      return undefined
    } catch (error) {
      if (error instanceof Failure) return error.message
      throw error
    }
  }
}
