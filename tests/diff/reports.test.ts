/** Changes as Markdown, as JSON and at a terminal: whatever a cell holds, nothing of it is obeyed. */
import fc from 'fast-check'
import type {Nodes, Root} from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'
import {expect, test} from 'vitest'
import {compareRegistries} from '../../src/diff/compare.ts'
import {compareWords} from '../../src/diff/words.ts'
import type {Entry} from '../../src/model/entry.ts'
import type {Registry} from '../../src/model/registry.ts'
import type {DiffView} from '../../src/report/diff-words.ts'
import {jsonDiff} from '../../src/report/json-diff.ts'
import {markdownDiff} from '../../src/report/markdown-diff.ts'
import {prettyDiff} from '../../src/report/pretty-diff.ts'
import {plain} from '../../src/report/style.ts'
import {routineEntry} from '../support/entries.ts'
import {hostileRegistry, hostileText, registryOf} from '../support/registries.ts'

const path = 'docs/SECURITY_EXCEPTIONS.md'

function viewOf(before: Registry, after: Registry): DiffView {
  const changes = compareRegistries({before, after}, {since: '2025-06-15', compareWords})
  return {
    base: {revision: 'main', isMergeBase: true, commit: 'f'.repeat(40), short: 'fffffff', day: '2025-06-15'},
    isConfigKnown: true,
    registries: [{name: undefined, before: path, after: path, wasConfigured: true, changes}],
  }
}

function nodesOf(markdown: string): Nodes[] {
  const tree: Root = unified().use(remarkParse).use(remarkGfm).parse(markdown)
  const nodes: Nodes[] = []
  const walk = (node: Nodes): void => {
    nodes.push(node)
    if ('children' in node) node.children.forEach(walk)
  }
  walk(tree)
  return nodes
}

/** What GitHub would make a link of, in text that is no code. */
const linked = /(?:^|[^\w`])[@#]\w|\bGH-\d/i

function expectInert(markdown: string, changes: number): void {
  const nodes = nodesOf(markdown)
  const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []))
  expect(html.filter((tag) => !/^(?:<\/?(?:del|ins|b)>|<br>)+$/.test(tag))).toEqual([])
  const unwanted = [
    'link',
    'linkReference',
    'image',
    'imageReference',
    'definition',
    'table',
    'code',
    'delete',
  ]
  expect(nodes.filter(({type}) => unwanted.includes(type))).toEqual([])
  expect(nodes.filter((node) => node.type === 'text' && linked.test(node.value))).toEqual([])
  expect(nodes.filter(({type}) => type === 'heading')).toHaveLength(1)
  // One list of changes, and one below each.
  const [list] = nodes.filter((node) => node.type === 'list')
  expect(list?.type === 'list' ? list.children.length : 0).toBe(changes)
}

test('Markdown: no cell breaks out, links, mentions anybody or brings HTML', () => {
  fc.assert(
    fc.property(hostileRegistry, hostileRegistry, (before, after) => {
      const view = viewOf(before, after)
      const markdown = markdownDiff(view)
      const left = Number(/\*\*(\d+) more change/.exec(markdown)?.[1] ?? 0)
      expectInert(markdown, (view.registries[0]?.changes.length ?? 0) - left)
    }),
    {numRuns: 200},
  )
})

test.each([
  '@core-team please approve',
  'mail core@example.com',
  '#12 and GH-12 and owner/repo#3',
  '<img src=x onerror=alert(1)> <!-- -->',
  '</del></li><script>alert(1)</script>',
  '[x](https://example.com) ![y](z.png) https://example.com www.example.com',
  '| a | b |\n| --- | --- |\n| c | d |',
  '# Title\n- item\n1. one\n> quote\n```\ncode',
  '**bold** ~~gone~~ _it_ `code` ``` $x$ :tada: [^1]',
  '&lt;b&gt; &#64;core &commat;core',
  'trailing \\',
  '`',
  '```',
])('Markdown: %j is shown, in a change of words too', (text) => {
  const entry = (risks: string): Entry => routineEntry({schema: 'ops', name: 'log', risks})
  for (const [before, after] of [
    ['Checked.', text],
    [text, 'Checked.'],
    [`Checked ${text} once.`, `Checked ${text} twice.`],
  ] as const) {
    const markdown = markdownDiff(viewOf(registryOf([entry(before)]), registryOf([entry(after)])))
    expectInert(markdown, 1)
    const shown = nodesOf(markdown)
      .map((node) => ('value' in node ? node.value : ''))
      .join(' ')
    for (const word of text.match(/[a-z]{4,}/g) ?? []) expect(shown).toContain(word)
  }
})

test('Markdown: what does not fit into a comment is counted, and what is grave comes first', () => {
  const noise = Array.from({length: 400}, (_, index) =>
    routineEntry({schema: 'ops', name: `fn_${index}`, why: `Reason ${index}. ${'words '.repeat(60)}`}),
  )
  const grave = routineEntry({schema: 'zzz', name: 'grave', risks: 'Bounded.'})
  const views = [
    viewOf(registryOf(noise), registryOf([])),
    viewOf(registryOf([grave]), registryOf([{...grave, risks: 'Anything goes.'}])),
  ] as const
  const registries = views.flatMap((view) => view.registries)
  const markdown = markdownDiff({...views[0], registries})
  expect(markdown.length).toBeLessThan(65_536)
  expect(markdown).toMatch(/^- \*\*danger\*\* <b>`zzz\.grave`<\/b>/m)
  const shown = markdown.match(/^- /gm)?.length ?? 0
  expect(markdown).toContain(`**${401 - shown} more changes do not fit in here**`)
})

test('a terminal gets nothing to obey, and JSON says the same as the changes', () => {
  fc.assert(
    fc.property(hostileRegistry, hostileText, (registry, revision) => {
      const view = viewOf(registryOf([]), registry)
      const base = {...view.base, revision}
      const text = prettyDiff({...view, base, showPath: (shown) => shown, style: plain, width: 80})
      expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e|\u2066|\u2028/u)
      const json = jsonDiff({...view, base, verdict: 'clean', findings: [], documents: []})
      expect(json).not.toMatch(/(?!\n)\p{Cc}|\u202e|\u2066|\u2028/u)
      const said = JSON.parse(json).diff.registries[0].changes
      expect(
        said.filter((change: {entry?: unknown}) => change.entry).map(({entry}: {entry: Entry}) => entry.why),
      ).toEqual(
        view.registries[0]?.changes.flatMap((change) => ('entry' in change ? [change.entry.value.why] : [])),
      )
    }),
    {numRuns: 100},
  )
})
