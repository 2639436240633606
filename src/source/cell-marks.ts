/** Marks that are text to the parser and something else on GitHub. */
import type {PhrasingContent} from 'mdast'

/** A backtick that is text is one whose span did not close, unless it is escaped. */
export function findStrayBacktick(written: string): number {
  return written.replace(/\\[\s\S]/g, '  ').indexOf('`')
}

/**
 * GitHub draws what stands between two dollar signs as a formula, in which a command can hide text. Without a
 * command, the signs are more often money.
 */
export function findFormula(written: string): {index: number; length: number} | undefined {
  const parts = written.split('$')
  let index = -1
  for (const [number, part] of parts.entries()) {
    const isBetween = number > 0 && number < parts.length - 1
    if (isBetween && /^\S/.test(part) && /\S$/.test(part.slice(-1)) && /\\[a-z]/i.test(part))
      return {index, length: part.length + 2}
    index += part.length + 1
  }
  return undefined
}

/** The other way to write a formula: a code span with a dollar sign on either side. */
export function findFormulaCode(children: readonly PhrasingContent[]): PhrasingContent[] {
  return children.filter((child, index) => {
    const before = children[index - 1]
    const after = children[index + 1]
    if (child.type !== 'inlineCode' || before?.type !== 'text' || after?.type !== 'text') return false
    return before.value.endsWith('$') && after.value.startsWith('$')
  })
}
