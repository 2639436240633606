/** Privileges and Granted To cells of kind `grant`. */

import {compareCodePoints} from '../model/compare.ts'
import type {Entry} from '../model/entry.ts'
import type {Report} from '../model/rules.ts'
import {readSchemaName} from './object-name.ts'
import {type RowCells, shorten} from './row.ts'

/** @see https://www.postgresql.org/docs/current/ddl-priv.html table 5.1 */
const privilegeNames = [
  ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
  ...['EXECUTE', 'USAGE', 'CREATE'],
]

/** @returns Sorted upper-case privileges and one role, or `undefined` if anything was reported. */
export function readGrant(cells: RowCells, report: Report): Entry['grant'] | undefined {
  const list = cells.get('Privileges')
  const role = cells.get('Granted To')
  if (list === undefined || role === undefined || list.text === '' || role.text === '') return undefined

  const privileges = list.text.split(',').map((word) => word.trim().toUpperCase())
  const unknown = privileges.find((word) => !privilegeNames.includes(word))
  if (unknown !== undefined) {
    report('invalid-grant', list.place, {
      actual: `privilege ${shorten(unknown)}`,
      expected: privilegeNames.join(', '),
    })
    return undefined
  }
  const grantee = role.text.toUpperCase() === 'PUBLIC' ? 'PUBLIC' : readSchemaName(role.text)
  if (typeof grantee === 'object') {
    report('invalid-grant', role.place, {
      actual: `role ${shorten(role.text)}`,
      expected: 'one role, or PUBLIC',
    })
    return undefined
  }
  return {privileges: [...new Set(privileges)].sort(compareCodePoints), grantee}
}
