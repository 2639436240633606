/** A job summary: the verdict first, whole or counted, and nothing foreign that Markdown or GitHub would obey. */
import type {Nodes, Root, Table} from 'mdast'
import {toString as textOf} from 'mdast-util-to-string'
import {remark} from 'remark'
import remarkGfm from 'remark-gfm'
import {describe, expect, test} from 'vitest'
import {type MarkdownRun, markdownReport} from '../../src/report/markdown.ts'
import {read, row, table} from '../support/read.ts'
import {auditReport, judgement, sourceLabel, sourceReport} from '../support/told.ts'

function summary(fields: Partial<MarkdownRun> = {}): {text: string; tree: Root} {
  const text = markdownReport({
    command: fields.audit ? 'audit' : 'check',
    exitCode: 1,
    findings: [],
    documents: [],
    outputs: [],
    showPath: (path) => path,
    ...fields,
  })
  return {text, tree: remark().use(remarkGfm).parse(text)}
}

function all<Type extends Nodes['type']>(node: Nodes, type: Type): Extract<Nodes, {type: Type}>[] {
  const own = node.type === type ? [node as Extract<Nodes, {type: Type}>] : []
  return [...own, ...('children' in node ? node.children.flatMap((child) => all(child, type)) : [])]
}

const cellsOf = (found: Table | undefined) =>
  (found?.children ?? []).slice(1).map(({children}) => children.map((cell) => textOf(cell)))

const heading = (tree: Root) => (tree.children[0]?.type === 'heading' ? textOf(tree.children[0]) : undefined)

describe('the verdict comes first', () => {
  const documents = [{path: 'a.md', entries: 3, schemas: {ops: 3}, events: 0, audited: null}]
  const {findings} = read(table(row({why: 'TODO'})))

  test.each([
    [
      '✓ secdef check: 3 entries, 1 output',
      {exitCode: 0, documents, outputs: [{path: 'a', state: 'unchanged'}]},
    ],
    ['✗ secdef check: 1 finding', {findings}],
    ['✗ secdef check: could not decide', {exitCode: 2, failure: {message: 'No document', mend: null}}],
    ['✗ secdef audit: 1 error, 0 unknown', {audit: auditReport({judgements: [judgement()]})}],
    [
      '✗ secdef audit: 0 errors, 1 unknown; what is unknown is not clean',
      {audit: auditReport({verdict: 'unknown', judgements: [judgement({verdict: 'unknown'})]})},
    ],
    [
      '✗ secdef audit: 1 finding; 2 rows and 2 definers agree, nothing unknown',
      {findings, audit: auditReport({verdict: 'verified'})},
    ],
    [
      '✗ secdef audit: Nothing was decided: 1 source not read',
      {
        exitCode: 2,
        audit: auditReport({verdict: 'undecided', failures: [{message: 'No connection', mend: 'Connect.'}]}),
      },
    ],
  ] satisfies [string, Partial<MarkdownRun>][])('%s', (words, fields) => {
    expect(heading(summary(fields).tree)).toBe(words)
  })

  test('and then what failed, with what to do', () => {
    const failure = {message: 'No document at docs/a.md', mend: 'Create it,\nor name another.'}
    const [, paragraph] = summary({exitCode: 2, failure}).tree.children
    expect(paragraph && textOf(paragraph)).toBe(
      'Error: No document at docs/a.md<br>Mend: Create it,<br>or name another.',
    )
  })

  test('and then which sources could not be read', () => {
    const failures = [{message: 'No connection to db', mend: null}]
    const [, paragraph] = summary({exitCode: 2, audit: auditReport({failures})}).tree.children
    expect(paragraph && textOf(paragraph)).toBe('Error: No connection to db')
  })
})

test('lists findings, the gravest first, and then as they were found', () => {
  const {findings} = read(table(row({why: 'TODO'}), row({name: '`b`', approved: 'nobody'})))
  const fatal = {ruleId: 'no-registry-table', args: {}, path: 'b.md'} as const
  const [found] = all(summary({findings: [...findings, fatal]}).tree, 'table')
  expect(cellsOf(found).map((cells) => cells.slice(0, 3))).toEqual([
    ['fatal', 'no-registry-table', 'b.md'],
    ['error', 'placeholder', 'docs/SECURITY_EXCEPTIONS.md:3:24'],
    ['error', 'invalid-approval', expect.stringContaining('docs/SECURITY_EXCEPTIONS.md:4:')],
  ])
})

