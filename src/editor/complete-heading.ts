/** What a heading may say: the sections of schemas that have none yet. */
import {compareCodePoints} from '../model/compare.ts'
import {headingFor} from '../source/edit/new-section.ts'
import {textCell} from '../source/edit/row-contents.ts'
import type {Completion} from './complete.ts'
import type {Reading} from './reading.ts'

/**
 * Named as the document names its other sections.
 *
 * @param known Schemas besides those of the document, such as those that the migrations have definers in.
 */
export function completeHeading(
  {text, lines, registry, outline}: Reading,
  offset: number,
  known: readonly string[],
): readonly Completion[] {
  const made = outline()
  const {line} = lines.pointAt(offset)
  if (made === undefined || !made.headings.some(({firstLine}) => firstLine === line)) return []
  const [, marks] = /^( {0,3}#{1,6})(?=[ \t]|$)/.exec(lines.text(line)) ?? []
  if (marks === undefined) return []
  const start = lines.start(line) + marks.length
  const end = lines.start(line) + lines.text(line).length
  const named = new Set(made.tables.map(({schema}) => schema?.schema))
  const schemas = new Set([...registry.entries.map(({value}) => value.schema), ...known])
  const here = text.slice(start, end).trim()
  return [...schemas]
    .filter((schema) => !named.has(schema))
    .sort(compareCodePoints)
    .flatMap((schema): Completion[] => {
      const label = headingFor(made.tables.at(-1), 'security-definer', schema)
      if (label === here) return []
      return [
        {label, detail: `schema ${schema}`, edit: {start, end, text: ` ${textCell(label, 'a heading')}`}},
      ]
    })
}
