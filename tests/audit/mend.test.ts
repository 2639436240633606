/** Statements that are offered, with names that try to get out of their quotes: they mend, and touch nothing else. */
import fc from 'fast-check'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {audit} from '../../src/audit/audit.ts'
import {quoteIdentifier} from '../../src/model/identifier.ts'
import {readCatalog} from '../support/catalog.ts'
import {clean, hosts, type Session} from '../support/postgres.ts'
import {registryWith} from './support/registry.ts'

let session: Session
beforeAll(async () => {
  const [embedded] = hosts
  if (embedded === undefined) throw new Error('No host')
  session = await embedded.start()
})
afterAll(() => session.stop())

const fragments = [
  ...[
    '"',
    '""',
    "'",
    ';',
    '--',
    '/*',
    '*/',
    '$$',
    '$1',
    '$user',
    '\\',
    '.',
    ',',
    '(',
    ')',
    ' ',
    '\n',
    'a',
    'A',
  ],
  ...[
    'DROP SCHEMA decoy CASCADE',
    '; DROP TABLE decoy.job',
    'public',
    'PUBLIC',
    'select',
    'user',
    'pg_temp',
    'é',
    '日',
    '😀',
  ],
]

/** As PostgreSQL takes it: 63 bytes, and no prefix of its own. */
const name = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({unit: 'grapheme', maxLength: 3})), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter(
    (text) =>
      text !== '' && Buffer.byteLength(text) < 50 && !/\p{Cs}/u.test(text) && !/^pg_|^public$/i.test(text),
  )

/** The same objects twice: one schema to be mended, one that must stay as it is. */
function build(schema: string, {object, column, type}: Names, role: string, owner: string): string {
  const at = (what: string) => `${quoteIdentifier(schema)}.${quoteIdentifier(what)}`
  const [c, r, o] = [column, role, owner].map(quoteIdentifier)
  return `
    CREATE SCHEMA ${quoteIdentifier(schema)} AUTHORIZATION ${o};
    GRANT USAGE, CREATE ON SCHEMA ${quoteIdentifier(schema)} TO ${r};
    SET ROLE ${o};
    CREATE DOMAIN ${at(type)} AS pg_catalog.text;
    CREATE TABLE ${at(object)} (${c} integer, ${quoteIdentifier(`${column}2`)} integer);
    GRANT DELETE, TRUNCATE ON ${at(object)} TO ${r};
    GRANT SELECT (${c}), UPDATE (${c}) ON ${at(object)} TO PUBLIC;
    CREATE SEQUENCE ${at(`${object} s`)};
    GRANT USAGE ON SEQUENCE ${at(`${object} s`)} TO ${r};
    CREATE VIEW ${at(`${object} v`)} AS SELECT 1 AS one;
    CREATE FUNCTION ${at(object)}(${at(type)}) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
    CREATE FUNCTION ${at(object)}(integer) RETURNS void LANGUAGE sql AS 'SELECT 1';
    CREATE PROCEDURE ${at(`${object} p`)}() LANGUAGE sql SECURITY DEFINER SET search_path = "$user", ${quoteIdentifier(schema)}, 'a, b' AS 'SELECT 1';
    CREATE FUNCTION ${at(`${object} t`)}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${quoteIdentifier(schema)}, pg_temp AS 'BEGIN RETURN new; END';
    CREATE FUNCTION ${at(`${object} f`)}(text) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
    CREATE FUNCTION ${at(`${object} f`)}() RETURNS TABLE (x text) LANGUAGE sql AS 'SELECT 1';
    CREATE PROCEDURE ${at(`${object} q`)}(integer) LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
    CREATE PROCEDURE ${at(`${object} q`)}(OUT x integer) LANGUAGE sql AS 'SELECT 1';
    RESET ROLE;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${o} IN SCHEMA ${quoteIdentifier(schema)} GRANT INSERT ON TABLES TO ${r};`
}

type Names = {readonly object: string; readonly column: string; readonly type: string}

it('mends everything in one schema and nothing in the other', async () => {
  const names = fc.uniqueArray(name, {minLength: 5, maxLength: 5})
  await fc.assert(
    // A schema named `$user` cannot be put on a path: there, it means another.
    fc.asyncProperty(
      names.filter(([schema]) => schema !== '$user'),
      async ([schema = '', object = '', column = '', type = '', tail = '']) => {
        const role = `secdef_${tail}`
        const owners = {mended: 'secdef_"owner', decoy: 'secdef_decoy'}
        const all = {object, column, type}
        await clean(session)
        await session.run(`
        CREATE ROLE ${quoteIdentifier(role)}; CREATE ROLE ${quoteIdentifier(owners.mended)}; CREATE ROLE ${owners.decoy};
        ${build(schema, all, role, owners.mended)} ${build(`${schema} decoy`, all, role, owners.decoy)}`)
        const read = (include: string[]) =>
          readCatalog(session, {apiRoles: [role], schemas: {include, exclude: [], documented: []}})
        const before = await read([`${schema} decoy`])
        const judged = async () => {
          const inventory = await read([schema])
          const rows = inventory.routines
            .filter(({securityDefiner}) => securityDefiner === true)
            .map((routine) => ({schema, name: routine.name, signature: [...(routine.signature ?? [])]}))
          const defaultPrivileges = inventory.defaultPrivileges.filter(({owner}) => owner === owners.mended)
          const {judgements} = audit(
            [registryWith(rows)],
            {...inventory, defaultPrivileges},
            {apiRoles: [role]},
          )
          return judgements.filter(({rule}) => rule.id !== 'rls-without-policy')
        }
        const rules = await judged()
        expect(rules.map(({rule}) => rule.id)).toEqual([
          ...[
            'search-path-missing',
            'search-path-missing',
            'search-path-missing',
            'search-path-misquoted',
            'search-path-writable',
            'trigger-function-open',
          ],
          ...[
            'execute-open',
            'execute-open',
            'execute-open',
            'execute-open',
            'default-execute',
            'rls-disabled',
            'residual-grant',
            'residual-grant',
          ],
          ...['residual-grant', 'residual-schema-grant', 'default-privileges', 'definer-view'],
        ])
        for (const {mend} of rules) if ('statement' in mend) await session.run(mend.statement)
        expect(await judged()).toEqual([])
        const after = await read([`${schema} decoy`])
        const without = (inventory: typeof before) => ({
          ...inventory,
          coverage: null,
          schemas: inventory.schemas.filter(({name: one}) => one === `${schema} decoy`),
          defaultPrivileges: inventory.defaultPrivileges.filter(({owner}) => owner !== owners.mended),
          roles: inventory.roles.filter(({name: one}) => one !== owners.mended),
        })
        expect(without(after)).toEqual(without(before))
      },
    ),
    {
      numRuns: 25,
      examples: [[['a"', 'b";--', 'c', 'd', "e'"]], [['PUBLIC', '$user', 'pg_temp', 'user', 'x.y']]],
    },
  )
})
