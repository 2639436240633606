/** Remembers which statement made an object what it is: an event trigger sees what DO blocks and EXECUTE do, too. */
import type {PGlite} from '@electric-sql/pglite'

/** Holds our own objects until the migrations have run; nothing of it is left to be read. */
const schema = 'secdef_replay'
const setting = 'secdef.statement'

/**
 * It fires under `session_replication_role = replica` and as any role, and writes within the statement's own
 * transaction, so that what is rolled back was never noted.
 *
 * @see https://www.postgresql.org/docs/current/functions-event-triggers.html
 */
const install = `
  CREATE SCHEMA ${schema};
  CREATE TABLE ${schema}.made (
    catalogue oid, object oid, statement pg_catalog.int4 NOT NULL, PRIMARY KEY (catalogue, object)
  );
  CREATE FUNCTION ${schema}.note() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    number int4 := nullif(current_setting('${setting}', true), '')::int4;
  BEGIN
    IF number IS NULL THEN
      RETURN;
    END IF;
    INSERT INTO ${schema}.made AS known (catalogue, object, statement)
    SELECT DISTINCT command.classid, command.objid, number
    FROM pg_event_trigger_ddl_commands() AS command
    WHERE command.classid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_class'::regclass)
      AND command.command_tag <> 'COMMENT'
    ON CONFLICT (catalogue, object) DO UPDATE SET statement = excluded.statement;
  END
  $$;
  CREATE EVENT TRIGGER ${schema} ON ddl_command_end EXECUTE FUNCTION ${schema}.note();
  ALTER EVENT TRIGGER ${schema} ENABLE ALWAYS;`

const uninstall = `DROP EVENT TRIGGER ${schema}; DROP SCHEMA ${schema} CASCADE;`

type MadeRow = {readonly catalogue: string; readonly object: string; readonly statement: number}

/** Number of the statement by catalogue and oid. */
export type Made = (catalogue: 'pg_proc' | 'pg_class', oid: string) => number | undefined

export async function startRecorder(database: PGlite): Promise<void> {
  await database.exec(install)
}

/** SQL that tells which statement comes next. */
export function announce(number: number): string {
  return `SELECT pg_catalog.set_config('${setting}', '${number}', false)`
}

export async function stopRecorder(database: PGlite): Promise<Made> {
  const {rows} = await database.query<MadeRow>(`
    SELECT class.relname::pg_catalog.text AS catalogue, made.object::pg_catalog.text AS object, made.statement
    FROM ${schema}.made JOIN pg_catalog.pg_class AS class ON class.oid = made.catalogue`)
  await database.exec(uninstall)
  const made = new Map(rows.map(({catalogue, object, statement}) => [`${catalogue} ${object}`, statement]))
  return (catalogue, oid) => made.get(`${catalogue} ${oid}`)
}
