/** Privileges of API roles and PUBLIC on schemas. */
import {quoteIdentifier} from '../../model/identifier.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {revokeSql} from '../sql.ts'
import {isOpenTo, showReached} from '../subject.ts'

export const residualSchemaGrant = defineRule({
  id: 'residual-schema-grant',
  group: 'relational',
  severity: 'error',
  title: 'A privilege on a schema that PUBLIC or an API role holds',
  why: [
    'Without USAGE on its schema no object can be named, whatever was granted on it: it is the second lock. CREATE',
    'lets a role plant objects that the names of others then mean. A new database opens schema `public` to PUBLIC, with',
    'CREATE up to PostgreSQL 14, and with USAGE in every version.',
  ].join('\n'),
  resolve: [
    'Revoke it. Where the API serves the schema, add a row of kind `grant` with the name of the schema in both of the',
    'cells Object Name and Schema, USAGE, and the role.',
  ].join('\n'),
  yieldsTo: ['search-path-writable'],
  judge(subject) {
    const {inventory, excuses} = subject
    const seen = new Set(inventory.coverage.schemas)
    return inventory.schemas
      .filter(({name}) => seen.has(name))
      .flatMap(({name, owner, grants}): Judgement[] => {
        if (grants === null) {
          return [
            {
              verdict: 'unknown',
              object: `schema ${name}`,
              message: `Could not establish who holds privileges on schema ${name}`,
              mend: {
                advice: `See that the privileges on schema ${name} can be followed, or audit a database.`,
              },
            },
          ]
        }
        return grants
          .filter(
            ({grantee, privilege}) =>
              isOpenTo(subject, grantee, owner) && !excuses.ofSchema(name, grantee, privilege),
          )
          .map(({grantee, privilege}) => ({
            verdict: 'refuted',
            object: `${privilege} on schema ${name} to ${grantee}`,
            message:
              `Unexpected ${privilege} on schema ${name} for ${showReached(grantee, subject)}, ` +
              'expected none, or a row of kind grant',
            mend: {statement: revokeSql([{privilege}], `SCHEMA ${quoteIdentifier(name)}`, [grantee])},
          }))
      })
  },
})
