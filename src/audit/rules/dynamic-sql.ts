/** A definer that runs text as SQL which its caller has a say in. */
import type {Routine} from '../../model/inventory.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {dynamicSql as scanDynamicSql} from '../scan/dynamic-sql.ts'
import type {Trust} from '../scan/operand.ts'
import {tokenize} from '../scan/tokens.ts'

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
  ].join('\n'),
  resolve:
    'Place names by `format` with `%I` and hand values over by `USING`. Check what cannot be quoted against a list.',
  yieldsTo: ['untrusted-language'],
  judge: ({definers}) =>
    definers.flatMap((routine): Judgement[] => {
      const trust = trustOf(routine)
      if (trust === 'safe') return []
      const isRefuted = trust === 'tainted'
      return [
        {
          verdict: isRefuted ? 'refuted' : 'unknown',
          object: routine.id,
          message: isRefuted
            ? `Unexpected argument in the text that ${routine.kind} ${routine.id} executes, expected it quoted or passed by USING`
            : `Could not establish what SQL ${routine.kind} ${routine.id} executes`,
          mend: {advice: 'Place names by format with %I, and hand values over by USING.'},
          origin: routine.origin,
          routines: [routine],
        },
      ]
    }),
})

function trustOf({language, body, argumentNames, signature}: Routine): Trust {
  // SQL functions have no dynamic SQL of their own.
  if (language === 'sql') return 'safe'
  if (language !== 'plpgsql' || body === null) return 'opaque'
  const trusts = scanDynamicSql(tokenize(body), {names: argumentNames, types: signature})
  return trusts.includes('tainted') ? 'tainted' : trusts.includes('opaque') ? 'opaque' : 'safe'
}
