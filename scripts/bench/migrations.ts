/** Projects with migrations of any size, and databases with any number of routines, to measure an audit on. */
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

const folder = 'supabase/migrations'

/** One row for one definer, which both the migrations and the database have. */
const document = `# Security Exceptions

## APP Schema Functions

| Object Name | Schema | Why SECURITY DEFINER                  | Risks Mitigated       | Approved By         |
| ----------- | ------ | ------------------------------------- | --------------------- | ------------------- |
| \`claim\`     | app    | Claims jobs for workers of every role. | Parameter validation. | Core Team - 2025-01 |
`

const first = `CREATE ROLE app_owner NOLOGIN;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA app AUTHORIZATION app_owner;
SET ROLE app_owner;
CREATE TABLE app.job (id integer PRIMARY KEY, kind text);
ALTER TABLE app.job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.job USING (kind = 'one');
CREATE FUNCTION app.claim(p_id integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = app, pg_temp AS 'BEGIN DELETE FROM app.job WHERE id = p_id; END';
RESET ROLE;
`

const settings = {migrations: {folder, profile: 'plain'}, audit: {apiRoles: []}}

export type AuditProject = {readonly folder: string; readonly bytes: number}

/** Tables with policies, functions and privileges, as migrations have them, until there are enough bytes. */
export function migrationsProject(bytes: number): AuditProject {
  const project = auditProject()
  let written = 0
  for (let file = 1; written < bytes; file++) {
    const text = [
      'SET ROLE app_owner;\n',
      ...Array.from({length: 6}, (_, index) => feature(`${file}_${index}`)),
    ].join('')
    const name = `2025${String(file).padStart(10, '0')}_feature.sql`
    writeFileSync(path.join(project, folder, name), text)
    written += text.length
  }
  return {folder: project, bytes: written}
}

/** The same document and nothing to fold but its one function. */
export function auditProject(): string {
  const project = mkdtempSync(path.join(tmpdir(), 'secdef-bench-'))
  mkdirSync(path.join(project, folder), {recursive: true})
  mkdirSync(path.join(project, 'docs'))
  writeFileSync(path.join(project, 'docs/SECURITY_EXCEPTIONS.md'), document)
  writeFileSync(path.join(project, 'secdef.config.json'), JSON.stringify(settings))
  writeFileSync(path.join(project, folder, '20240101000000_app.sql'), first)
  return project
}

/** What makes a database that agrees with the document and has so many routines. */
export function routinesSql(count: number): string {
  return `${first}
    SET ROLE app_owner;
    SET client_min_messages = warning;
    DO $$ BEGIN FOR i IN 2 .. ${count} LOOP EXECUTE pg_catalog.format(
      'CREATE FUNCTION app.read_%s(p_kind text, p_limit integer DEFAULT 1) RETURNS SETOF bigint LANGUAGE plpgsql
       STABLE SET search_path = app, pg_temp AS %L', i, $body$
BEGIN
  RETURN QUERY SELECT count(*) FROM app.job WHERE kind = p_kind LIMIT p_limit;
END
$body$);
    END LOOP; END $$;
    RESET ROLE;`
}

function feature(id: string): string {
  return `-- Jobs of kind ${id}: claimed by workers, one at a time.
CREATE TABLE app.job_${id} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text NOT NULL CHECK (kind IN ('one', 'two', 'three')),
  payload jsonb NOT NULL DEFAULT '{}',
  claimed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE app.job_${id} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.job_${id} USING (kind = 'one');
CREATE OR REPLACE FUNCTION app.claim_${id}(p_kind text, p_limit integer DEFAULT 1) RETURNS SETOF app.job_${id}
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE app.job_${id} SET claimed_at = now()
  WHERE id IN (SELECT id FROM app.job_${id} WHERE kind = p_kind FOR UPDATE SKIP LOCKED LIMIT p_limit)
  RETURNING *;
END
$$;
REVOKE ALL ON FUNCTION app.claim_${id}(text, integer) FROM PUBLIC;
`
}
