/** A schema on the search_path of a definer in which others may create objects. */

import {quoteIdentifier} from '../../model/identifier.ts'
import type {Routine} from '../../model/inventory.ts'
import {searchPathOf} from '../path.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {writersOf} from '../schema-writers.ts'
import {revokeSql} from '../sql.ts'
import {type Subject, showReached} from '../subject.ts'

export const searchPathWritable = defineRule({
  id: 'search-path-writable',
  group: 'definer',
  severity: 'error',
  title: 'A schema on the search_path of a SECURITY DEFINER routine in which others may create objects',
  why: [
    'Whoever may create in a schema on the path can make a function or an operator that fits a call better than the',
    'one that was meant, or a table before the one that was meant: what it does is done as the owner. Up to',
    'PostgreSQL 14 PUBLIC may create in schema `public`. Trusted are the owner of the schema, the owner of the routine,',
    'the owner of the database and superusers.',
  ].join('\n'),
  resolve:
    'Revoke CREATE on the schema, or take the schema off the path and qualify the names that are in it.',
  judge(subject) {
    return [...definersByPath(subject)].flatMap(([schema, routines]) =>
      judgeSchema(schema, routines, subject),
    )
  },
})

function definersByPath({definers}: Subject): Map<string, Routine[]> {
  const bySchema = new Map<string, Routine[]>()
  for (const routine of definers) {
    for (const schema of new Set(searchPathOf(routine) ?? [])) {
      const others = bySchema.get(schema)
      if (others) others.push(routine)
      else bySchema.set(schema, [routine])
    }
  }
  return bySchema
}

function judgeSchema(schema: string, routines: readonly Routine[], subject: Subject): Judgement[] {
  const facts = subject.schemas.get(schema)
  const writers = writersOf(schema, subject)
  if (writers === null) {
    // What does not exist, or may not, is judged where the path is.
    if (facts === undefined && !subject.inventory.coverage.leftOut.some((left) => left.schema === schema))
      return []
    return [
      {
        verdict: 'unknown',
        object: `schema ${schema}`,
        message: `Could not establish who may create objects in schema ${schema}, which is on the search_path of ${some(routines)}`,
        mend: {
          advice: `See that the privileges on schema ${schema} can be followed, or take it off the path.`,
        },
        routines,
      },
    ]
  }
  return writers.flatMap(({role, isSure}): Judgement[] => {
    const others = routines.filter(({owner}) => owner !== role)
    if (others.length === 0) return []
    const isRefuted = subject.apiRoles.has(role) || (isSure && others.some(({owner}) => owner !== null))
    return [
      {
        verdict: isRefuted ? 'refuted' : 'unknown',
        object: `CREATE on schema ${schema} to ${role}`,
        message: isRefuted
          ? `Unexpected CREATE for ${showReached(role, subject, ` on schema ${schema}`)}, which is on the search_path of ${some(others)}, expected none`
          : `Could not establish whether ${role}, who may create objects in schema ${schema}, may decide what names in ${some(others)} mean`,
        mend: {statement: revokeSql([{privilege: 'CREATE'}], `SCHEMA ${quoteIdentifier(schema)}`, [role])},
        routines: others,
      },
    ]
  })
}

function some([first, ...more]: readonly Routine[]): string {
  return `${first?.id}${more.length === 0 ? '' : ` and ${more.length} more`}`
}
