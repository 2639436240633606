/** The schema that a heading names, as in "OPS Schema Functions". */
import type {Heading} from './tables.ts'

export type HeadingSchema = {readonly schema: string; readonly text: string}

/** Words that stand before "schema" in a sentence without naming one. */
const articles = new Set([
  'a',
  'an',
  'the',
  'this',
  'that',
  'our',
  'each',
  'every',
  'any',
  'all',
  'no',
  'other',
  'database',
])

/** The innermost heading that names a schema decides; `schema` is in lower case. */
export function schemaOfHeadings(headings: readonly Heading[]): HeadingSchema | undefined {
  for (const {text} of headings.toReversed()) {
    const lower = text.toLowerCase()
    if (!lower.includes('schema')) continue
    const match =
      /^[`"]?([\p{L}_][\p{L}\p{N}_$]*)[`"]?\s+schema\b/u.exec(lower) ??
      /^schema:?\s+[`"]?([\p{L}_][\p{L}\p{N}_$]*)[`"]?$/u.exec(lower)
    const schema = match?.[1]
    if (schema !== undefined && !articles.has(schema)) return {schema, text}
  }
  return undefined
}
