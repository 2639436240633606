/** Default privileges that open what is created later. */
import {groupBy} from '../../model/group-by.ts'
import {defineRule} from '../rule.ts'
import {revokeDefaultSql} from '../sql.ts'
import {isOpenTo, showReached} from '../subject.ts'

export const defaultPrivileges = defineRule({
  id: 'default-privileges',
  group: 'relational',
  severity: 'warning',
  title: 'Default privileges that open new objects to PUBLIC or an API role',
  why: [
    'What was revoked from every table that exists comes back with the next one. Supabase’s older projects grant all',
    'privileges on new tables, sequences and functions of `postgres` to `anon` and `authenticated` this way.',
  ].join('\n'),
  resolve:
    'Revoke them from the default privileges too, for each role that creates objects, and grant object by object.',
  judge(subject) {
    const {inventory} = subject
    const leftOut = new Set(inventory.coverage.leftOut.map(({schema}) => schema))
    return inventory.defaultPrivileges
      .filter(({schema, objects}) => objects !== 'types' && (schema === null || !leftOut.has(schema)))
      .flatMap((item) => {
        // PostgreSQL's own EXECUTE for PUBLIC, spelled out, is `default-execute`'s.
        const isBuiltIn = (grantee: string) =>
          item.schema === null && item.objects === 'functions' && grantee === 'PUBLIC'
        const open = item.grants.filter(
          ({grantee}) => isOpenTo(subject, grantee, item.owner) && !isBuiltIn(grantee),
        )
        const where = item.schema === null ? 'everywhere' : `in schema ${item.schema}`
        return [...groupBy(open, ({grantee}) => grantee)].map(([grantee, grants]) => {
          const privileges = [...new Set(grants.map(({privilege}) => privilege))]
          return {
            verdict: 'refuted' as const,
            object: `${item.objects} of ${item.owner} ${where} to ${grantee}`,
            message:
              `Unexpected ${privileges.join(', ')} for ` +
              `${showReached(grantee, subject, ` on all ${item.objects} that ${item.owner} creates ${where}`)}, expected none`,
            mend: {statement: revokeDefaultSql(item, privileges, grantee)},
            origin: item.origin,
          }
        })
      })
  },
})
