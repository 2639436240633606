/** Suggested rows as Markdown, to be pasted into the document and filled in: `check` refuses them until then. */
import {kinds} from '../model/kind.ts'
import type {ProvedSuggestions, SuggestedCells, Suggestion} from '../model/suggestion.ts'
import {count} from '../model/words.ts'
import {codeSpan, inlineText, table, tableRow, wholeCodeSpan} from './markdown-text.ts'
import {visible} from './visible.ts'

/** The rest of the callers is counted. */
const shownCallers = 8

const justification = kinds.find(({id}) => id === 'security-definer')?.justification ?? ''
const headings = ['Object Name', 'Schema', justification, 'Risks Mitigated', 'Approved By']

/** What a person has to write. A placeholder is a finding, so that no row is taken for reviewed as it is. */
const todo = {
  why: 'TODO: why it has to run as its owner.',
  risks: 'TODO: which risks there are, and what mitigates them.',
  approval: 'TODO - YYYY-MM',
}

/** Words that are sound by every rule of a cell, to try how a row would be read. */
const filled = {why: 'Has to run as its owner.', risks: 'Reviewed.', approval: 'Core Team - 2000-01'}

/**
 * The text of all suggestions: a section for each schema, as the most exposed routine comes first, and then those that
 * no row can name.
 *
 * @returns The empty text where there is nothing to suggest.
 */
export function suggestionText({writable, unwritable}: ProvedSuggestions): string {
  const schemas = new Map<string, typeof writable>()
  for (const row of writable) {
    const {schema} = row.suggestion
    schemas.set(schema, [...(schemas.get(schema) ?? []), row])
  }
  const sections = [...schemas.values()].map(section)
  const left = unwritable.map(
    ({suggestion, reason}) =>
      `- No row for ${codeSpan(suggestion.routine.id, 'text')}: ${inlineText(reason, 'text')}`,
  )
  if (left.length > 0) {
    const what = count(left.length, 'SECURITY DEFINER routine')
    sections.push(`No row can be suggested for ${what}, and none is documented:\n\n${left.join('\n')}\n`)
  }
  return sections.join('\n')
}

/** A section of one schema with these rows, at the depth of the sections that name a schema. */
export function section(
  rows: readonly {readonly suggestion: Suggestion; readonly cells: SuggestedCells}[],
): string {
  const [first] = rows
  if (first === undefined) return ''
  const lines = rows.map(({suggestion, cells}) => suggestedRow(suggestion, cells))
  return [headingOf(first.suggestion.schema), '', ...table(headings, lines), ''].join('\n')
}

/** Only a heading that names the schema as the reader of headings understands it may say "schema". */
function headingOf(schema: string): string {
  return isPlainWord(schema)
    ? `## ${schema.toUpperCase()} Schema Functions`
    : `## Functions of ${wholeCodeSpan(visible(schema), 'text')}`
}

function suggestedRow(suggestion: Suggestion, cells: SuggestedCells): string {
  const {objectName = suggestion.routine.name, schema} = suggestion
  const {why, risks, approval} = cells === 'filled' ? filled : todo
  return tableRow([
    wholeCodeSpan(visible(objectName), 'cell'),
    isPlainWord(schema) ? schema : wholeCodeSpan(visible(schema), 'cell'),
    why,
    cells === 'facts' ? `${risks} ${factsOf(suggestion)}` : risks,
    approval,
  ])
}

/** Letters that are drawn as they are written; underscores between them have no meaning. */
function isPlainWord(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)
}

/** Every name as code: a role may be called `nobody`. */
function factsOf({routine, callers, owner, searchPath, dynamicSql}: Suggestion): string {
  const {kind, language, volatility, returns, securityDefiner} = routine
  const result = returns === null ? '' : ` that returns ${code(returns)}`
  return [
    `It is a ${volatility} ${kind} in ${code(language)}${result}.`,
    ...(securityDefiner === null ? ['Whether it is SECURITY DEFINER is unknown.'] : []),
    `${callersIn(callers)}.`,
    routine.owner === null
      ? 'Its owner is unknown.'
      : `Its owner is ${code(routine.owner)}${rightsOf(owner)}.`,
    pathIn(searchPath),
    ...{
      none: [],
      unknown: ['What SQL it executes is unknown.'],
      'of-the-caller': ['It executes text of its caller as SQL.'],
    }[dynamicSql],
  ].join(' ')
}

function callersIn(callers: Suggestion['callers']): string {
  if (callers === null) return 'Who may execute it is unknown'
  if (callers.length === 0) return 'No one but its owner may execute it'
  const shown = callers.slice(0, shownCallers).map(code)
  const rest = callers.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${count(rest, 'more role')}` : ''} may execute it`
}

function rightsOf(owner: Suggestion['owner']): string {
  if (owner?.superuser === true) return ', a superuser'
  if (owner?.bypassRls === true) return ', which has BYPASSRLS'
  return owner?.superuser === false && owner.bypassRls === false ? '' : ', whose rights are unknown'
}

function pathIn(path: Suggestion['searchPath']): string {
  if (path === null) return 'Its search path is unknown.'
  if (path === undefined) return 'It has no search path of its own.'
  return path.length === 0 ? 'Its search path is empty.' : `Its search path is ${path.map(code).join(', ')}.`
}

function code(text: string): string {
  return codeSpan(text, 'cell')
}
