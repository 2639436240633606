/** Migration tools: which names each one takes, and how it sorts them. */
import {compareCodePoints} from '../../model/compare.ts'
import type {MigrationTool} from '../../model/default-registry.ts'

type Aside = {readonly why: string; readonly doubt?: string; readonly isSure?: boolean}

type Read =
  /** `rank` puts a file behind all of a lower one. */
  | {readonly version: string | null; readonly rank?: number}
  /** `isSure`: its own name says why, whatever the tool is. */
  | Aside

type Rules = {
  /** @param name Below the folder. @param all The names of all files there. */
  readonly read: (name: string, all: ReadonlySet<string>) => Read
  readonly compare: (a: string, b: string) => number
}

const undoName = /\.(?:down|undo|rollback|revert)\.sql$/i
const testName = /\.(?:test|spec)\.sql$/i
const number = /^(?:V)?(\d+(?:[-_]\d{2}[-_]\d{2}(?:[-_]\d{6})?)?)/i

/** What no tool of the project applies, by its own name; for sure where it is one of a pair. */
function setAside(name: string, all: ReadonlySet<string>): Aside | undefined {
  if (undoName.test(name)) {
    const pair = name.replace(/\.down\.sql$/i, '.up.sql')
    return {why: 'its name says that it undoes another one', isSure: pair !== name && all.has(pair)}
  }
  return testName.test(name) ? {why: 'its name says that it is a test'} : undefined
}

export const tools: Readonly<Record<MigrationTool, Rules>> = {
  /** The Supabase CLI: files right in the folder whose name is a number, `_`, and anything. */
  supabase: {
    read(name, all) {
      if (name.includes('/')) return {why: 'the Supabase CLI reads no folders below'}
      const match = /^([0-9]+)_(.*)\.sql$/.exec(name)
      if (match === null) return {why: 'the Supabase CLI takes only names such as 20250106090000_name.sql'}
      const aside = setAside(name, all)
      if (aside !== undefined) {
        // A tool that pairs them would not apply it.
        if (aside.isSure) return aside
        return {...aside, doubt: `${aside.why}, but the Supabase CLI applies every file of such a name`}
      }
      return {version: match[1] ?? ''}
    },
    // By the names of the files, in which `_` follows the version.
    compare: (a, b) => compareCodePoints(`${a}_`, `${b}_`),
  },
  /** @see https://documentation.red-gate.com/fd/migrations-184127470.html */
  flyway: {
    read(name) {
      const file = name.slice(name.lastIndexOf('/') + 1)
      if (/^U[\d._]+__/.test(file)) return {why: 'Flyway applies it only to undo', isSure: true}
      if (/^(?:before|after)[A-Z]\w*\.sql$/.test(file)) {
        return {why: 'Flyway runs it as a callback', doubt: 'Flyway runs it as a callback, in between'}
      }
      if (/^R__/.test(file)) return {version: null, rank: 1}
      const match = /^[VB](\d+(?:[._]\d+)*)__/.exec(file)
      return match === null
        ? {why: 'Flyway takes only names such as V1__name.sql and R__name.sql'}
        : {version: (match[1] ?? '').replaceAll('_', '.')}
    },
    compare: compareDotted,
  },
  /** Prisma, and others that give each migration a folder: those are sorted by name. */
  prisma: {
    read(name) {
      const match = /^(.*)\/(?:migration|up)\.sql$/i.exec(name)
      return match === null
        ? {why: 'only the migration.sql of each folder is applied'}
        : {version: (match[1] ?? '').split('/').at(-1) ?? ''}
    },
    compare: compareCodePoints,
  },
  /** Drizzle, goose, dbmate, golang-migrate, node-pg-migrate and their like: by the number in front. */
  numbered: {
    read(name, all) {
      const aside = setAside(name, all)
      if (aside !== undefined) return aside
      const file = name.slice(name.lastIndexOf('/') + 1)
      const match = number.exec(file)
      if (match !== null) return {version: match[1] ?? ''}
      const why = 'it has no version in front of its name, as the others have'
      return {why, doubt: `${why}; if it is applied all the same, what it does is missing`}
    },
    compare: (a, b) => compareNumbers(a.replace(/[-_]/g, ''), b.replace(/[-_]/g, '')),
  },
  /** No file has a number. */
  alphabetical: {
    read: (name, all) => setAside(name, all) ?? {version: null},
    compare: () => 0,
  },
}

/** Tell the tool by the names, as nobody has said which one it is. */
export function chooseTool(names: readonly string[]): MigrationTool {
  const all = new Set(names)
  const files = names.filter((name) => /\.sql$/i.test(name) && setAside(name, all) === undefined)
  const bare = files.map((name) => name.slice(name.lastIndexOf('/') + 1))
  if (bare.some((name) => /^V\d+(?:[._]\d+)*__/.test(name))) return 'flyway'
  if (files.some((name) => /\/migration\.sql$/i.test(name))) return 'prisma'
  const numbered = bare.filter((name) => number.test(name))
  const stamps = files.filter((name) => /^\d{14}_[^/]*\.sql$/.test(name))
  if (stamps.length > 0 && stamps.length * 2 >= numbered.length) return 'supabase'
  return numbered.length > 0 ? 'numbered' : 'alphabetical'
}

/** Digits as numbers of any length. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  return left.length - right.length || compareCodePoints(left, right)
}

function compareDotted(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareNumbers(left[index] ?? '0', right[index] ?? '0')
    if (order !== 0) return order
  }
  return 0
}
