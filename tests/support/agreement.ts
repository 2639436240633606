/** One history, run by PostgreSQL and folded: what succeeded there must come to the same here. */
import {foldWith} from '../../src/inventory/migrations/fold.ts'
import type {Parser} from '../../src/inventory/migrations/parser.ts'
import type {Inventory} from '../../src/model/inventory.ts'
import {cleanSchemas, type FactLines, linesOf, readLines, startClean} from './catalog-facts.ts'
import {inOrder} from './fold-sql.ts'
import type {Session} from './postgres.ts'

export type Outcome = {
  readonly expected: FactLines
  readonly actual: FactLines
  /** What PostgreSQL took, in order. */
  readonly passed: readonly string[]
  /** What PostgreSQL refused and the fold applied all the same. */
  readonly overApplied: readonly {
    readonly sql: string
    readonly code: string
    readonly changed: readonly string[]
  }[]
  /** What PostgreSQL took and the fold refused, with its reason. */
  readonly refused: readonly string[]
}

/** Roles that the histories speak of: `secdef_a`, `secdef_b`, `secdef_c`. */
export const makeRoles = 'CREATE ROLE secdef_a; CREATE ROLE secdef_b; CREATE ROLE secdef_c;'

/** PostgreSQL looked at who asks; the fold takes a migration for one that had the right. */
const permission = new Set(['42501'])

/** A query, or a signature, names what is not there: the fold takes it for something that was made elsewhere. */
const unread = new Set(['42P01', '42703', '42883', '42809', '42725', '0A000'])
const isQuery = (sql: string) => /\bAS SELECT\b|\bLIKE\b|^(?:CREATE|ALTER) POLICY\b/.test(sql)

/** What the fold does not look at: bounds of partitions, types of columns, what a partition may not have. */
const bounds = new Set(['42P17', '42804', '42P16', '23514', '22P02', '55000'])
const isPartition = (sql: string) => /\bPARTITION\b|\bINHERITS\b|\bIDENTITY\b/.test(sql)

/** Whether a refusal by PostgreSQL is one that the fold does not look for. */
export function isBeyond(sql: string, code: string): boolean {
  if (bounds.has(code) && isPartition(sql)) return true
  // Which column a view or a policy uses.
  if (code === '2BP01' && /\bDROP COLUMN\b/.test(sql)) return true
  return (
    permission.has(code) ||
    (unread.has(code) && isQuery(sql)) ||
    (code === '42704' && /^CREATE .*(?:FUNCTION|PROCEDURE)\b/.test(sql))
  )
}

/** @param isLenient Statements that the fold applies in part, as those on several objects. */
export async function compareHistory(
  session: Session,
  parser: Parser,
  history: readonly string[],
  isLenient: (sql: string) => boolean = () => false,
): Promise<Outcome> {
  await startClean(session)
  await session.run(makeRoles)
  const passed: string[] = [makeRoles]
  const overApplied: {sql: string; code: string; changed: readonly string[]}[] = []
  for (const sql of history) {
    const code = await tryRun(session, sql)
    if (code === undefined) passed.push(sql)
    else {
      if (!isBeyond(sql, code) && !isLenient(sql)) {
        const [before, after] = [foldText(parser, passed), foldText(parser, [...passed, sql])]
        const changed = difference(linesOf(before), linesOf(after))
        // A schema that the history never made is taken to be there, and that is said.
        const said = after.coverage.unknowns.length > before.coverage.unknowns.length
        if (changed.length > 0 && !said) overApplied.push({sql, code, changed})
      }
      // A failure inside a transaction ends it: both sides take it back.
      if (isOpen(passed)) {
        await session.run('ROLLBACK')
        passed.push('ROLLBACK')
      }
    }
  }
  if (isOpen(passed)) {
    await session.run('COMMIT')
    passed.push('COMMIT')
  }
  const inventory = foldText(parser, passed)
  return {
    expected: await readLines(session),
    actual: linesOf(inventory),
    passed,
    overApplied,
    refused:
      inventory.coverage.statements?.failed === 0
        ? []
        : inventory.coverage.unknowns.map(({subject, why}) => `${subject}: ${why}`),
  }
}

async function tryRun(session: Session, sql: string): Promise<string | undefined> {
  try {
    await session.run(sql)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function isOpen(statements: readonly string[]): boolean {
  let open = false
  for (const sql of statements) {
    if (/^begin\b/i.test(sql)) open = true
    if (/^(?:commit|rollback)(?! to)\b/i.test(sql)) open = false
  }
  return open
}

export function foldText(parser: Parser, statements: readonly string[]): Inventory {
  const text = statements.map((sql) => `${sql};\n`).join('')
  return foldWith(parser, inOrder([{path: 'migrations/1_all.sql', text}]), {
    schemas: cleanSchemas,
    fileInTransaction: false,
  })
}

/** Lines of either list that the other one lacks. */
export function difference(expected: FactLines, actual: FactLines): string[] {
  const [left, right] = [new Set(expected), new Set(actual)]
  return [
    ...expected.filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...actual.filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ]
}
