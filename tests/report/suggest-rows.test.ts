/** Suggested rows, pasted: refused until a person has written them, then exactly the routines that lacked a row. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {proveSuggestions} from '../../src/app/suggest.ts'
import {audit} from '../../src/audit/audit.ts'
import {suggestRows} from '../../src/audit/suggest.ts'
import type {Inventory, Routine} from '../../src/model/inventory.ts'
import {section, suggestionText} from '../../src/report/suggest-rows.ts'
import {definer, facts, grant, owner} from '../audit/support/facts.ts'
import {readCatalog} from '../support/catalog.ts'
import {fold} from '../support/fold-sql.ts'
import {onEachHost} from '../support/postgres.ts'
import {brief, pointedAt, read, row, table} from '../support/read.ts'

function suggest(routines: readonly Routine[]) {
  return suggestFor(facts({routines}))
}

function suggestFor({registries, inventory}: Pick<ReturnType<typeof facts>, 'registries' | 'inventory'>) {
  const proved = proveSuggestions(suggestRows(registries, inventory), section)
  return {inventory, registries, proved, text: suggestionText(proved)}
}

/** As a person fills in what is open, in the rows of a text. */
function filledIn(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/)
      if (!line.includes('| TODO: ')) return line
      return [...cells.slice(0, 3), ' Has to. ', ' Checked. ', ' Core Team - 2025-06 ', ''].join('|')
    })
    .join('\n')
}

const undocumented = (text: string, {inventory, registries}: ReturnType<typeof suggestFor>) =>
  audit([...registries, read(text).registry], inventory)
    .judgements.filter(({rule}) => rule.group === 'document')
    .map(({rule, object}) => `${rule.id} ${object}`)

const open = [grant(owner, 'EXECUTE'), grant('PUBLIC', 'EXECUTE')]

const ordinary = [
  definer('reap', {grants: open, settings: [], returns: 'SETOF app.job'}),
  definer('twin', {signature: ['integer']}),
  definer('twin', {signature: ['text', 'app."My Type"[]']}),
  definer('notify', {schema: 'other', signature: [], returns: 'trigger'}),
]

test('gives nothing where there is nothing to suggest', () => {
  expect(suggest([]).text).toBe('')
})

test('has a section for each schema, as the most exposed routine comes first', () => {
  const late = definer('late', {schema: 'zed', grants: open})
  const {text} = suggest([...ordinary.filter(({name}) => name !== 'reap'), late])
  expect(text.match(/^## .*$/gm)).toEqual([
    '## ZED Schema Functions',
    '## APP Schema Functions',
    '## OTHER Schema Functions',
  ])
})

test('is refused, pasted as it is, at the cells that a person has to write and nowhere else', () => {
  const {text} = suggest(ordinary)
  const whole = `${table(row())}\n${text}`
  const {findings} = read(whole)
  expect(new Set(findings.map(({ruleId}) => ruleId))).toEqual(new Set(['placeholder']))
  const columns = ['Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']
  expect(findings.map((one) => 'column' in one.args && one.args.column)).toEqual(
    ordinary.flatMap(() => columns),
  )
  for (const cell of pointedAt(whole, findings)) expect(cell).toMatch(/^TODO/)
})

test('is sound once it is filled in, and nothing is undocumented any more', () => {
  const result = suggest(ordinary)
  expect(undocumented(table(row()), result)).toHaveLength(4 + 1)
  const whole = filledIn(result.text)
  expect(read(whole).findings).toEqual([])
  expect(read(whole).registry.entries.map(({value}) => value.id)).toEqual([
    'app.reap',
    'app.twin(integer)',
    'app.twin(text, app."My Type"[])',
    'other.notify',
  ])
  expect(undocumented(whole, result)).toEqual([])
})

