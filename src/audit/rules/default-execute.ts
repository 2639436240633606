/** PostgreSQL's own default: every new function is open to PUBLIC. */
import {defineRule, type Judgement} from '../rule.ts'
import {revokeDefaultSql} from '../sql.ts'

export const defaultExecute = defineRule({
  id: 'default-execute',
  group: 'definer',
  severity: 'warning',
  title: 'An owner of SECURITY DEFINER routines whose new functions are open to PUBLIC',
  why: [
    'A new function is executable by PUBLIC unless the role that creates it has global default privileges that say',
    'otherwise. `ALTER DEFAULT PRIVILEGES IN SCHEMA … REVOKE … FROM PUBLIC` has no effect: what is set for a schema is',
    'only ever added.',
  ].join('\n'),
  resolve: 'Take it away for the role, everywhere.',
  yieldsTo: ['idle-revoke'],
  judge({definers, inventory}) {
    const closed = new Set(
      inventory.defaultPrivileges
        .filter(({schema, objects}) => schema === null && objects === 'functions')
        .filter(
          ({grants}) =>
            !grants.some(({grantee, privilege}) => grantee === 'PUBLIC' && privilege === 'EXECUTE'),
        )
        .map(({owner}) => owner),
    )
    const owners = new Set(definers.flatMap(({owner}) => (owner === null ? [] : [owner])))
    const open = [...owners].filter((owner) => !closed.has(owner))
    return open.map(
      (owner): Judgement => ({
        verdict: 'refuted',
        object: `functions of ${owner}`,
        message: `Unexpected EXECUTE for PUBLIC on every function that ${owner} creates, expected none`,
        mend: {
          statement: revokeDefaultSql({owner, schema: null, objects: 'functions'}, ['EXECUTE'], 'PUBLIC'),
        },
      }),
    )
  },
})
