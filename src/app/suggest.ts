/** Suggested rows, held against the reader of the document: only what reads back as its routine is suggested. */
import {fits} from '../audit/naming.ts'
import {suggestRows} from '../audit/suggest.ts'
import {showIdentifier} from '../model/identifier.ts'
import type {Inventory} from '../model/inventory.ts'
import {describe, type Finding} from '../model/rules.ts'
import type {ProvedSuggestions, SuggestedCells, Suggestion} from '../model/suggestion.ts'
import {type ReadResult, readRegistry} from '../source/registry.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'

/** Writes a section of a document with a row for each. All are of one schema. */
export type SectionWriter = (
  rows: readonly {readonly suggestion: Suggestion; readonly cells: SuggestedCells}[],
) => string

/** Rows for what no row speaks of in any of the inventories. */
export function suggestFor(
  {audit}: Pick<Project, 'audit'>,
  documents: readonly DocumentRead[],
  inventories: readonly Inventory[],
  write: SectionWriter,
): ProvedSuggestions {
  const registries = documents.map(({registry}) => registry)
  const suggestions = inventories.flatMap((inventory) => suggestRows(registries, inventory, audit.apiRoles))
  const byId = new Map(suggestions.map((suggestion) => [suggestion.routine.id, suggestion]))
  return proveSuggestions([...byId.values()], write)
}

/** The columns that a person has to fill in. */
const open = ['Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']

/**
 * Every suggestion is written and read back: filled in, it must be an entry for exactly its routine, and until then
 * each open cell a placeholder and nothing else. Facts that would be refused in a cell are left out.
 */
export function proveSuggestions(
  suggestions: readonly Suggestion[],
  write: SectionWriter,
): ProvedSuggestions {
  const proofs = suggestions.map((suggestion) => ({suggestion, ...prove(suggestion, write)}))
  return {
    writable: proofs.flatMap(({suggestion, cells}) => (cells ? [{suggestion, cells}] : [])),
    unwritable: proofs.flatMap(({suggestion, reason}) =>
      reason === undefined ? [] : [{suggestion, reason}],
    ),
  }
}

type Proof =
  | {readonly cells: 'facts' | 'bare'; readonly reason?: never}
  | {readonly cells?: never; readonly reason: string}

function prove(suggestion: Suggestion, write: SectionWriter): Proof {
  if (suggestion.objectName === undefined)
    return {reason: 'its argument types are unknown, and it is not the only routine of its name'}
  const fault = faultOf(suggestion, readBack(write([{suggestion, cells: 'filled'}])))
  if (fault !== undefined) return {reason: fault}
  for (const cells of ['facts', 'bare'] as const) {
    if (isOpenAlone(readBack(write([{suggestion, cells}])).findings)) return {cells}
  }
  throw new Error(`The row for ${suggestion.routine.id} cannot be left open`)
}

/** On a day on which the approval of a row that is filled in holds. */
function readBack(text: string): ReadResult {
  return readRegistry(text, {path: 'suggested rows', today: '2000-01-31'})
}

function faultOf({routine, objectName}: Suggestion, {registry, findings}: ReadResult): string | undefined {
  const [finding] = findings
  if (finding) return `its row would not be read: ${describe(finding).message}`
  const [entry, ...more] = registry.entries
  if (entry === undefined || more.length > 0) throw new Error(`A row for ${routine.id} was lost`)
  const {schema, name, signature, id} = entry.value
  const hasTypes = objectName !== showIdentifier(routine.name)
  const isIt =
    schema === routine.schema &&
    name === routine.name &&
    (signature === null ? !hasTypes : hasTypes && fits(signature, routine.signature) === true)
  return isIt ? undefined : `its row would be read as ${id}, which is not this routine`
}

function isOpenAlone(findings: readonly Finding[]): boolean {
  return (
    findings.length === open.length &&
    findings.every((one, index) => one.ruleId === 'placeholder' && one.args.column === open[index])
  )
}
