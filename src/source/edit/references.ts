/** "Same as x" in the source of a cell → the same with another name. */
import {readObjectName} from '../object-name.ts'
import {referenceOf} from '../same-as.ts'
import {cellMarkdown, codeSpan} from './cell-markdown.ts'
import {type QualifiedName, showName} from './request.ts'

/** How much of a name a reference states. */
export const referenceForms = ['as before', 'with schema', 'whole'] as const
export type ReferenceForm = (typeof referenceForms)[number]

export type CellReference = {
  /** The Markdown of the cell. */
  readonly markdown: string
  /** Its text, as a reader sees it. */
  readonly text: string
}

/**
 * Rename what a cell refers to; all else in it stays.
 *
 * @returns The new Markdown, or `undefined` where the name stands in it with marks inside.
 */
export function renameReference(
  {markdown, text}: CellReference,
  name: QualifiedName,
  form: ReferenceForm,
): string | undefined {
  const reference = referenceOf(text)?.trim()
  const opening = /^same\s+as\s+/iu.exec(markdown)?.[0]
  if (reference === undefined || opening === undefined) return undefined
  const rest = markdown.slice(opening.length)
  const shown = showName(inForm(name, reference, form))
  for (const [old, fresh] of [
    [codeSpan(reference), codeSpan(shown)],
    [cellMarkdown(reference), cellMarkdown(shown)],
    [reference, cellMarkdown(shown)],
  ]) {
    if (old !== undefined && fresh !== undefined && rest.startsWith(old))
      return opening + fresh + rest.slice(old.length)
  }
  return undefined
}

function inForm(name: QualifiedName, reference: string, form: ReferenceForm) {
  const old = readObjectName(reference, 'any')
  const stated = 'ruleId' in old ? undefined : old
  return {
    ...name,
    schema: form === 'as before' && stated?.schema === undefined ? undefined : name.schema,
    signature: form === 'whole' || stated?.signature ? name.signature : null,
  }
}
