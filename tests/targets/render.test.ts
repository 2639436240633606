/** What every output has in common: the banner, the same bytes, and an order that the document has no say in. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {kindIds} from '../../src/model/kind.ts'
import {bannerReach, readBanner} from '../../src/targets/banner.ts'
import {targets} from '../../src/targets/index.ts'
import {renderBody, renderFile} from '../../src/targets/render.ts'
import {
  hostileRegistry,
  inputFrom,
  ownInput,
  recordsInput,
  registryOf,
  sortsOfEntries,
} from '../support/registries.ts'

it('is tested on every kind', () => {
  expect(new Set(sortsOfEntries.map(({kind}) => kind))).toEqual(new Set(kindIds))
})

describe.each(Object.values(targets))('$id', (target) => {
  const full = recordsInput(sortsOfEntries)

  it('names its source within reach, and ends in one line feed', () => {
    for (const input of [full, recordsInput([]), ownInput()]) {
      const text = renderFile(target, input)
      expect(readBanner(text)).toBe(input.source)
      expect(readBanner(text.slice(0, bannerReach))).toBe(input.source)
      expect(text).toMatch(/[^\n]\n$/)
      expect(text).not.toMatch(/\r|undefined|\[object|NaN/)
    }
  })

  it('is the body below the banner and the marks for formatters; a region gets the body alone', () => {
    const [body, text] = [renderBody(target, full), renderFile(target, full)]
    const head = target.comment === null ? [] : text.slice(0, text.length - body.length).split('\n')
    expect(text.endsWith(body)).toBe(true)
    expect(head.slice(1)).toEqual(target.comment === null ? [] : [...target.prologue, '', ''])
    if (target.comment !== null) expect(readBanner(body)).toBe(undefined)
  })

  it('is the same bytes whatever the order of the rows, and twice', () => {
    const shuffled = hostileRegistry.chain((registry) =>
      fc.record({
        registry: fc.constant(registry),
        entries: fc.shuffledSubarray([...registry.entries], {minLength: registry.entries.length}),
        history: fc.shuffledSubarray([...registry.history], {minLength: registry.history.length}),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({registry, entries, history}) => {
        const text = renderFile(target, inputFrom(registry))
        expect(renderFile(target, inputFrom(registry)) === text).toBe(true)
        expect(renderFile(target, inputFrom({...registry, entries, history})) === text).toBe(true)
      }),
    )
  })

  it('changes by the lines of one entry when one comes or goes', () => {
    const lines = renderFile(target, full).split('\n')
    const fewer = renderFile(target, recordsInput(sortsOfEntries.toSpliced(1, 1))).split('\n')
    const gone = lines.filter((line) => !fewer.includes(line))
    expect(gone.filter((line) => !line.includes('none'))).toEqual([])
    expect(gone.length).toBe(
      {typescript: 2, python: 2, sql: 1, json: 1, 'json-schema': 0, pgtap: 1}[target.id],
    )
  })
})

it('sorts by kind, then by code point, and the history by date', () => {
  const ids = ['b', 'a', '\u{1f600}', '\uffff', 'B', 'a.b', 'a(b)', 'é']
  const entries = kindIds.toReversed().flatMap((kind) => ids.map((id) => ({...sortsOfEntries[0], id, kind})))
  const history = ['2025-02-01', '2024-12-31', '2025-01-31'].map((date) => ({
    date,
    auditor: 'a',
    action: 'b',
  }))
  const input = inputFrom(registryOf(entries as typeof sortsOfEntries, history))
  const sorted = ['B', 'a', 'a(b)', 'a.b', 'b', 'é', '\uffff', '\u{1f600}']
  expect(input.entries.map(({kind, id}) => `${kind} ${id}`)).toEqual(
    kindIds.flatMap((kind) => sorted.map((id) => `${kind} ${id}`)),
  )
  expect(input.history.map(({date}) => date)).toEqual(['2024-12-31', '2025-01-31', '2025-02-01'])
})

it('tells when a template was not compiled', () => {
  expect(() => renderBody({...targets.json, template: 'nope'}, recordsInput([]))).toThrow(
    'No template nope.hbs',
  )
})
