/** Fixes for approvals and for references to other rows. */
import type {Entry} from '../../model/entry.ts'
import {renameReference} from '../../source/edit/references.ts'
import {readObjectName} from '../../source/object-name.ts'
import {referenceOf} from '../../source/same-as.ts'
import {cellAtFault, type FixContext, type Proposal, type Propose, rewrite} from './fix-context.ts'

/** Who and when are there, in another order or with other marks. A date that is not there is not made up. */
export const orderApproval: Propose<'invalid-approval'> = (context) => {
  const cell = cellAtFault(context)
  const {text = ''} = cell?.content ?? {}
  const date = /(?<!\d)\d{4}([-/.])\d{2}(?:\1\d{2})?(?!\d)/.exec(text)
  if (cell === undefined || date === null) return []
  const [before, behind] = [text.slice(0, date.index), text.slice(date.index + date[0].length)]
  const parts = [before, behind].map((part) => part.replace(/^[\s,;:()[\]–—-]+|[\s,;:()[\]–—-]+$/g, ''))
  const [by, ...others] = parts.filter((part) => part !== '')
  if (by === undefined || others.length > 0) return []
  const fresh = `${by} - ${date[0].replace(/[/.]/g, '-')}`
  return [{title: `Write ${fresh}`, edits: rewrite(context, cell, fresh), isForm: true}]
}

export const spellApprover: Propose<'unknown-approver'> = (context) => {
  const {suggestion} = context.finding.args
  const cell = cellAtFault(context)
  const match = /^.*\S(?=\s+[-–—]\s+\d{4}-)/u.exec(cell?.content.text ?? '')
  if (cell === undefined || suggestion === undefined || match === null) return []
  const fresh = suggestion + cell.content.text.slice(match[0].length)
  return [{title: `Write ${suggestion}`, edits: rewrite(context, cell, fresh), isForm: false}]
}

export const spellReference: Propose<'same-as-unknown'> = (context) => {
  const {suggestion} = context.finding.args
  return suggestion === undefined ? [] : referTo(context, suggestion)
}

export const stateReference: Propose<'same-as-ambiguous'> = (context) => {
  const entry = entryOf(context)
  const reference = entry && referenceOf(entry.risks)
  return reference === undefined ? [] : referTo(context, reference.trim())
}

/** Each entry that a name could mean, by as much of its name as it takes. */
function referTo(context: FixContext, text: string): Proposal[] {
  const cell = cellAtFault(context)
  const entry = entryOf(context)
  if (cell === undefined || entry === undefined) return []
  const wanted = readObjectName(text, entry.kind === 'grant' ? 'any' : 'routine')
  if ('ruleId' in wanted) return []
  const meant = context.reading.registry.entries.filter(
    ({value}) =>
      value.kind === entry.kind &&
      value.id !== entry.id &&
      value.name === wanted.name &&
      (wanted.schema === undefined || value.schema === wanted.schema),
  )
  const near = meant.filter(({value}) => value.schema === entry.schema)
  return (near.length > 0 ? near : meant).flatMap(({value}) =>
    (['as before', 'with schema', 'whole'] as const).flatMap((form): Proposal[] => {
      const fresh = renameReference({markdown: cell.content.text, text: entry.risks}, value, form)
      if (fresh === undefined) return []
      return [{title: `Refer to ${value.id}`, edits: rewrite(context, cell, fresh), isForm: false}]
    }),
  )
}

function entryOf({reading, finding}: FixContext): Entry | undefined {
  return reading.registry.entries.find(({row}) => row.start.line === finding.place?.start.line)?.value
}
