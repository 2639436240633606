/** Which files of a migrations folder are applied, and in which order: as the tool of the folder does. */
import {compareCodePoints} from '../../model/compare.ts'
import type {MigrationTool} from '../../model/default-registry.ts'
import {fileDate} from './file-date.ts'
import {chooseTool, compareNumbers, tools} from './tools.ts'

export type MigrationFile = {
  readonly path: string
  /** As its name has it; `null` for a file that has none. */
  readonly version: string | null
  /** `YYYY-MM-DD`, where the version is a date. */
  readonly date: string | null
}

/** A folder that was read: its files in order, with their texts. */
export type Migrations = Omit<MigrationOrder, 'files'> & {
  readonly files: readonly (MigrationFile & {readonly text: string})[]
}

export type MigrationOrder = {
  readonly tool: MigrationTool
  readonly files: readonly MigrationFile[]
  /** Files that the tool does not apply. */
  readonly leftOut: readonly {readonly path: string; readonly why: string}[]
  /** What makes the order, or the choice, less than sure. */
  readonly doubts: readonly {readonly path: string; readonly why: string}[]
}

/**
 * Put a folder's files in order.
 *
 * @param paths With `/`. The folder itself may stand in front of all of them.
 * @param tool Whose rules hold; without it the names say.
 */
export function orderMigrations(paths: readonly string[], tool?: MigrationTool): MigrationOrder {
  const folder = commonFolder(paths)
  const names = paths.map((path) => ({path, name: path.slice(folder.length)}))
  // The folder of the Supabase CLI is nobody else's.
  const known = tool ?? (/(?:^|\/)supabase\/migrations\/$/.test(folder) ? 'supabase' : undefined)
  const chosen = known ?? chooseTool(names.map(({name}) => name))
  const rules = tools[chosen]
  const leftOut: {path: string; why: string}[] = []
  const doubts: {path: string; why: string}[] = []
  const taken: (MigrationFile & {rank: number; key: string})[] = []
  const all = new Set(names.map(({name}) => name))
  for (const {path, name} of names) {
    if (!/\.sql$/i.test(name)) {
      leftOut.push({path, why: 'it is no SQL file'})
      continue
    }
    const read = rules.read(name, all)
    if ('why' in read) {
      leftOut.push({path, why: read.why})
      const guessed = known === undefined && read.isSure !== true
      const doubt =
        read.doubt ??
        (guessed
          ? `${read.why}, and nobody has said that ${chosen} is the tool: say it as \`migrations.tool\``
          : undefined)
      if (doubt !== undefined) doubts.push({path, why: doubt})
    } else {
      const {version, rank = 0} = read
      taken.push({path, version, date: version === null ? null : fileDate(version), rank, key: name})
    }
  }
  taken.sort(
    (a, b) =>
      a.rank - b.rank || rules.compare(a.version ?? '', b.version ?? '') || compareCodePoints(a.key, b.key),
  )
  taken.forEach((file, index) => {
    const before = taken[index - 1]
    if (before === undefined || file.version === null || before.version === null || before.rank !== file.rank)
      return
    if (rules.compare(before.version, file.version) === 0) {
      const why = `the version ${file.version} is that of ${before.path} too: which comes first, and whether both ran`
      doubts.push({path: file.path, why: `${why}, is not sure`})
    }
  })
  if (chosen === 'supabase') doubts.push(...lengthDoubts(taken))
  return {
    tool: chosen,
    files: taken.map(({path, version, date}) => ({path, version, date})),
    leftOut: sorted(leftOut),
    doubts: sorted(doubts),
  }
}

/** Versions of unequal length: a tool that compares them as text, and one that compares numbers, disagree. */
function lengthDoubts(taken: readonly MigrationFile[]): {path: string; why: string}[] {
  const byNumber = [...taken].sort((a, b) => compareNumbers(a.version ?? '', b.version ?? ''))
  const found = taken.find((file, index) => file.version !== byNumber[index]?.version)
  if (found === undefined) return []
  return [
    {
      path: found.path,
      why: 'the versions have unequal lengths: as text it sorts elsewhere than as a number',
    },
  ]
}

function sorted<Item extends {readonly path: string}>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => compareCodePoints(a.path, b.path))
}

/** The folders that all paths share, with the last slash. A lone file shares its own. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => path.split('/').slice(0, -1))
  let shared = [...first]
  for (const folders of rest) {
    const parting = shared.findIndex((folder, index) => folder !== folders[index])
    if (parting >= 0) shared = shared.slice(0, parting)
  }
  // Prisma keeps one file in a folder of its own: that folder's name is the version.
  if (paths.length === 1 && /(?:^|\/)migration\.sql$/.test(paths[0] ?? '')) shared.pop()
  return shared.map((folder) => `${folder}/`).join('')
}
