/** Broken files: nothing throws, nothing is hidden by what is broken before it, everything is listed. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {foldWith} from '../../../src/inventory/migrations/fold.ts'
import {loadParser} from '../../../src/inventory/migrations/parser.ts'
import {fold, inOrder, routine, showUnknowns} from '../../support/fold-sql.ts'

const good = (name: string) =>
  `CREATE FUNCTION ${name}() RETURNS int\nLANGUAGE plpgsql SECURITY DEFINER AS $$\nBEGIN\n  RETURN 1; -- it's\nEND\n$$;\n`

const broken: Readonly<Record<string, string>> = {
  'a word that is wrong': 'CREAT TABLE x ();\n',
  'a dollar quote that is never closed':
    'CREATE FUNCTION bad() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1;\nEND;\nLANGUAGE plpgsql;\n',
  'a dollar quote that a formatter broke':
    'CREATE FUNCTION bad() RETURNS int LANGUAGE plpgsql AS $ $\nBEGIN\n  RETURN 1;\nEND;\n$ $;\n',
  'a quote that is never closed': "COMMENT ON TABLE x IS 'it's;\n",
  'an identifier that is never closed': 'CREATE TABLE "x ();\n',
  'a comment that is never closed': 'SELECT 1;\n/* a /* b */\n',
  'a parenthesis that is never closed': 'CREATE TABLE x (a int;\n',
  'a file that ends within a statement': 'CREATE FUNCTION bad(\n',
  'a body that has no end': 'CREATE FUNCTION bad() RETURNS int BEGIN ATOMIC SELECT 1;\n',
  'COPY without its end': 'COPY x FROM stdin;\n1\t2\n',
  'a NUL character': 'SELECT 1;\0 SELECT 2;\n',
  'a placeholder': 'GRANT SELECT ON x TO :ROLE;\n',
  'nesting without end': `SELECT ${'('.repeat(30_000)};\n`,
  'a chain without end': `SELECT 1${'+1'.repeat(50_000)};\n`,
}

describe('hides nothing before or after it', () => {
  test.each(Object.entries(broken))('%s', async (_, text) => {
    const inventory = await fold({
      '1_a.sql': good('first'),
      '2_b.sql': `${good('before')}${text}${good('after')}`,
      '3_c.sql': good('last'),
    })
    expect(inventory.routines.filter((one) => one.securityDefiner).map((one) => one.name)).toEqual([
      'after',
      'before',
      'first',
      'last',
    ])
    expect(routine(inventory, 'public.after()').body).toBe("\nBEGIN\n  RETURN 1; -- it's\nEND\n")
    expect(inventory.coverage.unknowns.length).toBeGreaterThan(0)
    for (const {location} of inventory.coverage.unknowns) {
      expect(location?.path).toBe('db/2_b.sql')
      expect(location?.place?.start.line).toBeGreaterThanOrEqual(7)
    }
  })
})

test('each statement that fails is counted and listed, with its place and reason', async () => {
  const inventory = await fold('SELECT 1;\n\n  -- why\n  SELEC é;\nCREATE TABLE t (); CREATE TABEL u ();')
  expect(inventory.coverage.statements).toEqual({applied: 2, failed: 2})
  expect(inventory.coverage.unknowns).toEqual([
    {
      subject: 'SELEC é',
      why: 'it does not parse: syntax error at or near "SELEC"',
      location: {
        path: 'db/20250102030405_one.sql',
        place: {start: {line: 4, column: 3, offset: 22}, end: {line: 4, column: 10, offset: 29}},
      },
    },
    {
      subject: 'CREATE TABEL u ()',
      why: 'it does not parse: syntax error at or near "TABEL"',
      location: {
        path: 'db/20250102030405_one.sql',
        place: {start: {line: 5, column: 20, offset: 50}, end: {line: 5, column: 37, offset: 67}},
      },
    },
  ])
})

describe('what looks odd and is well', () => {
  test.each([
    ['a byte order mark', `\ufeff${good('f')}`],
    ['CRLF', good('f').replaceAll('\n', '\r\n')],
    [
      'one long line',
      `SELECT '${'x'.repeat(1_000_000)}'; ${good('f').replace(" -- it's", '').replaceAll('\n', ' ')}`,
    ],
    ['statements of psql', `\\set ON_ERROR_STOP on\n\\restrict abc\n${good('f')}\\echo 'done'\n`],
    ['data of COPY', `COPY t (a) FROM stdin;\nDROP FUNCTION f();\t'\n$$\n\\.\n\n${good('f')}`],
    ['comments that nest', `/* a /* ; ' */ $$ */ ${good('f')}`],
    ['every quote', `SELECT E'\\'; --', U&'x', 'a''b;', "q"";", $x$ $$ ; $x$, $1; ${good('f')}`],
    ['nothing but semicolons between', `;;; ${good('f')};;`],
  ])('%s', async (_, text) => {
    // A file that does not parse as a whole is read in another way, which must come to the same.
    const split = await fold(`${text}\nSELEC 1;`)
    expect(split.routines.map((one) => one.id)).toEqual(['public.f()'])
    expect(split.coverage.statements?.failed).toBe(1)
    const whole = await fold(text)
    expect(whole.routines).toEqual(split.routines)
    expect(whole.coverage.unknowns).toEqual([])
  })

  test('a body of SQL has semicolons of its own', async () => {
    const sql =
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;\nCREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);\nSELEC 1;'
    const inventory = await fold(sql)
    expect(inventory.coverage.statements).toEqual({applied: 2, failed: 1})
    expect(routine(inventory, 'public.f()').body).toBe(
      'BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END',
    )
  })
})