describe('the facts', () => {
  const risks = (routine: Routine) =>
    suggest([routine])
      .text.split('\n')[4]
      ?.split(/(?<!\\)\|/)[4]

  test('are what a reviewer asks for', () => {
    expect(risks(ordinary[0] ?? definer('x'))).toBe(
      ' TODO: which risks there are, and what mitigates them. It is a volatile function in `plpgsql` that returns ' +
        '`SETOF app.job`. `PUBLIC` may execute it. Its owner is `owner`. It has no search path of its own. ',
    )
  })

  test('say what is unknown', () => {
    const routine = definer('x', {
      securityDefiner: null,
      owner: null,
      grants: null,
      settings: null,
      returns: null,
      body: null,
    })
    expect(risks(routine)).toBe(
      ' TODO: which risks there are, and what mitigates them. It is a volatile function in `plpgsql`. Whether it is ' +
        'SECURITY DEFINER is unknown. Who may execute it is unknown. Its owner is unknown. Its search path is ' +
        'unknown. What SQL it executes is unknown. ',
    )
  })

  test('name a role as code, whatever it is called, and count the rest', () => {
    const grants = ['nobody', 'a|b', ...[...Array(8).keys()].map((number) => `r${number}`)].map((role) =>
      grant(role, 'EXECUTE'),
    )
    expect(risks(definer('x', {grants}))).toContain(
      ' `a\\|b`, `nobody`, `r0`, `r1`, `r2`, `r3`, `r4`, `r5` and 2 more roles may execute it. ',
    )
  })

  test('are left out where a cell would be refused for them', () => {
    const {text} = suggest([definer('x', {owner: '@graphql({})'})])
    expect(text).toContain('| TODO: which risks there are, and what mitigates them. |')
    expect(text).not.toContain('graphql')
  })
})

describe('a name that Markdown has marks for', () => {
  const names = [
    'a|b',
    '`',
    '``a`',
    'a``b',
    'a"b',
    'two  words',
    '*a* [b](c) <i>d</i> ~~e~~ &amp; $x$ \\(',
    'a\\',
    '__init__',
    'größe',
    '日本語',
    'select',
    'TODO',
    'Same as x',
    '@everyone',
    'fn(x)',
    'a.b',
    '--> x',
  ]

  test.each(names)('%s', (name) => {
    const schema = `s ${name}`
    const result = suggest([definer(name, {schema}), definer(name)])
    expect(result.proved.unwritable.map(({reason}) => reason)).toEqual([])
    const whole = filledIn(result.text)
    const {registry, findings} = read(whole)
    expect(brief(findings)).toEqual([])
    const found = registry.entries.map(({value}) => `${value.schema} ${value.name}`)
    expect(new Set(found)).toEqual(new Set([`app ${name}`, `${schema} ${name}`]))
    expect(found).toHaveLength(2)
    expect(undocumented(whole, result)).toEqual([])
  })
})

describe('a routine that no row can name', () => {
  test.each([
    ['a\nb', 'its row would be read as app."a\\u{a}b"'],
    ['a\\|b', 'its row would be read as'],
    ['a\u200cb', 'Unexpected invisible character U+200C'],
    ['a\u00a0b', 'Unexpected invisible character U+00A0'],
    ['log_\u0430udit', 'Unexpected the letter'],
    ['secdef:begin', 'Unexpected `secdef:begin` in a cell'],
    ['| `x` | app | y | z | Core Team - 2025-01 |\n| `y', 'its row would be read as'],
  ])('%j is listed with the reason', (name, reason) => {
    const {text, proved} = suggest([definer(name), definer('plain_too')])
    expect(proved.writable.map(({suggestion}) => suggestion.routine.name)).toEqual(['plain_too'])
    expect(proved.unwritable.map((one) => [one.suggestion.routine.name, one.reason])).toEqual([
      [name, expect.stringContaining(reason)],
    ])
    expect(text).toContain('No row can be suggested for 1 SECURITY DEFINER routine')
    expect(brief(read(filledIn(text)).findings)).toEqual([])
  })

  test('is listed where its types are unknown and it is not alone', () => {
    const {proved} = suggest([definer('twin', {signature: null}), definer('twin')])
    expect(proved.unwritable.map(({reason}) => reason)).toEqual([
      'its argument types are unknown, and it is not the only routine of its name',
    ])
  })

  test('is listed where its types would be read as others', () => {
    const {proved} = suggest([definer('twin', {signature: ['char']}), definer('twin')])
    expect(proved.unwritable.map(({reason}) => reason)).toEqual([
      'its row would be read as app.twin(character), which is not this routine',
    ])
  })

  test('is listed where its schema would be taken for a placeholder', () => {
    const {proved} = suggest([definer('x', {schema: 'pending'})])
    expect(proved.unwritable.map(({reason}) => reason)).toEqual([
      expect.stringContaining('Unexpected placeholder'),
    ])
  })
})

