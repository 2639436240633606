/** A REVOKE from default privileges that takes nothing away. */
import type {IdleRevoke} from '../../model/inventory.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {revokeDefaultSql} from '../sql.ts'
import type {Subject} from '../subject.ts'

export const idleRevoke = defineRule({
  id: 'idle-revoke',
  group: 'relational',
  severity: 'error',
  title: 'A REVOKE from default privileges that has no effect',
  why: [
    'Default privileges of a schema are only ever added to those that hold everywhere. To revoke IN SCHEMA what holds',
    'everywhere succeeds, takes nothing away, and leaves no trace in the database: whoever wrote it takes new objects for',
    'closed, and they are open. Only migrations show it.',
  ].join('\n'),
  resolve:
    'Revoke it for the role, without `IN SCHEMA`, and take the statement without effect out of later migrations.',
  judge: (subject) => (subject.inventory.idleRevokes ?? []).flatMap((revoke) => judgeRevoke(revoke, subject)),
})

function judgeRevoke(revoke: IdleRevoke, {inventory, apiRoles}: Subject): Judgement[] {
  const {owner, schema, objects, grantee, origin} = revoke
  if (!apiRoles.has(grantee)) return []
  const privileges = everywhere(revoke, inventory.defaultPrivileges)
  if (privileges.length === 0) return []
  return [
    {
      verdict: 'refuted',
      object: `${objects} of ${owner}`,
      message:
        `Unexpected REVOKE from ${grantee} of default privileges in schema ${schema}, which has no effect: ` +
        `${privileges.join(', ')} on all ${objects} that ${owner} creates holds everywhere`,
      mend: {statement: revokeDefaultSql({owner, schema: null, objects}, privileges, grantee)},
      origin,
    },
  ]
}

/** What the grantee holds on such objects wherever they are made. @see sql-alterdefaultprivileges.html, Notes */
function everywhere(
  {owner, objects, grantee}: IdleRevoke,
  defaults: Subject['inventory']['defaultPrivileges'],
): string[] {
  const entry = defaults.find((one) => one.schema === null && one.owner === owner && one.objects === objects)
  if (entry !== undefined) {
    const held = entry.grants.filter((grant) => grant.grantee === grantee)
    return [...new Set(held.map(({privilege}) => privilege))]
  }
  return grantee === 'PUBLIC' && objects === 'functions' ? ['EXECUTE'] : []
}
