/** The TypeScript output compiles anywhere, types what it lists, guards it, and is left alone by formatters. */
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {format, type Options} from 'prettier'
import {describe, expect, it} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {renderBody, renderFile} from '../../src/targets/render.ts'
import {typescript} from '../../src/targets/typescript.ts'
import {project} from '../support/project.ts'
import {fullOptions, recordsInput, sortsOfEntries} from '../support/registries.ts'
import {compile, evaluate, hover} from '../support/typescript-compiler.ts'

const whitelistOnly = {options: {...fullOptions, records: false}}
const full = renderFile(typescript, recordsInput(sortsOfEntries))
const lean = renderFile(typescript, recordsInput(sortsOfEntries, whitelistOnly))
const empty = renderFile(typescript, recordsInput([]))

type Guard = (id: string) => boolean
type Records = ReadonlyMap<string, Entry>

describe('compiled', () => {
  it('fits the strictest settings with ES2015 alone, with records, without, and empty', () => {
    const region = renderBody(typescript, recordsInput(sortsOfEntries))
    const {errors, written} = compile({
      'full.ts': full,
      'lean.ts': lean,
      'empty.ts': empty,
      'region.ts': region,
    })
    expect(errors).toEqual([])
    expect(Object.keys(written).sort()).toEqual(
      ['empty', 'full', 'lean', 'region'].flatMap((name) => [`${name}.d.ts`, `${name}.js`]),
    )
    expect(written['full.js']).not.toMatch(/\b(?:import|require)\b/)
  })

  it('takes a listed name, refuses any other, and narrows by the guard', () => {
    const consumer = `import {ALLOWED_SEC_DEFINERS, type AllowedSecDefiner, isAllowedSecDefiner, type SecurityException, SEC_DEFINER_EXCEPTIONS, isAllowedGrant} from './full.ts'
declare const text: string
export const right: AllowedSecDefiner = 'ops.none()'
export const wrong: AllowedSecDefiner = 'ops.nope'
export const unproven: AllowedSecDefiner = text
export const narrowed: AllowedSecDefiner = isAllowedSecDefiner(text) ? text : 'ops.claim_job'
export const otherKind: AllowedSecDefiner = isAllowedGrant(text) ? text : 'ops.claim_job'
export const first: 'ops.claim_job' = ALLOWED_SEC_DEFINERS[0]
export const count: 3 = ALLOWED_SEC_DEFINERS.length
export const found: SecurityException | undefined = SEC_DEFINER_EXCEPTIONS.get(right)
export const lost: SecurityException = SEC_DEFINER_EXCEPTIONS.get(right)
SEC_DEFINER_EXCEPTIONS.get('ops.nope')
ALLOWED_SEC_DEFINERS.push('ops.nope')
if (found) found.why = ''
export const kind: 'sec-definer' = found?.kind ?? 'sec-definer'
if (found) found.approval.by = ''
if (found) found.approval.date = ''
if (found) found.extra['x'] = ''
if (found?.grant) found.grant.grantee = ''
found?.signature?.push('')
found?.section.push('')
found?.grant?.privileges.push('')
`
    const {errors} = compile({'full.ts': full, 'consumer.ts': consumer})
    expect(errors.map((error) => error.split(' ').slice(0, 2).join(' '))).toEqual([
      'consumer.ts:4 TS2322',
      'consumer.ts:5 TS2322',
      'consumer.ts:7 TS2322',
      'consumer.ts:11 TS2322',
      'consumer.ts:12 TS2345',
      'consumer.ts:13 TS2339',
      'consumer.ts:14 TS2540',
      'consumer.ts:15 TS2322',
      'consumer.ts:16 TS2540',
      'consumer.ts:17 TS2540',
      'consumer.ts:18 TS2542',
      'consumer.ts:19 TS2540',
      'consumer.ts:20 TS2339',
      'consumer.ts:21 TS2339',
      'consumer.ts:22 TS2339',
    ])
  })

  it('takes thousands of records, whose literals alone would be a type too complex', () => {
    const many = Array.from({length: 3000}, (_, index) => ({
      ...(sortsOfEntries[index % 3] as Entry),
      id: `ops.fn_${index}`,
      extra: {[`column ${index % 7}`]: 'x'},
    }))
    expect(compile({'many.ts': renderFile(typescript, recordsInput(many))}).errors).toEqual([])
  })

  it('shows its documentation on hover', () => {
    const names = [
      'ALLOWED_SEC_DEFINERS',
      'AllowedSecDefiner',
      'isAllowedSecDefiner',
      'SEC_DEFINER_EXCEPTIONS',
    ]
    const shown = hover(full, [...names, 'SecurityException'])
    expect(Object.fromEntries(Object.entries(shown).map(([name, {words}]) => [name, words]))).toEqual({
      ALLOWED_SEC_DEFINERS: 'Every routine that may run as SECURITY DEFINER, by id, sorted.',
      AllowedSecDefiner: 'An id of `ALLOWED_SEC_DEFINERS`.',
      isAllowedSecDefiner: 'Whether a string is an id of `ALLOWED_SEC_DEFINERS`. Constant time.',
      SEC_DEFINER_EXCEPTIONS: 'The full record of every id of `ALLOWED_SEC_DEFINERS`.',
      SecurityException: 'One documented exception: a row of docs/SECURITY_EXCEPTIONS.md.',
    })
    expect(shown.isAllowedSecDefiner?.signature).toBe(
      'const isAllowedSecDefiner: (id: string) => id is AllowedSecDefiner',
    )
  })
})

