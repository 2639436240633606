/** Bodies as a test writes them, scanned. */
import {dynamicSql} from '../../../src/audit/scan/dynamic-sql.ts'
import type {Trust} from '../../../src/audit/scan/operand.ts'
import {tokenize} from '../../../src/audit/scan/tokens.ts'
import {unqualifiedNames} from '../../../src/audit/scan/unqualified.ts'

/** The trust of every EXECUTE, of a body with the arguments `p_name text, p_id integer`. */
export function trusts(body: string): Trust[] {
  return dynamicSql(tokenize(body), {names: ['p_name', 'p_id'], types: ['text', 'integer']})
}

export function names(body: string): string[] {
  return unqualifiedNames(tokenize(body))
}