describe('judgements', () => {
  const place = {start: {line: 5, column: 3, offset: 9}, end: {line: 5, column: 4, offset: 10}}

  test('stand together by object, what stops first', () => {
    const judgements = [
      judgement({object: 'a', severity: 'warning'}),
      judgement({object: 'b', row: {path: 'a.md', place}, origin: {path: 'm.sql', place}}),
      judgement({object: 'c', severity: 'info', verdict: 'unknown'}),
      judgement({object: 'b', severity: 'info'}),
    ]
    const [found] = all(summary({audit: auditReport({judgements})}).tree, 'table')
    expect(cellsOf(found).map(([severity, object, , , at]) => [severity, object, at])).toEqual([
      ['error', 'b', 'a.md:5:3<br>m.sql:5:3'],
      ['info', 'b', '—'],
      ['unknown', 'c', '—'],
      ['warning', 'a', '—'],
    ])
  })

  test('say of which sources they are, where it is not of all', () => {
    const sources = [sourceReport(), sourceReport({source: {kind: 'database', label: 'b'}})]
    const judgements = [judgement({sources: ['b']}), judgement({object: 'x', sources: [sourceLabel, 'b']})]
    const [found] = all(summary({audit: auditReport({sources, judgements})}).tree, 'table')
    expect(cellsOf(found).map((cells) => cells[3]?.includes('In b'))).toEqual([true, false])
  })

  test('offer their statements as one block of SQL, and their advice as a list', () => {
    const mend = {statement: 'ALTER FUNCTION "ops"."f"() SECURITY INVOKER;'}
    const judgements = [
      judgement({object: 'a', mend}),
      judgement({object: 'b', mend}),
      judgement({object: 'c', mend: {statement: 'REVOKE ALL;'}}),
      judgement({object: 'd', mend: {advice: 'Ask the owner of ops.f().'}}),
    ]
    const {tree} = summary({audit: auditReport({judgements})})
    expect(all(tree, 'code').map(({lang, value}) => [lang, value])).toEqual([
      ['sql', `${mend.statement}\nREVOKE ALL;`],
    ])
    expect(all(tree, 'listItem').map((item) => textOf(item))[0]).toBe('Of d: Ask the owner of ops.f().')
  })
})

test('ends with what it rests on, for each source, and where these contradict each other', () => {
  const coverage = {
    schemas: ['ops'],
    leftOut: [{schema: 'auth', why: 'of the platform', definers: 3}],
    statements: null,
    unknowns: [{subject: 'DO block', why: 'not followed', location: null}],
  }
  const sources = [sourceReport({coverage}), sourceReport({source: {kind: 'replay', label: 'm (plain)'}})]
  const values = [
    {source: sourceLabel, value: 'postgres'},
    {source: 'm (plain)', value: 'admin'},
  ]
  const decisions = [{ruleId: 'rls-not-forced', severity: 'warning', reason: 'One owner.'}] as const
  const audit = auditReport({sources, decisions, differences: [{object: 'ops.f()', fact: 'owner', values}]})
  const {tree} = summary({audit})
  const items = all(tree, 'listItem').map((item) => textOf(item.children[0] ?? item))
  expect(items).toEqual(
    expect.arrayContaining([
      'differs ops.f(): owner',
      'in db.example/app: postgres',
      'in m (plain): admin',
      'source database db.example/app',
      'left out auth (of the platform, 3 definers)',
      'unknown DO block: not followed',
      'source replay of m (plain)',
      'severity rls-not-forced is warning: One owner.',
    ]),
  )
  expect(all(tree, 'html').map(({value}) => value)).toEqual([
    '<details>\n<summary>Coverage</summary>',
    '</details>',
  ])
})

/** Everything that a name may hold, in a folder, a database or a document. */
const hostile = [
  'a|b',
  '`a|b``',
  'a\\|b',
  'trailing \\',
  '</summary></details><script>alert(1)</script>',
  '<img src=x onerror=y>',
  '<!-- hidden',
  '![x](https://evil.example/x.png)',
  '[x](https://evil.example)',
  'https://evil.example www.evil.example core@example.com',
  '@everyone @core/team',
  '#12 GH-12 0123456789abcdef0123456789abcdef01234567 :bug:',
  '&lt;b&gt; &#64;x',
  '**bold** _it_ ~~gone~~ $x$ $`y`$',
  'one\n\n# Title\n\n| a |\n| - |\n',
  '```\n````sql',
  '```',
  '- item 1. item > quote',
  '\u202egnp.exe \u001b[31m',
  '::error::x',
  '   ',
]