describe('imported', () => {
  it('lists, guards and describes every entry of every kind, and nothing else', async () => {
    const root = project({'full.mjs': compile({'full.ts': full}).written['full.js'] ?? ''})
    const module: Readonly<Record<string, unknown>> = await import(path.join(root, 'full.mjs'))
    const kinds = [
      ['security-definer', 'ALLOWED_SEC_DEFINERS', 'isAllowedSecDefiner', 'SEC_DEFINER_EXCEPTIONS'],
      ['definer-view', 'ALLOWED_DEFINER_VIEWS', 'isAllowedDefinerView', 'DEFINER_VIEW_EXCEPTIONS'],
      ['no-rls', 'ALLOWED_TABLES_WITHOUT_RLS', 'isAllowedTableWithoutRls', 'NO_RLS_EXCEPTIONS'],
      ['grant', 'ALLOWED_GRANTS', 'isAllowedGrant', 'GRANT_EXCEPTIONS'],
    ] as const
    expect(Object.keys(module).sort()).toEqual(kinds.flatMap(([, ...names]) => names).sort())
    for (const [kind, list, guard, records] of kinds) {
      const entries = sortsOfEntries.filter((entry) => entry.kind === kind)
      const ids = entries.map(({id}) => id)
      expect(module[list]).toEqual(ids)
      expect([...(module[records] as Records)]).toEqual(entries.map((entry) => [entry.id, entry]))
      const isAllowed = module[guard] as Guard
      expect(ids.map(isAllowed)).toEqual(ids.map(() => true))
      for (const id of [
        '__proto__',
        'constructor',
        'toString',
        'has',
        'size',
        '',
        'ops.nope',
        'OPS.CLAIM_JOB',
      ])
        expect(isAllowed(id)).toBe(false)
    }
  })

  it('exports the whitelist alone without records', () => {
    expect(Object.keys(evaluate(lean)).filter((name) => /records|exception/i.test(name))).toEqual([])
    expect(lean).not.toMatch(/SecurityException|claims/i)
    expect(evaluate(lean).ALLOWED_GRANTS).toEqual(['api.codes to anon'])
  })

  it('has the definers even when there are none, so that the import of an empty whitelist compiles', () => {
    const module = evaluate(empty)
    expect(module.ALLOWED_SEC_DEFINERS).toEqual([])
    expect((module.isAllowedSecDefiner as Guard)('ops.claim_job')).toBe(false)
    expect([...(module.SEC_DEFINER_EXCEPTIONS as Records)]).toEqual([])
    expect(module).not.toHaveProperty('ALLOWED_GRANTS')
  })

  it('keeps a column that is called __proto__', () => {
    const extra = Object.fromEntries([['__proto__', 'kept']])
    const entry = {...(sortsOfEntries[0] as Entry), extra}
    const records = evaluate(renderFile(typescript, recordsInput([entry]))).SEC_DEFINER_EXCEPTIONS as Records
    expect(Object.entries(records.get(entry.id)?.extra ?? {})).toEqual([['__proto__', 'kept']])
  })

  it('looks an id up in a set, not along the list', () => {
    expect(full.match(/new Set<string>\(ALLOWED_\w+\)/g)).toHaveLength(4)
    expect(full.match(/=> ids\.has\(id\)/g)).toHaveLength(4)
  })
})

