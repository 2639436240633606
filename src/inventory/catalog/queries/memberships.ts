/** Which roles are members of which: `pg_auth_members`, which any login may read. */
import * as z from 'zod/mini'
import {sql} from './sql.ts'

/** INHERIT and SET became options of each membership with PostgreSQL 16. */
const membershipOptions = 160000

/**
 * @param version `server_version_num`.
 * @see https://www.postgresql.org/docs/current/catalog-pg-auth-members.html
 */
export function memberships(version: number) {
  const hasOptions = version >= membershipOptions
  const inherits = hasOptions
    ? 'membership.inherit_option'
    : sql`(SELECT rolinherit FROM pg_catalog.pg_roles WHERE oid = membership.member)`
  return {
    sql: sql`
    SELECT pg_catalog.json_build_object(
      'role', membership.roleid::pg_catalog.text,
      'member', membership.member::pg_catalog.text,
      'inherits', ${inherits},
      'canSet', ${hasOptions ? 'membership.set_option' : 'true'},
      'isAdmin', membership.admin_option
    )::pg_catalog.text
    FROM pg_catalog.pg_auth_members AS membership`,
    row,
  }
}

const row = z.strictObject({
  role: z.string(),
  member: z.string(),
  /** `null` for a member that was dropped meanwhile. */
  inherits: z.nullable(z.boolean()),
  canSet: z.boolean(),
  isAdmin: z.boolean(),
})

export type MembershipRow = z.infer<typeof row>
