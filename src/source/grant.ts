/** Privileges and Granted To cells of kind `grant`. */

import {compareCodePoints} from '../model/compare.ts'
import type {Entry} from '../model/entry.ts'
import type {Report} from '../model/rules.ts'
import type {Cell} from './cell.ts'
import {isWrittenPlainly} from './look-alike.ts'
import {readSchemaName} from './object-name.ts'
import type {RowCells} from './row.ts'
import {shorten} from './shorten.ts'

/** @see https://www.postgresql.org/docs/current/ddl-priv.html table 5.1 */
const privilegeNames = [
  ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
  ...['EXECUTE', 'USAGE', 'CREATE'],
]

/** Without the flag `u`, which would take `ſelect` for SELECT. */
const privilegePattern = new RegExp(`^(?:${privilegeNames.join('|')})$`, 'i')

/** @returns Sorted upper-case privileges and one role, or `undefined` if anything was reported. */
export function readGrant(cells: RowCells, report: Report): Entry['grant'] | undefined {
  const list = cells.get('Privileges')
  const role = cells.get('Granted To')
  const privileges = list && readPrivileges(list, report)
  const grantee = role && readGrantee(role, report)
  return privileges === undefined || grantee === undefined ? undefined : {privileges, grantee}
}

function readPrivileges(cell: Cell, report: Report): string[] | undefined {
  const privileges = cell.text.split(',').map((word) => word.trim())
  const unknown = privileges.find((word) => !privilegePattern.test(word))
  if (unknown !== undefined) {
    report('invalid-grant', cell.place, {
      actual: `privilege ${shorten(unknown)}`,
      expected: privilegeNames.join(', '),
    })
    return undefined
  }
  return [...new Set(privileges.map((word) => word.toUpperCase()))].sort(compareCodePoints)
}

function readGrantee(cell: Cell, report: Report): string | undefined {
  const grantee = /^public$/i.test(cell.text) ? 'PUBLIC' : readSchemaName(cell.text)
  if (typeof grantee === 'object') {
    report('invalid-grant', cell.place, {
      actual: `role ${shorten(cell.text)}`,
      expected: 'one role, or PUBLIC',
    })
    return undefined
  }
  return isWrittenPlainly(grantee, cell, report) ? grantee : undefined
}
