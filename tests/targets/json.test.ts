/** The JSON manifest is what its schema says, one entry a line, and reads back as the same records. */
import {posix} from 'node:path'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {inputOf, planOutputs} from '../../src/app/outputs.ts'
import type {OutputConfig} from '../../src/model/config.ts'
import {defaultRegistry} from '../../src/model/default-registry.ts'
import {Manifest} from '../../src/model/manifest.ts'
import {json} from '../../src/targets/json.ts'
import {jsonSchema} from '../../src/targets/json-schema.ts'
import {renderFile} from '../../src/targets/render.ts'
import {fullOptions, recordsInput, registryOf, sortsOfEntries} from '../support/registries.ts'

const input = recordsInput(sortsOfEntries)
const text = renderFile(json, input)

function validator(): ValidateFunction {
  return new Ajv2020({strict: true, allErrors: true}).compile(JSON.parse(renderFile(jsonSchema, input)))
}

describe('the manifest', () => {
  it('is valid by its schema, full and empty, with and without a reference to it', () => {
    const validate = validator()
    const bare = {options: {...fullOptions, manifestSchema: null}}
    for (const sound of [
      text,
      renderFile(json, recordsInput([], {history: []})),
      renderFile(json, recordsInput([], bare)),
    ]) {
      validate(JSON.parse(sound))
      expect(validate.errors).toBe(null)
    }
    expect(JSON.parse(renderFile(json, recordsInput([], bare)))).not.toHaveProperty('$schema')
  })

  it('reads back as the same records', () => {
    const {schemaVersion, source, entries, auditHistory} = Manifest.parse(JSON.parse(text))
    expect({schemaVersion, source, entries, auditHistory}).toEqual({
      schemaVersion: 1,
      source: input.source,
      entries: sortsOfEntries,
      auditHistory: input.history,
    })
  })

  it('has one entry a line', () => {
    const lines = text.split('\n').filter((line) => line.startsWith('    {'))
    expect(lines.map((line) => JSON.parse(line.replace(/,$/, '')))).toEqual([
      ...sortsOfEntries,
      ...input.history,
    ])
    const without = renderFile(json, recordsInput(sortsOfEntries.toSpliced(1, 1)))
    expect(text.split('\n').filter((line) => !without.split('\n').includes(line))).toEqual([lines[1]])
  })

  it('is refused by the schema when any field is missing, misspelt or of another type', () => {
    const validate = validator()
    const places = [...fieldsOf(JSON.parse(text))].filter((place) => !/^\.\$|\.extra\./.test(place.join('.')))
    expect(places.length).toBeGreaterThan(80)
    for (const place of places) {
      const broken: ((parent: Record<string, unknown>, key: string) => void)[] = [
        (parent, key) => delete parent[key],
        (parent, key) => {
          parent[key] = 7.5
        },
        (parent, key) => {
          parent[`${key}x`] = parent[key]
        },
      ]
      const valid = broken.map((breakIt) => {
        const manifest = JSON.parse(text)
        const parent = place.slice(0, -1).reduce((value, key) => value[key], manifest)
        breakIt(parent, place.at(-1) ?? '')
        return validate(manifest)
      })
      // `$schema` and `$comment` may be left out.
      const optional = place.length === 1 && place[0]?.startsWith('$')
      expect({place, valid}).toEqual({place, valid: [optional, false, false]})
    }
  })

  it('is refused by the schema with another version, kind, or date', () => {
    const validate = validator()
    const changes = [
      ['"schemaVersion": 1', '"schemaVersion": 2'],
      ['"kind": "grant"', '"kind": "grants"'],
      ['"date": "2025-01"', '"date": "2025-1"'],
      ['"privileges": ["INSERT", "SELECT"]', '"privileges": []'],
      ['"why": "Must work for every caller."', '"why": ""'],
    ] as const
    for (const [from, to] of changes) {
      expect(text).toContain(from)
      expect(validate(JSON.parse(text.replace(from, to)))).toBe(false)
    }
  })
})

it('refers to the schema where it is written', () => {
  const path = fc.constantFrom(
    'a.json',
    'generated/m.json',
    'x/y/z.json',
    'x/schema.json',
    './generated/n.json',
  )
  fc.assert(
    fc.property(path, fc.option(path, {nil: undefined}), (manifest, schema) => {
      const outputs: OutputConfig[] = [
        {target: 'json', path: manifest},
        {target: 'json-schema', ...(schema && {path: schema})},
      ]
      const planned = planOutputs({...defaultRegistry, outputs})
      const [manifestOutput, schemaOutput] = planned
      if (manifestOutput === undefined || schemaOutput === undefined) throw new Error('outputs are missing')
      const rendered = JSON.parse(renderFile(json, inputOf(manifestOutput, registryOf([]))))
      expect(rendered.$schema).toMatch(/^\.\.?\//)
      expect(posix.join(posix.dirname(manifestOutput.path), rendered.$schema)).toBe(schemaOutput.path)
    }),
  )
})

it('keeps a column that is called __proto__', () => {
  const extra = Object.fromEntries([['__proto__', 'kept']])
  const [entry] = JSON.parse(
    renderFile(json, recordsInput(sortsOfEntries.slice(0, 1).map((e) => ({...e, extra})))),
  ).entries
  expect(Object.entries(entry.extra)).toEqual([['__proto__', 'kept']])
})

/** The path of every field, in objects and in the objects of lists. */
function* fieldsOf(value: unknown, path: readonly string[] = []): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, field] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [...path, key]
    yield* fieldsOf(field, [...path, key])
  }
}
