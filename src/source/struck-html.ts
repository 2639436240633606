/** Tables that HTML around them strikes out: `<del>`, a table, `</del>`. */

import type {Lines} from '../model/lines.ts'
import {withoutCode} from './code-spans.ts'
import type {Block, TextTable} from './tables.ts'

/**
 * The tables that begin where a striking element is open.
 *
 * To a reader a struck table is revoked, and Markdown says nothing of it: HTML before and after a table is other
 * blocks than the table.
 */
export function findStruckTables(
  tables: readonly TextTable[],
  others: readonly Block[],
  lines: Lines,
): ReadonlySet<TextTable> {
  const tags = others.flatMap((block) => (block.type === 'code' ? [] : strikingTags(block, lines)))
  if (tags.length === 0) return new Set()
  const struck = new Set<TextTable>()
  let open = 0
  let next = 0
  for (const table of tables.toSorted((a, b) => a.firstLine - b.firstLine)) {
    for (let tag = tags[next]; tag !== undefined && tag.line < table.firstLine; tag = tags[++next])
      open = Math.max(0, open + tag.step)
    if (open > 0) struck.add(table)
  }
  return struck
}

function strikingTags({type, firstLine, lastLine}: Block, lines: Lines): {line: number; step: number}[] {
  const found: {line: number; step: number}[] = []
  if (type === 'html' && lines.text(firstLine).trimStart().startsWith('<!--')) return found
  for (let line = firstLine; line <= lastLine; line++) {
    const text = lines.text(line)
    if (!text.includes('<')) continue
    for (const [tag] of withoutCode(text).matchAll(/<\/?(?:del|strike|s)(?![\w-])/gi))
      found.push({line, step: tag.startsWith('</') ? -1 : 1})
  }
  return found
}
