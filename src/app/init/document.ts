/** The document of a new project: empty, or with a row for each definer of the migrations, to be filled in. */
import type {Inventory} from '../../model/inventory.ts'
import type {ProvedSuggestions} from '../../model/suggestion.ts'
import type {Project} from '../project.ts'
import {type SectionWriter, suggestFor} from '../suggest.ts'
import {createFile, type Site, type Step} from './plan.ts'

/** How rows are written: the report's, which this layer does not know. */
export type RowWriter = {
  readonly section: SectionWriter
  /** All of them, and those that no row can name. */
  readonly text: (suggestions: ProvedSuggestions) => string
}

export type PlannedDocument = {
  readonly step: Step
  /** Of the rows that were suggested. */
  readonly rows: number
  /** Definers that no row can name. */
  readonly unwritable: number
}

/** @throws Failure if nothing may be written there. */
export function planDocument(
  site: Site,
  path: string,
  {audit}: Project,
  inventory: Inventory | undefined,
  write: RowWriter,
): PlannedDocument {
  const none: ProvedSuggestions = {writable: [], unwritable: []}
  const suggestions = inventory === undefined ? none : suggestFor({audit}, [], [inventory], write.section)
  const step = createFile(site, path, documentText(write.text(suggestions)))
  const isNew = step.action === 'create'
  return {
    step,
    rows: isNew ? suggestions.writable.length : 0,
    unwritable: isNew ? suggestions.unwritable.length : 0,
  }
}

/** @param sections Those of the schemas, or the empty text. */
export function documentText(sections: string): string {
  return [introduction, sections, history].filter((part) => part !== '').join('\n')
}

const introduction = `# Security exceptions

> **Zero Trust baseline**: Every table has row level security enabled and forced, and \`anon\`, \`authenticated\` and PUBLIC hold no privilege that no policy narrows. Whatever deviates from that stands in a table of this document, with its reason, its risks and its approval.

This document is the list: \`secdef generate\` writes the whitelists from it, and \`secdef check\` stops a commit in which they differ. One row is one exception, in the section of its schema:

\`\`\`markdown
## OPS Schema Functions

| Object Name         | Schema | Why SECURITY DEFINER                                      | Risks Mitigated                           | Approved By         |
| ------------------- | ------ | --------------------------------------------------------- | ----------------------------------------- | ------------------- |
| \`claim_pending_job\` | ops    | Claims jobs for workers, whatever the role of the caller. | Parameters are validated, no dynamic SQL. | Core Team - 2025-01 |
\`\`\`

The block above is an example and is not read. \`secdef add ops.claim_pending_job\` writes such a row, and makes its section.
`

const history = `## Audit History

| Date | Auditor | Action |
| ---- | ------- | ------ |
`