describe('nothing foreign is obeyed', () => {
  /** All of Markdown that a summary is made of, and the HTML that we write ourselves. */
  const types = new Set(
    'root heading paragraph text strong inlineCode code table tableRow tableCell list listItem html'.split(
      ' ',
    ),
  )
  const ourHtml = /^(?:<details>\n<summary>[A-Za-z ]+<\/summary>|<\/details>|<br>)$/

  test.each(hostile)('%j', (name) => {
    const location = {path: name}
    const judgements = [
      judgement({
        object: name,
        message: `Unexpected ${name}, expected none`,
        mend: {statement: name},
        row: location,
      }),
      judgement({object: name, message: name, mend: {advice: name}, origin: location, sources: [name]}),
    ]
    const coverage = {
      schemas: [name],
      leftOut: [{schema: name, why: name, definers: 1}],
      leftOutFiles: [{path: name, why: name}],
      statements: null,
      unknowns: [{subject: name, why: name, location}],
    }
    const source = {kind: 'database', label: name} as const
    const values = [
      {source: name, value: name},
      {source: 'b', value: 'b'},
    ]
    const {tree, text} = summary({
      findings: [
        {ruleId: 'invalid-name', args: {actual: name, reason: name, expected: name}, path: name},
        {ruleId: 'output-missing', args: {}, path: name},
      ],
      failure: {message: name, mend: name},
      audit: auditReport({
        sources: [sourceReport({source, coverage}), sourceReport()],
        failures: [{message: name, mend: name}],
        judgements,
        differences: [{object: name, fact: name, values}],
        decisions: [{ruleId: 'rls-not-forced', severity: 'warning', reason: name}],
      }),
    })
    const nodes = everyNode(tree)
    expect(nodes.map(({type}) => type).filter((type) => !types.has(type))).toEqual([])
    expect(all(tree, 'html').filter(({value}) => !ourHtml.test(value))).toEqual([])
    for (const {value} of all(tree, 'text'))
      expect(value).not.toMatch(/[@#<>|\\`]|https?:|www\.|GH-|[0-9a-f]{7}/)
    expect(text).not.toMatch(/\u202e|\u001b/)
    // Nothing got out of its cell, its block or its list.
    const tables = all(tree, 'table')
    expect(tables.map(({children}) => children.map((line) => line.children.length))).toEqual([
      [5, 5, 5],
      [5, 5, 5],
    ])
    expect(all(tree, 'code')).toHaveLength(1)
    expect(all(tree, 'heading')).toHaveLength(1)
    const shown = shownAs(name)
    expect(cellsOf(tables[1]).map(([, object]) => object?.trim())).toEqual([shown, shown])
  })

  function everyNode(node: Nodes): Nodes[] {
    return [node, ...('children' in node ? node.children.flatMap(everyNode) : [])]
  }

  /** What cannot be shown in a cell is spelt out. */
  function shownAs(name: string): string {
    return name
      .replace(/[\n\u202e\u001b]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
      .replace('\\|', '\\u{5c}|')
      .trim()
  }
})

describe('what is too much for a job summary', () => {
  const many = (number: number, length: number) =>
    [...Array(number).keys()].map((index) =>
      judgement({
        object: `ops.f${index}()`,
        message: `Unexpected ${'`|'.repeat(length)} here`,
        mend:
          index % 2 === 0
            ? {statement: `SELECT ${index}, '${'`'.repeat(length)}';`}
            : {advice: `Mend ${index}.`},
      }),
    )

  test('is cut and counted', () => {
    const {text, tree} = summary({audit: auditReport({judgements: many(1200, 1)})})
    expect(cellsOf(all(tree, 'table')[0])).toHaveLength(1000)
    expect(text).toContain('… and 200 more judgements, not shown here')
  })

  test('never makes more than 1 MiB, whatever is in it', () => {
    const long = 'ä|`'.repeat(2000)
    const {findings} = read(
      table(...[...Array(1100).keys()].map((index) => row({name: `\`f${index}\``, why: 'TODO'}))),
    )
    const unknowns = [...Array(300).keys()].map((index) => ({
      subject: `${long}${index}`,
      why: long,
      location: null,
    }))
    const leftOut = unknowns.map(({subject}) => ({schema: subject, why: long, definers: 0}))
    const audit = auditReport({
      judgements: many(3000, 600),
      sources: [sourceReport({coverage: {schemas: [long], leftOut, statements: null, unknowns}})],
      differences: unknowns.map(({subject}) => ({
        object: subject,
        fact: long,
        values: [{source: long, value: long}],
      })),
      failures: [{message: long, mend: long}],
    })
    const {text} = summary({audit, findings})
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    const judged = text.match(/^\| \*\*error\*\* \| `ops\.f/gm) ?? []
    const cut = /… and ([\d,]+) more judgements/.exec(text)?.[1]?.replace(',', '')
    expect(judged.length + Number(cut)).toBe(3000)
    expect(text).toContain('more findings, not shown here')
    expect(text).toContain('more statements, not shown here')
    // A line that is too long keeps no other out.
    expect(text).toContain('- **unknowns** 300')
  })
})
