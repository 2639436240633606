/** A small project whose migrations keep every rule, for what a test breaks of it. */
import {documentPath, repository} from './documents.ts'
import {row, table} from './read.ts'

const definer = (name: string) => `
CREATE FUNCTION ops.${name}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ops, pg_temp AS 'BEGIN DELETE FROM ops.audit_log; END';`

/** The two definers of the sound document, owned by a role that row level security binds. */
export const soundMigration = `CREATE ROLE secdef_anon NOLOGIN;
CREATE ROLE secdef_owner NOLOGIN;
ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA ops AUTHORIZATION secdef_owner;
SET ROLE secdef_owner;
CREATE TABLE ops.audit_log (id integer PRIMARY KEY);
ALTER TABLE ops.audit_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON ops.audit_log USING (true);
${definer('log_action')}
${definer('queue_job')}
RESET ROLE;
`

export const firstMigration = 'supabase/migrations/20240101000000_all.sql'
export const secondMigration = 'supabase/migrations/20240102000000_more.sql'

/** One more definer: the third line of its file. */
export const strangerMigration = `SET ROLE secdef_owner;
${definer('stranger')}`

export const auditedConfig = {migrations: {profile: 'plain'}, audit: {apiRoles: ['secdef_anon']}}

/** @param more Further files, or others in place of these. */
export function auditedProject(
  more: Readonly<Record<string, string>> = {},
  config: object = auditedConfig,
): string {
  return repository({[firstMigration]: soundMigration, ...more}, config)
}

/** A sound row, and one of a routine that is not there: line 5, column 3. */
export const absentRow: Readonly<Record<string, string>> = {
  [documentPath]: table(row(), row({name: '`queue_job`'}), row({name: '`gone`'})),
}
