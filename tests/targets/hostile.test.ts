/** Whatever a cell holds, every output reads back as exactly the records that it was made of. */
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {kindIds} from '../../src/model/kind.ts'
import {Manifest} from '../../src/model/manifest.ts'
import type {Registry} from '../../src/model/registry.ts'
import {renderCustom} from '../../src/targets/custom.ts'
import {targets} from '../../src/targets/index.ts'
import {renderFile} from '../../src/targets/render.ts'
import {sqlText} from '../../src/targets/sql-literal.ts'
import type {TargetInput} from '../../src/targets/target.ts'
import {hosts, type Session} from '../support/postgres.ts'
import {project} from '../support/project.ts'
import {printRecords, withPython} from '../support/python.ts'
import {canonical, hostileRegistry, hostileText, inputFrom} from '../support/registries.ts'
import {cellsOf, valuesRows} from '../support/sql-values.ts'
import {compile, evaluate} from '../support/typescript-compiler.ts'

/** Registries that go to another process or to a slow tool together. */
const batch = (size: number) => fc.array(hostileRegistry, {minLength: size, maxLength: size})
const inputsOf = (registries: readonly Registry[]) => registries.map((registry) => inputFrom(registry))

const records = (input: TargetInput) => input.entries.map((entry) => canonical([entry.id, entry]))

describe('TypeScript', () => {
  /** Every exported map and tuple, in the order of kinds. */
  function readBack(module: Readonly<Record<string, unknown>>): {ids: string[]; records: string[]} {
    const lists = Object.entries(module).filter(([name]) => name.startsWith('ALLOWED_'))
    const maps = Object.entries(module).filter(([name]) => name.endsWith('_EXCEPTIONS'))
    return {
      ids: lists.flatMap(([, list]) => [...(list as readonly string[])]),
      records: maps.flatMap(([, map]) =>
        [...(map as ReadonlyMap<string, Entry>)].map((pair) => canonical(pair)),
      ),
    }
  }

  it('evaluates to the same records, lists the same ids, and its guards know them', () => {
    fc.assert(
      fc.property(hostileRegistry, hostileText, (registry, other) => {
        const input = inputFrom(registry)
        const module = evaluate(renderFile(targets.typescript, input))
        expect(readBack(module)).toEqual({ids: input.entries.map(({id}) => id), records: records(input)})
        const definers = input.entries.filter(({kind}) => kind === 'security-definer').map(({id}) => id)
        const guard = module.isAllowedSecDefiner as (id: string) => boolean
        expect([...definers, other].map(guard)).toEqual([
          ...definers.map(() => true),
          definers.includes(other),
        ])
      }),
    )
  })

  it('compiles, and what is written evaluates to the same records', () => {
    const property = fc.property(batch(12), (registries) => {
      const inputs = inputsOf(registries)
      const files = inputs.map((input, index) => [`f${index}.ts`, renderFile(targets.typescript, input)])
      const {errors, written} = compile(Object.fromEntries(files))
      expect(errors).toEqual([])
      for (const [index, input] of inputs.entries())
        expect(readBack(evaluate(written[`f${index}.js`] ?? '')).records).toEqual(records(input))
    })
    fc.assert(property, {numRuns: 2})
  })
})

withPython('Python', (run) => {
  it('imports to the same records and the same ids', () => {
    const property = fc.property(batch(40), (registries) => {
      const inputs = inputsOf(registries)
      const files = inputs.map((input, index) => [`m${index}.py`, renderFile(targets.python, input)])
      const names = inputs.map((_, index) => `m${index}`).join(' ')
      const printed = run(printRecords, project(Object.fromEntries(files)), names)
        .trim()
        .split('\n')
      expect(printed).toHaveLength(inputs.length)
      for (const [index, input] of inputs.entries()) {
        const module: {lists: Record<string, string[]>; records: Record<string, unknown[]>} = JSON.parse(
          printed[index] ?? '',
        )
        expect(Object.values(module.records).flat().map(canonical)).toEqual(records(input))
        expect(Object.values(module.lists).flat().sort()).toEqual(input.entries.map(({id}) => id).sort())
      }
    })
    fc.assert(property, {numRuns: 3})
  })

  it('reads what the helper writes', () => {
    const template = `# {{banner}}\nWORDS = [\n{{#each entries}}\n  ({{python id}}, {{python why}}),\n{{/each}}\n]\n`
    const property = fc.property(batch(40), (registries) => {
      const inputs = inputsOf(registries)
      const files = inputs.map((input, index) => [`m${index}.py`, renderCustom(template, input, true)])
      const script = `import json\nfor i in range(${inputs.length}): print(json.dumps(__import__(f"m{i}").WORDS))`
      const printed = run(script, project(Object.fromEntries(files)))
        .trim()
        .split('\n')
      expect(printed.map((line) => JSON.parse(line))).toEqual(inputs.map(words))
    })
    fc.assert(property, {numRuns: 2})
  })
})

