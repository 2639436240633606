/** Fixes for cells that say which object a row is about. */
import {showIdentifier} from '../../model/identifier.ts'
import {codeSpan} from '../../source/edit/cell-markdown.ts'
import {applyEdits} from '../../source/edit/text-edit.ts'
import {cellOf} from '../row-site.ts'
import {
  cellAtFault,
  endingOf,
  type FixContext,
  namesIn,
  type Proposal,
  type Propose,
  rewrite,
  rewriteSchema,
} from './fix-context.ts'

/** Marks around a name are taken for part of it first: `__init__` is a name, and drawn as **init**. */
export const markNameAsCode: Propose<'name-not-code'> = (context) => {
  const cell = cellAtFault(context)
  if (cell === undefined) return []
  const markdown = cell.content.text
  const [name] = namesIn(markdown)
  if (name !== undefined) {
    const isAlone = /^[*_~\s]*`[^`]*`[*_~\s]*$/.test(markdown)
    const title = `Keep ${name} alone`
    return [{title, edits: rewrite(context, cell, codeSpan(name) ?? markdown), isForm: isAlone}]
  }
  const plain = markdown.replace(/\\(?=[!-/:-@[-`{-~])/g, '')
  const bare = plain.replace(/^([*_~]+)(.+)\1$/, '$2')
  return [...new Set([plain, bare])].flatMap((text): Proposal[] => {
    const code = codeSpan(text)
    if (code === undefined) return []
    return [{title: `Mark ${text} as code`, edits: rewrite(context, cell, code), isForm: true}]
  })
}

/** Each name gets a row of its own, which says of it what the one row said of all. */
export const splitNames: Propose<'several-names'> = (context) => {
  const cell = cellAtFault(context)
  if (cell === undefined) return []
  const {lines, text} = context.reading
  const start = lines.start(cell.line)
  const row = lines.text(cell.line)
  const rows = namesIn(cell.content.text).map((name) => {
    const edits = rewrite(context, cell, codeSpan(name) ?? name)
    return applyEdits(
      row,
      edits.map((edit) => ({...edit, start: edit.start - start, end: edit.end - start})),
    )
  })
  const edit = {start, end: start + row.length, text: rows.join(endingOf(text))}
  return [{title: 'Write one row for each name', edits: [edit], isForm: false}]
}

/** Either may be the name of the object: only its database knows. */
export const foldName: Propose<'upper-case-name'> = (context) => {
  const cell = cellAtFault(context)
  if (cell === undefined) return []
  const {actual, folded} = context.finding.args
  return [folded, `"${actual}"`].map((name) => ({
    title: `Write ${name}`,
    edits: rewrite(
      context,
      cell,
      cell.content.text.replace(actual, () => name),
    ),
    isForm: false,
  }))
}

export const followHeading: Propose<'schema-heading'> = (context) =>
  writeSchema(context, context.finding.args.expected)

/** The two disagree, and either may be right. */
export const agreeOnSchema: Propose<'schema-conflict'> = (context) => {
  const {site} = context
  const written = site && cellOf(site, 'Schema')?.content.text.replace(/`/g, '')
  if (site === undefined || written === undefined) return []
  const stated = showIdentifier(context.finding.args.actual)
  return [
    {title: `Write ${written} in the name`, edits: qualify(context, written), isForm: false},
    {
      title: `Write ${stated} as the schema`,
      edits: rewriteSchema(context, site, context.finding.args.actual),
      isForm: false,
    },
  ]
}

/** Of the cells that may not be empty, only this one can be known: by the heading, or by the rows beside it. */
export const fillInSchema: Propose<'empty-cell'> = (context) => {
  const {site, finding} = context
  if (site === undefined || finding.args.column !== 'Schema') return []
  const {schema, schemas} = site.table
  const known = schema?.schema ?? (schemas.size === 1 ? [...schemas][0] : undefined)
  if (known === undefined) return []
  const title = `Write ${showIdentifier(known)} as the schema`
  return [{title, edits: rewriteSchema(context, site, known), isForm: schema !== undefined}]
}

function writeSchema(context: FixContext, schema: string): Proposal[] {
  const {site} = context
  if (site === undefined) return []
  const shown = showIdentifier(schema)
  const edits = cellOf(site, 'Schema') ? rewriteSchema(context, site, schema) : qualify(context, shown)
  return [{title: `Write ${shown} as the schema`, edits, isForm: false}]
}

/** Another schema in a qualified name. */
function qualify(context: FixContext, schema: string) {
  const cell = context.site && cellOf(context.site, 'Object Name')
  if (cell === undefined) return []
  const {text} = cell.content
  const fresh = text.replace(/^(`+\s*)(?:"(?:[^"]|"")*"|[^."`]+)\s*\./, (_, open) => `${open}${schema}.`)
  return rewrite(context, cell, fresh)
}
