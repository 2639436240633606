/** What `secdef list` does; its description stands in the table of commands. */
import {type Filters, type ListResult, listEntries} from '../app/list.ts'
import {latestDay} from '../model/day.ts'
import type {Kind} from '../model/kind.ts'
import {count} from '../model/words.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {printFindings} from './print.ts'
import {createProgress} from './progress.ts'

export async function runList(environment: Environment, values: CommandValues): Promise<number> {
  const format = textOption(values, 'format') ?? 'table'
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened) return concludeUnread(environment, context, {...opened, format})
  const progress = createProgress(environment)
  try {
    const result = listEntries(opened.project, filtersOf(values), {
      today: latestDay(environment.now()),
      onRows: progress.onRows,
    })
    progress.clear()
    const {entries} = result
    if (entries === undefined) return await concludeUnread(environment, context, {...result, format})
    await print(environment, context, {...result, entries, format})
    return exitCodes.clean
  } finally {
    progress.clear()
  }
}

function filtersOf(values: CommandValues): Filters {
  return {
    schema: textOption(values, 'schema'),
    section: textOption(values, 'section'),
    approver: textOption(values, 'approver'),
    kind: textOption(values, 'kind') as Kind | undefined,
    olderThan: textOption(values, 'olderThan'),
    text: textOption(values, 'text'),
    expiring: values.options.expiring === true,
  }
}

type Listing = ListResult & {
  readonly entries: NonNullable<ListResult['entries']>
  readonly format: string
}

async function print(environment: Environment, context: Context, listing: Listing): Promise<void> {
  const {stdout, stderr} = environment
  const {entries, suggestion, format, documents} = listing
  if (format === 'json') {
    const {jsonList} = await import('../report/list-json.ts')
    stdout.write(jsonList({...listing, registries: documents.map(({registry}) => registry)}))
  }
  if (entries.length === 0) {
    const near = suggestion === undefined ? '' : `; did you mean --schema ${visible(suggestion)}?`
    stderr.write(`No entry matches${near}\n`)
    return
  }
  if (format === 'ids') stdout.write(entries.map(({entry}) => `${visible(entry.value.id)}\n`).join(''))
  if (format === 'table') {
    const {listTable} = await import('../report/list-table.ts')
    stdout.write(listTable({entries, ...context}))
  }
}

/** A list from which rows are missing would be taken for all there is. */
async function concludeUnread(
  environment: Environment,
  context: Context,
  {findings, sources, format}: Pick<ListResult, 'findings' | 'sources'> & {readonly format: string},
): Promise<number> {
  const {stdout, stderr} = environment
  if (format === 'json') {
    const {jsonReport} = await import('../report/json.ts')
    stdout.write(jsonReport({command: 'list', findings, documents: [], outputs: []}))
    return exitCodeOf(findings)
  }
  // Whoever reads ids from stdout must not take findings for them.
  const target = format === 'ids' ? {...environment, stdout: stderr} : environment
  await printFindings(target, context, {format: 'pretty', findings, sources})
  target.stdout.write(`${count(findings.length, 'finding')}; nothing was listed\n`)
  return exitCodeOf(findings)
}
