/** Questions to the catalogue: what lies open, and to whom. No row is the good answer. */
import type {Session} from '../support/postgres.ts'

/** The documented schemas; everything in them is the project's. */
export const schemas = ['enforcement', 'intake', 'ops', 'public'] as const

const ours = `(SELECT oid FROM pg_namespace WHERE nspname IN ('${schemas.join("', '")}'))`

/** Privileges that anybody, or an API role, holds on anything: `schema ops USAGE PUBLIC`. */
export async function listOpenPrivileges(session: Session): Promise<string[]> {
  const {rows} = await session.run(`
    WITH things (kind, name, acl) AS (
      SELECT 'schema', nspname::text, coalesce(nspacl, acldefault('n', nspowner))
      FROM pg_namespace WHERE oid IN ${ours}
      UNION ALL
      SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END, oid::regclass::text,
        coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner))
      FROM pg_class WHERE relnamespace IN ${ours} AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      UNION ALL
      SELECT 'column', attrelid::regclass || '.' || attname, attacl
      FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
      WHERE c.relnamespace IN ${ours} AND attacl IS NOT NULL
      UNION ALL
      SELECT 'routine', oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))
      FROM pg_proc WHERE pronamespace IN ${ours}
      UNION ALL
      SELECT 'type', oid::regtype::text, coalesce(typacl, acldefault('T', typowner))
      FROM pg_type WHERE typnamespace IN ${ours} AND typtype IN ('e', 'd')
    )
    SELECT concat_ws(' ', t.kind, t.name, a.privilege_type, coalesce(r.rolname, 'PUBLIC')) AS open
    FROM things AS t CROSS JOIN LATERAL aclexplode(t.acl) AS a LEFT JOIN pg_roles AS r ON r.oid = a.grantee
    WHERE a.grantee = 0 OR r.rolname IN ('anon', 'authenticated')
    ORDER BY 1`)
  return rows.map((row) => String(row.open))
}

/** Tables whose policies do not bind everybody: `public.t enabled=true forced=false`. */
export async function listUnforcedTables(session: Session): Promise<string[]> {
  const {rows} = await session.run(`
    SELECT oid::regclass || ' enabled=' || relrowsecurity || ' forced=' || relforcerowsecurity AS open
    FROM pg_class
    WHERE relnamespace IN ${ours} AND relkind IN ('r', 'p', 'f') AND NOT (relrowsecurity AND relforcerowsecurity)
    ORDER BY 1`)
  return rows.map((row) => String(row.open))
}

/** Views that read as their owner, and materialised ones, which no policy guards. */
export async function listOwnerViews(session: Session): Promise<string[]> {
  const {rows} = await session.run(`
    SELECT oid::regclass::text AS open FROM pg_class
    WHERE relnamespace IN ${ours}
      AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce(reloptions @> '{security_invoker=true}', false)))
    ORDER BY 1`)
  return rows.map((row) => String(row.open))
}

export type Definer = {
  readonly id: string
  readonly signature: string
  readonly owner: string
  readonly ownerBypasses: boolean
  readonly ownerLogsIn: boolean
  readonly config: string
  readonly body: string
  readonly volatility: string
  readonly isTrigger: boolean
  /** Everybody but the owner who may execute it, sorted. */
  readonly grantees: string
  /** A call that gives NULL for every argument. */
  readonly call: string
}

export async function listDefiners(session: Session): Promise<Definer[]> {
  const {rows} = await session.run(`
    SELECT n.nspname || '.' || p.proname AS "id", p.oid::regprocedure::text AS "signature", o.rolname::text AS "owner",
      (o.rolsuper OR o.rolbypassrls) AS "ownerBypasses", o.rolcanlogin AS "ownerLogsIn",
      array_to_string(p.proconfig, '; ') AS "config", p.prosrc AS "body", p.provolatile::text AS "volatility",
      p.prorettype = 'trigger'::regtype AS "isTrigger",
      (SELECT coalesce(string_agg(coalesce(r.rolname, 'PUBLIC'), ' ' ORDER BY r.rolname), '')
        FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a LEFT JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE a.grantee <> p.proowner) AS "grantees",
      format('SELECT %I.%I(%s)', n.nspname, p.proname, array_to_string(array_fill('NULL'::text, ARRAY[p.pronargs]), ', '))
        AS "call"
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace JOIN pg_roles AS o ON o.oid = p.proowner
    WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1`)
  return rows.map((row) => ({...row}) as Definer)
}
