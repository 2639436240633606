/** Finding → the edits that mend it, each held against the document that it would make. */
import type {Finding, RuleId} from '../model/rules.ts'
import type {Measure} from '../source/edit/layout.ts'
import type {TextEdit} from '../source/edit/text-edit.ts'
import type {FixContext, Proposal, Propose} from './fixes/fix-context.ts'
import {
  agreeOnSchema,
  fillInSchema,
  foldName,
  followHeading,
  markNameAsCode,
  splitNames,
} from './fixes/name-fixes.ts'
import {orderApproval, spellApprover, spellReference, stateReference} from './fixes/statement-fixes.ts'
import {gatherRows, nameColumn, partText, removeDuplicate} from './fixes/table-fixes.ts'
import {escapeBacktick, removeInvisible, removeStruck, showHtml} from './fixes/text-fixes.ts'
import {addMissingCells, joinSurplusCells} from './fixes/width-fixes.ts'
import {judgeEdits} from './prove.ts'
import type {Reading} from './reading.ts'
import {rowSiteAt} from './row-site.ts'

export type Fix = {
  readonly title: string
  /** Apart from each other, in the offsets of the reading. */
  readonly edits: readonly TextEdit[]
  /** Nobody has to decide it: it is the only one, nothing that is said changes, and no finding comes to light. */
  readonly isSure: boolean
}

const proposers: {readonly [Id in RuleId]?: Propose<Id>} = {
  'missing-cell': addMissingCells,
  'surplus-cell': joinSurplusCells,
  'empty-cell': fillInSchema,
  'name-not-code': markNameAsCode,
  'several-names': splitNames,
  'upper-case-name': foldName,
  'schema-heading': followHeading,
  'schema-conflict': agreeOnSchema,
  'html-in-cell': showHtml,
  'stray-backtick': escapeBacktick,
  'invisible-character': removeInvisible,
  'struck-through': removeStruck,
  'invalid-approval': orderApproval,
  'unknown-approver': spellApprover,
  'same-as-unknown': spellReference,
  'same-as-ambiguous': stateReference,
  'table-header': nameColumn,
  'text-in-table': partText,
  'stray-row': gatherRows,
  'duplicate-entry': removeDuplicate,
}

/** Rows behind these findings were not read, and may have findings of their own once they are. */
const hiding: ReadonlySet<RuleId> = new Set(['missing-cell', 'surplus-cell', 'table-header', 'stray-row'])

/** Rules for which a fix can be known. */
export const fixableRules: readonly RuleId[] = Object.keys(proposers) as RuleId[]

/**
 * Every way to mend a finding that leaves the document with fewer findings, the best ones alone where several leave
 * different numbers of them.
 */
export function findFixes(reading: Reading, finding: Finding, measure: Measure): readonly Fix[] {
  const judged = propose(reading, finding, measure).flatMap((proposal) => {
    const added = proposal.edits.length === 0 ? undefined : judgeEdits(reading, finding, proposal.edits)
    return added === undefined ? [] : [{...proposal, added}]
  })
  const least = Math.min(...judged.map(({added}) => added))
  if (least > 0 && !hiding.has(finding.ruleId)) return []
  const best = judged.filter(
    ({added, title}, index) =>
      added === least &&
      judged.findIndex((other) => other.title === title && other.added === least) === index,
  )
  return best.map(({title, edits, isForm}) => ({
    title,
    edits,
    isSure: isForm && best.length === 1 && least === 0,
  }))
}

function propose(reading: Reading, finding: Finding, measure: Measure): readonly Proposal[] {
  const proposer = proposers[finding.ruleId] as ((context: FixContext) => readonly Proposal[]) | undefined
  const site = finding.place && rowSiteAt(reading, finding.place.start.line)
  return proposer?.({reading, finding, site, measure}) ?? []
}
