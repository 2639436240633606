/** COMMENT ON ROUTINE: the exceptions as the database itself shows them. */
import type {Entry} from '../model/entry.ts'
import {type SqlLiteral, sqlText} from './sql-literal.ts'
import {matching, routineColumns, routineEntries} from './sql-routines.ts'
import type {Target, TargetInput} from './target.ts'

/** What starts a directive of another reader of comments, or ends a block of ours: the reader of documents refuses it. */
const reserved = /@graphql\(|secdef:(?:begin|end)/

/** One DO block; whatever it finds, its whole effect is comments, so it may run at any time and any number of times. */
export const sql: Target = {
  id: 'sql',
  file: 'security-exceptions.sql',
  template: 'sql',
  comment: '--',
  prologue: ['-- noqa: disable=all', '/* sql-formatter-disable */'],
  view: (input) => ({
    source: text(input.source),
    missing: sqlText(input.options.missing),
    begin: marker('begin', input.name),
    end: marker('end', input.name),
    matching,
    rows: routineEntries(input.entries).map(row),
  }),
}

/** The whole row: the block is put together in the database, so that a line says what one entry says. */
function row(entry: Entry): SqlLiteral {
  const {why, risks, approval} = entry
  const columns = [routineColumns(entry), text(why), text(risks), text(approval.by), text(approval.date)]
  return columns.join(', ') as SqlLiteral
}

/** @throws {Error} for text that would be taken for a directive or a marker. */
function text(value: string): SqlLiteral {
  const found = reserved.exec(value)
  if (found) throw new Error(`Unexpected ${found[0]} in a text for a comment: ${JSON.stringify(value)}`)
  return sqlText(value)
}

/** `[secdef:begin]`, or `[secdef:begin NAME]`: neither is a part of the other. */
function marker(edge: 'begin' | 'end', name: TargetInput['name']): SqlLiteral {
  if (name === null) return sqlText(`[secdef:${edge}]`)
  if (!/^[^[\]\p{C}\p{Z}]+(?: [^[\]\p{C}\p{Z}]+)*$/u.test(name) || reserved.test(name)) {
    throw new Error(`Unexpected name ${JSON.stringify(name)} of a registry, expected words without brackets`)
  }
  return sqlText(`[secdef:${edge} ${name}]`)
}