test('loses no routine and names no other, whatever it is called', () => {
  const piece = fc.constantFrom(
    ...'ab_"`|\\ .()*<>&@$[]{}\n\t\u00e9\u0430\u200b-~'.split(''),
    '``',
    '\\|',
    ' | ',
  )
  const name = fc
    .array(piece, {minLength: 1, maxLength: 12})
    .map((pieces) => pieces.join(''))
    .filter((text) => new TextEncoder().encode(text).length <= 63)
  const type = fc.constantFrom(
    'integer',
    'text[]',
    'app."a|b"',
    '"char"',
    'timestamp with time zone',
    'app."`"',
  )
  const routine = fc.record({name, schema: name, signature: fc.array(type, {maxLength: 2}), owner: name})
  fc.assert(
    fc.property(
      fc.uniqueArray(routine, {
        maxLength: 5,
        selector: (one) => JSON.stringify([one.schema, one.name, one.signature]),
      }),
      (made) => {
        const routines = made.map(({name: own, ...fields}) => definer(own, fields))
        const result = suggest(routines)
        const {writable, unwritable} = result.proved
        const all = [...writable, ...unwritable].map(({suggestion}) => suggestion.routine)
        expect(new Set(all)).toEqual(new Set(routines))
        expect(all).toHaveLength(routines.length)
        if (routines.length === 0) return
        const left = undocumented(filledIn(result.text), result)
        expect(left.sort()).toEqual(
          unwritable.map(({suggestion}) => `undocumented-definer ${suggestion.routine.id}`).sort(),
        )
      },
    ),
    {numRuns: 300},
  )
})

/** Names and types that PostgreSQL really takes, and how it prints them. */
const strange = `
  CREATE SCHEMA "Odd |\`schema";
  SET search_path = "Odd |\`schema";
  CREATE DOMAIN "My,Type" AS pg_catalog.text;
  CREATE TYPE "a|b" AS ENUM ('x');
  CREATE TABLE t (id integer);
  ${[
    'plain()',
    '"a|b"(integer)',
    '"tick`"(timestamp(3) with time zone[], OUT integer)',
    '"ti``ck"()',
    '"say ""hi"""(INOUT text)',
    '"größe"(VARIADIC "char"[])',
    'twin("My,Type")',
    'twin("a|b"[])',
    'twin(t)',
    'twin(double precision, bit varying(5), interval day to second)',
    'twin()',
    'select_(numeric(4, 2))',
  ]
    .map((head) => `CREATE FUNCTION ${head} ${/OUT|INOUT/.test(head) ? '' : 'RETURNS void '}LANGUAGE plpgsql`)
    .map((head) => `${head} SECURITY DEFINER AS 'BEGIN NULL; END';`)
    .join('\n')}
  CREATE PROCEDURE twin(uuid) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN NULL; END';
  CREATE FUNCTION twin(date) RETURNS void LANGUAGE plpgsql AS 'BEGIN NULL; END';
  RESET search_path;
`

function proveStrange(inventory: Inventory): void {
  const definers = inventory.routines.filter(({securityDefiner}) => securityDefiner === true)
  expect(definers).toHaveLength(13)
  const result = suggestFor({registries: [], inventory})
  expect(result.proved.unwritable).toEqual([])
  const whole = filledIn(result.text)
  expect(brief(read(whole).findings)).toEqual([])
  expect(read(whole).registry.entries).toHaveLength(13)
  expect(undocumented(whole, result)).toEqual([])
}

test('covers every definer that migrations make, whatever its name and types', async () => {
  proveStrange(await fold(strange))
})

onEachHost((session) => {
  test('covers every definer of the database, whatever its name and types', async () => {
    await session.run(strange)
    proveStrange(await readCatalog(session))
  })
})
