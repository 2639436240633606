/** Object Name cells: read as PostgreSQL's lexer would, or refused; never half-read. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readObjectName, readSchemaName} from '../../src/source/object-name.ts'
import {read, row, table} from '../support/read.ts'

function name(text: string) {
  return readObjectName(text, 'routine')
}

describe('a name', () => {
  test.each<[string, string | undefined, string, readonly string[] | null]>([
    ['fn', undefined, 'fn', null],
    ['fn()', undefined, 'fn', []],
    ['fn ( )', undefined, 'fn', []],
    ['fn(...)', undefined, 'fn', null],
    ['fn( … )', undefined, 'fn', null],
    ['fn(uuid, app_role)', undefined, 'fn', ['uuid', 'app_role']],
    ['fn(p_id uuid) → boolean', undefined, 'fn', ['uuid']],
    ['fn(p_id uuid) -> setof public.users', undefined, 'fn', ['uuid']],
    ['fn() => table (id uuid, "a)" text)', undefined, 'fn', []],
    ['fn(): numeric(10,2)[]', undefined, 'fn', []],
    ['fn(uuid) RETURNS timestamp with time zone', undefined, 'fn', ['uuid']],
    ['ops.fn(text)', 'ops', 'fn', ['text']],
    ['ops . fn', 'ops', 'fn', null],
    ['"ops"."fn"', 'ops', 'fn', null],
    ['"a.b"."c""d"', 'a.b', 'c"d', null],
    ['"Upper Case"', undefined, 'Upper Case', null],
    ['"fn()"', undefined, 'fn()', null],
    ['"fn"(text)', undefined, 'fn', ['text']],
    ['_fn$1', undefined, '_fn$1', null],
    ['função', undefined, 'função', null],
    ['fn(numeric(10,2), "a)b" text)', undefined, 'fn', ['numeric', 'text']],
    ["fn(p text default ')')", undefined, 'fn', ['text']],
    ['order', undefined, 'order', null],
    ['a'.repeat(63), undefined, 'a'.repeat(63), null],
    [`"${'é'.repeat(31)}a"`, undefined, `${'é'.repeat(31)}a`, null],
  ])('%j is read', (text, schema, own, signature) => {
    expect(name(text)).toEqual({schema, name: own, signature})
  })

  test.each([
    ['', 'it does not begin with a name'],
    ['.fn', 'it does not begin with a name'],
    ['""', 'it does not begin with a name'],
    ['1fn', 'it does not begin with a name'],
    ['$fn', 'it does not begin with a name'],
    ['fn.', 'no name follows the dot'],
    ['ops."', 'no name follows the dot'],
    ['a.b.c', '`.c` is left over'],
    ['a.b.c(text)', '`.c(text)` is left over'],
    ['log audit', '`audit` is left over'],
    ['fn, gn', '`, gn` is left over'],
    ['fn(), gn()', '`, gn()` is left over'],
    ['fn(uuid) → boolean, gn(uuid) → boolean', '`→ boolean, gn(uuid) → boolean` is left over'],
    ['fn() → void; gn', '`→ void; gn` is left over'],
    ['fn() →', '`→` is left over'],
    ['fn() → not sure', '`→ not sure` is left over'],
    ['fn → boolean', '`→ boolean` is left over'],
    ['fn (deprecated', '`(deprecated` is left over'],
    ['fn() is NOT definer', '`is NOT definer` is left over'],
    ['fn()()', '`()` is left over'],
    ['fn-name', '`-name` is left over'],
    ['"fn', 'it does not begin with a name'],
    ['U&"fn"', '`&"fn"` is left over'],
    ['fn(uuid,)', 'an argument is empty'],
    ['fn(see above!)', '`see above!` is not a type'],
    ['a'.repeat(64), 'a name of 64 bytes, of which PostgreSQL keeps 63'],
    [`"${'é'.repeat(32)}"`, 'a name of 64 bytes, of which PostgreSQL keeps 63'],
    [`${'s'.repeat(64)}.fn`, 'a name of 64 bytes, of which PostgreSQL keeps 63'],
  ])('%j is refused: %s', (text, reason) => {
    expect(name(text)).toEqual({ruleId: 'invalid-name', reason})
  })

  test.each([
    ['Log_Audit', 'Log_Audit', 'log_audit'],
    ['ops.FN', 'FN', 'fn'],
    ['Ops.fn', 'Ops', 'ops'],
  ])('%j is refused for its upper case', (text, actual, folded) => {
    expect(name(text)).toEqual({ruleId: 'upper-case-name', actual, folded})
  })

  test('of a table or view has no arguments', () => {
    const reason = 'a table or view has no arguments'
    for (const text of ['v()', 'v(...)', 'v(uuid)'])
      expect(readObjectName(text, 'relation')).toEqual({ruleId: 'invalid-name', reason})
    expect(readObjectName('ops.v', 'relation')).toEqual({schema: 'ops', name: 'v', signature: null})
  })

  test('of a schema is one identifier', () => {
    expect(readSchemaName('"My Schema"')).toBe('My Schema')
    expect(readSchemaName('ops')).toBe('ops')
    const fault = {ruleId: 'invalid-name', reason: 'a schema is one identifier'}
    for (const text of ['a.b', 'ops, public', '', 'ops?']) expect(readSchemaName(text)).toEqual(fault)
  })
})

describe('a cell', () => {
  test('names its object in the id, quoted where it must be', () => {
    const names = ['`fn`', '`"Fn x"(int4)`', '`ops."a.b"`', '`fn2(uuid, "My Type"[]) → void`']
    const {registry, findings} = read(table(...names.map((cell) => row({name: cell}))))
    expect(findings).toEqual([])
    expect(registry.entries.map(({value}) => value.id)).toEqual([
      'ops.fn',
      'ops."Fn x"(integer)',
      'ops."a.b"',
      'ops.fn2(uuid, "My Type"[])',
    ])
  })

  test('with a quoted identifier of any letters reads back as it was typed', () => {
    const character = fc.oneof(
      {weight: 4, arbitrary: fc.constantFrom(...'abzXYZ019_$.,;:()[]{}!?#%&*+-=<>@^~/\'" ')},
      {weight: 1, arbitrary: fc.constantFrom(...'äéñøčğ日本ひカ한글عربעבר')},
    )
    const identifier = fc
      .array(character, {minLength: 1, maxLength: 20})
      .map((parts) => parts.join(''))
      .filter((text) => text.trim() === text)
      // One alphabet: what mixes others is refused, and has its own tests.
      .filter(
        (text) => !(/\p{Script=Latin}/u.test(text) && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)),
      )
    fc.assert(
      fc.property(identifier, identifier, (schema, own) => {
        const quoted = [schema, own].map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
        expect(name(quoted)).toEqual({schema, name: own, signature: null})
        const cells = ['Object Name', 'Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']
        const lines = [
          cells,
          ['---', '---', '---', '---'],
          [`\`${quoted}\``, 'Why.', 'Risks.', 'Me - 2025-01'],
        ]
        const {registry, findings} = read(lines.map((line) => `| ${line.join(' | ')} |`).join('\n'))
        expect(findings).toEqual([])
        expect(registry.entries[0]?.value).toMatchObject({schema, name: own})
      }),
      {numRuns: 400},
    )
  })

  test('never throws, whatever stands in it', () => {
    const hostile = fc.string({unit: fc.constantFrom(...'ab"\'().,:[]→- \\\u0000é'), maxLength: 60})
    fc.assert(
      fc.property(hostile, (text) => {
        const found = name(text)
        if ('ruleId' in found) return
        // What was read is in the cell: nothing is invented.
        expect(text.replaceAll('""', '"')).toContain(found.name)
      }),
      {numRuns: 3000},
    )
  })
})
