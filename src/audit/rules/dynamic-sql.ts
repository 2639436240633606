/** A definer that runs text as SQL which its caller has a say in. */
import type {Routine} from '../../model/inventory.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {findHelpers, type Helpers, helpersOf, trustsOf} from '../scan/helpers.ts'
import {worst} from '../scan/operand.ts'

export const dynamicSql = defineRule({
  id: 'dynamic-sql',
  group: 'definer',
  severity: 'error',
  title: 'A SECURITY DEFINER routine that builds SQL from an argument',
  why: [
    'PL/pgSQL’s `EXECUTE` runs a text as SQL. Where the text of an argument, or of a row that fires a trigger, gets into',
    'it by `||` or by `%s` of `format`, the caller writes SQL that runs as the owner. `quote_ident`, `quote_literal`,',
    '`%I`, `%L` and `USING` keep it a name or a value.',
    '',
    'A text that comes from elsewhere, such as a query or another function, or that a scan without a parser does not',
    'follow, is unknown. So is a routine in a language other than SQL and PL/pgSQL.',
    '',
    'A routine without SECURITY DEFINER that the definer calls runs with the rights of the owner, too: where it executes',
    'what it is given, and that is neither a constant nor quoted, the definer is unknown. `query_to_xml`, `ts_stat` and',
    '`crosstab` run a text as SQL as well.',
  ].join('\n'),
  resolve:
    'Place names by `format` with `%I` and hand values over by `USING`. Check what cannot be quoted against a list.',
  yieldsTo: ['untrusted-language'],
  judge: ({definers, inventory}) => {
    const helpers = findHelpers(inventory.routines)
    return definers.flatMap((routine): Judgement[] => {
      const fault = faultOf(routine, helpers)
      if (fault === undefined) return []
      return [{...fault, object: routine.id, origin: routine.origin, routines: [routine]}]
    })
  },
})

function faultOf(
  routine: Routine,
  helpers: Helpers,
): Pick<Judgement, 'verdict' | 'message' | 'mend'> | undefined {
  const subject = `${routine.kind} ${routine.id}`
  const mend = {advice: 'Place names by format with %I, and hand values over by USING.'}
  const trust = worst(trustsOf(routine))
  if (trust === 'tainted') {
    const message = `Unexpected argument in the text that ${subject} executes, expected it quoted or passed by USING`
    return {verdict: 'refuted', message, mend}
  }
  if (trust === 'opaque')
    return {verdict: 'unknown', message: `Could not establish what SQL ${subject} executes`, mend}
  const [helper, ...more] = helpersOf(routine, helpers)
  if (helper === undefined) return undefined
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return {
    verdict: 'unknown',
    message: `Could not establish what SQL ${subject} executes by way of ${helper.kind} ${helper.id}${others}`,
    mend: {advice: `Hand ${helper.id} nothing but constants and what format makes with %I and %L.`},
  }
}