it('refuses a path that would end its comment', () => {
  for (const source of ['docs/*/x.md', 'docs/x.md */ import "x" /*', 'a\nb.md', 'a\u2028b.md', 'a`b.md'])
    expect(() => renderBody(typescript, recordsInput([], {source}))).toThrow(/^Unexpected ".+" in the path/)
})

describe('formatters leave it alone', () => {
  const strange = full.replace('"ops.claim_job"', '   "ops.claim_job"')
  /** As it stands in a file of somebody else, whose own lines are formatted already. */
  const region = renderBody(typescript, recordsInput(sortsOfEntries))

  it.each<Options>([
    {},
    {semi: false, singleQuote: true, bracketSpacing: false},
    {semi: true, useTabs: true, printWidth: 40, trailingComma: 'none'},
    {semi: false, printWidth: 320, quoteProps: 'as-needed', arrowParens: 'avoid', objectWrap: 'collapse'},
    {
      tabWidth: 8,
      quoteProps: 'consistent',
      experimentalTernaries: true,
      experimentalOperatorPosition: 'start',
    },
  ])('Prettier with %j', async (options) => {
    for (const text of [full, lean, empty, region, strange])
      expect(await format(text, {...options, parser: 'typescript'})).toBe(text)
    const unmarked = full.replaceAll('// prettier-ignore\n', '')
    expect(await format(unmarked, {...options, parser: 'typescript'})).not.toBe(unmarked)
  })

  it.each([
    {},
    {javascript: {formatter: {semicolons: 'asNeeded', quoteStyle: 'single', bracketSpacing: false}}},
    {formatter: {indentStyle: 'tab', lineWidth: 40}},
    {
      formatter: {indentStyle: 'space', indentWidth: 8, lineWidth: 320},
      javascript: {formatter: {trailingCommas: 'none'}},
    },
  ])('Biome with %j', (config) => {
    const texts = {
      'full.ts': full,
      'lean.ts': lean,
      'empty.ts': empty,
      'region.ts': region,
      'strange.ts': strange,
    }
    const unmarked = full.replaceAll(/^\/\/ biome-ignore.*\n/gm, '')
    const root = project({...texts, 'unmarked.ts': unmarked, 'biome.json': JSON.stringify(config)})
    expect(runBiome(root, 'format', '--write')).toBe(0)
    for (const [name, text] of Object.entries(texts))
      expect(readFileSync(path.join(root, name), 'utf8')).toBe(text)
    expect(readFileSync(path.join(root, 'unmarked.ts'), 'utf8')).not.toBe(unmarked)
  })

  it('Biome’s linter, which does not find a mark without a use either', () => {
    const rules = {style: {useConsistentArrayType: {level: 'error', options: {syntax: 'generic'}}}}
    const texts = {'full.ts': full, 'lean.ts': lean, 'empty.ts': empty}
    const unmarked = full.replaceAll(/^\/\/ biome-ignore-all lint.*\n/gm, '')
    const root = project({...texts, 'unmarked.ts': unmarked, 'biome.json': JSON.stringify({linter: {rules}})})
    const lint = (...names: string[]) => runBiome(root, 'lint', '--error-on-warnings', ...names)
    expect(lint(...Object.keys(texts))).toBe(0)
    expect(lint('unmarked.ts')).toBe(1)
  })

  it('tells ESLint to', () => {
    expect(full.split('\n')[1]).toBe('/* eslint-disable */')
  })
})

function runBiome(cwd: string, ...args: string[]): number | null {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  return spawnSync(process.execPath, [biome, ...args], {cwd}).status
}