describe('JSON', () => {
  it('parses to the same records and history, one a line', () => {
    fc.assert(
      fc.property(hostileRegistry, (registry) => {
        const input = inputFrom(registry)
        const text = renderFile(targets.json, input)
        const manifest: Manifest = JSON.parse(text)
        expect(canonical([manifest.entries, manifest.auditHistory])).toBe(
          canonical([input.entries, input.history]),
        )
        expect(text.split('\n')).toHaveLength(9 + input.entries.length + input.history.length + 2)
        // The schema of records leaves out a heading that no object can have safely.
        const kept = input.entries.filter(({extra}) => !Object.hasOwn(extra, '__proto__'))
        const parsed = Manifest.parse(manifest).entries.filter((_, index) =>
          kept.includes(input.entries[index] as Entry),
        )
        expect(canonical(parsed)).toBe(canonical(kept))
      }),
    )
  })
})

describe('a template of a project', () => {
  it('with json and ts gives the same records', () => {
    const template = `// {{banner}}
export const records = [{{#each entries}}{{json this}},
{{/each}}]
export const words = [{{#each entries}}[{{ts id}}, {{ts why}}],
{{/each}}]
export const kinds = {{json kinds}}
`
    fc.assert(
      fc.property(hostileRegistry, (registry) => {
        const input = inputFrom(registry)
        const text = renderCustom(template, input, true)
        const module = evaluate(text)
        expect(canonical(module.words)).toBe(canonical(words(input)))
        const read = module.records as readonly {
          id: string
          why: string
          extra: {heading: string; text: string}[]
        }[]
        expect(
          read.map(({id, why, extra}) => [id, why, ...extra.map(({heading, text}) => [heading, text])]),
        ).toEqual(input.entries.map(({id, why, extra}) => [id, why, ...Object.entries(extra)]))
        expect((module.kinds as {kind: string}[]).map(({kind}) => kind)).toEqual(kindIds)
        expect(renderCustom(template, input, true) === text).toBe(true)
      }),
    )
  })

  it('with line stays on its line, and with raw is the text itself', () => {
    fc.assert(
      fc.property(hostileRegistry, (registry) => {
        const input = inputFrom(registry)
        const lines = renderCustom('{{#each entries}}# {{line id}} {{line why}}\n{{/each}}', input, false)
        const kept = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
        expect(lines.split(/[\n\r\v\f\u0085\u2028\u2029]/)).toEqual([
          ...input.entries.map(({id, why}) => `# ${kept(id)} ${kept(why)}`),
          '',
        ])
        const raw = renderCustom('{{#each entries}}{{raw why}}{{/each}}#', input, false)
        expect(raw).toBe(`${input.entries.map(({why}) => why).join('')}#\n`)
      }),
    )
  })
})

describe('SQL on PGlite', () => {
  let started: Session | undefined
  beforeAll(async () => {
    started = await hosts.find(({name}) => name === 'PGlite')?.start()
  })
  afterAll(() => started?.stop())
  const query = async (script: string) => {
    if (started === undefined) throw new Error('PGlite is not running')
    return (await started.run(script)).rows
  }

  it('its rows are the same entries, in both outputs', async () => {
    const property = fc.asyncProperty(hostileRegistry, async (registry) => {
      const input = inputFrom(registry)
      const definers = input.entries.filter(({kind}) => kind === 'security-definer')
      const expected = definers.map(({schema, name, signature}) => [schema, name, signature])
      const texts = definers.map(({why, risks, approval}) => [why, risks, approval.by, approval.date])
      const sql = await query(valuesRows(renderFile(targets.sql, input), 7))
      expect(cellsOf(sql)).toEqual(expected.map((names, index) => [...names, ...(texts[index] ?? [])]))
      const pgtap = await query(valuesRows(renderFile(targets.pgtap, input), 3))
      expect(cellsOf(pgtap)).toEqual(expected)
    })
    await fc.assert(property, {numRuns: 50})
  })

  it('reads what the helpers write', async () => {
    const template = `SELECT json_build_array(id, why)::text AS row FROM (VALUES (E'', E'')
{{#each entries}}
, ({{sql id}}, {{sql why}}){{/each}}) AS words (id, why)`
    const property = fc.asyncProperty(hostileRegistry, async (registry) => {
      const input = inputFrom(registry)
      const [, ...rows] = await query(renderCustom(template, input, false))
      expect(cellsOf(rows)).toEqual(words(input))
      const identifiers = renderCustom('{{#each entries}}{{identifier id}}.{{/each}}"end"', input, false)
      const parsed = await query(
        `SELECT to_json(parse_ident(${sqlText(identifiers.slice(0, -1))}))::text AS row`,
      )
      expect(cellsOf(parsed)).toEqual([[...input.entries.map(({id}) => id), 'end']])
    })
    await fc.assert(property, {numRuns: 50})
  })
})

function words(input: TargetInput): string[][] {
  return input.entries.map(({id, why}) => [id, why])
}