describe('psql', () => {
  test.each([
    '\\i other.sql',
    '\\ir other.sql',
    '\\include other.sql',
    '\\if :x\n\\endif',
    '\\connect other',
    "SELECT 'DROP TABLE t' \\gexec",
  ])('%s is not followed, and said', async (command) => {
    const inventory = await fold(`CREATE TABLE t ();\n${command}\nCREATE TABLE u ();`)
    expect(inventory.relations).toHaveLength(2)
    expect(showUnknowns(inventory)).toEqual([expect.stringMatching(/^2: \\/)])
  })
})

test('what stands between conflict markers is applied on neither side, and is listed', async () => {
  const inventory = await fold(`${good('before')}<<<<<<< HEAD
GRANT ALL ON FUNCTION before() TO anon;
=======
${good('theirs')}>>>>>>> branch
${good('after')}`)
  expect(inventory.routines.map((one) => one.name)).toEqual(['after', 'before'])
  expect(inventory.routines.map((one) => one.grants?.length)).toEqual([2, 2])
  expect(showUnknowns(inventory)).toEqual([
    expect.stringMatching(/^7: db\/.*conflict markers/),
    expect.stringMatching(/^8: GRANT ALL.*it stands in a conflict/),
    expect.stringMatching(/^10: CREATE FUNCTION theirs.*it stands in a conflict/),
  ])
  expect(inventory.coverage.statements).toEqual({applied: 2, failed: 2})
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      '$$',
      '$x$',
      '/*',
      '*/',
      '--',
      '\n',
      ';',
      '(',
      ')',
      '\\',
      '\\.',
      '\0',
      '\ufeff',
      '\ud800',
      'é',
      '😀',
      ' ',
    ),
    fc.constantFrom(
      'CREATE',
      'OR REPLACE',
      'FUNCTION',
      'f()',
      'RETURNS int',
      'LANGUAGE sql',
      "AS 'x'",
      'SECURITY DEFINER',
      'BEGIN',
      'ATOMIC',
      'END',
      'COPY t FROM stdin',
      'GRANT',
      'DO',
      '<<<<<<< a',
      '=======',
      '>>>>>>> b',
      'TABLE',
      't',
      'SET',
      'search_path',
      'TO',
      'ALL',
      'ON',
      '-- +goose Up',
      '-- +goose Down',
      'DROP',
      'SCHEMA',
      'public',
      'CASCADE',
      'SELECT',
      '1',
      'E',
      'U&',
      'EXECUTE',
    ),
    fc.constantFrom(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
      'CREATE TABLE t (a int);',
      'DROP TABLE t;',
      'ROLLBACK;',
      'BEGIN;',
      "DO $$ BEGIN EXECUTE 'x'; END $$;",
    ),
    fc.string({unit: 'binary', maxLength: 8}),
  )
  const text = fc.array(piece, {maxLength: 40}).map((pieces) => pieces.join(' '))

  test('makes nothing throw, and what does not apply is listed', async () => {
    const parser = await loadParser()
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 3}), (texts) => {
        const files = texts.map((one, index) => ({path: `${index + 1}_x.sql`, text: one}))
        const {coverage} = foldWith(parser, inOrder(files))
        // Two equal statements at one place would be one entry: there are none.
        expect(coverage.unknowns.length).toBeGreaterThanOrEqual(coverage.statements?.failed ?? Number.NaN)
        for (const {location} of coverage.unknowns) {
          const file = files.find((one) => one.path === location?.path)
          if (location?.place !== undefined)
            expect(location.place.end.offset).toBeLessThanOrEqual(file?.text.length ?? -1)
        }
      }),
      {numRuns: 1500},
    )
  })

  test('before a statement does not hide it', async () => {
    const parser = await loadParser()
    fc.assert(
      fc.property(
        text.filter((one) => !/<{7}|>{7}|goose|\\i|COPY|BEGIN|ROLLBACK|search_path|EXECUTE|DROP/.test(one)),
        (junk) => {
          const {routines, coverage} = foldWith(
            parser,
            inOrder([{path: '1_x.sql', text: `${junk}\n${good('kept')}`}]),
          )
          const listed = coverage.unknowns.some(({location}) => location?.path === '1_x.sql')
          expect(routines.some((one) => one.name === 'kept') || listed).toBe(true)
        },
      ),
      {numRuns: 1500},
    )
  })
})
