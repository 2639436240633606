/** Every way in which Markdown loses, invents or changes a row: which finding, where, and over what. */
import {describe, expect, test} from 'vitest'
import {brief, messages, pointedAt, read, row, table} from '../support/read.ts'

const header = '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |'
const delimiter = '| --- | --- | --- | --- | --- |'
const one = row()
const two = row({name: '`log_audit`'})
const three = row({name: '`log_error`'})

type Trap = {
  readonly name: string
  readonly lines: readonly string[]
  /** `rule line:column`, and the source that each points at, lines joined by `⏎`. */
  readonly findings: readonly (readonly [string, string?])[]
  /** Names of the entries that are read all the same. */
  readonly entries: readonly string[]
}

const good = [header, delimiter, one]
const traps: Trap[] = [
  {
    name: 'a blank line between rows',
    lines: [...good, '', two, three],
    findings: [['stray-row 5:1', `${two}⏎${three}`]],
    entries: ['log_action'],
  },
  {
    name: 'an HTML comment between rows',
    lines: [...good, '<!-- audited -->', two],
    findings: [['stray-row 5:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a delimiter row one cell short',
    lines: [header, '| --- | --- | --- | --- |', one, '', ...good],
    findings: [['stray-row 1:1', `${header}⏎| --- | --- | --- | --- |⏎${one}`]],
    entries: ['log_action'],
  },
  {
    name: 'no delimiter row',
    lines: [header, one, '', ...good],
    findings: [['stray-row 1:1', `${header}⏎${one}`]],
    entries: ['log_action'],
  },
  {
    name: 'a delimiter row below an entry: the entry is the header',
    lines: [...good, '', two, delimiter, three],
    findings: [['unread-table 5:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a table inside <details> with no blank line before it',
    lines: ['<details>', header, delimiter, one, '</details>', '', header, delimiter, two],
    findings: [['stray-row 2:1', `${header}⏎${delimiter}⏎${one}`]],
    entries: ['log_audit'],
  },
  {
    name: 'a table in an HTML comment',
    lines: ['<!--', header, delimiter, one, '-->', '', header, delimiter, two],
    findings: [['stray-row 2:1', `${header}⏎${delimiter}⏎${one}`]],
    entries: ['log_audit'],
  },
  {
    name: 'rows behind a comment that is never closed',
    lines: [...good, '', '<!-- todo', '', header, delimiter, two],
    findings: [['stray-row 7:1', `${header}⏎${delimiter}⏎${two}`]],
    entries: ['log_action'],
  },
  {
    name: 'a table indented by four spaces, and by a tab',
    lines: [`    ${header}`, `    ${delimiter}`, `    ${one}`, 'x', '', `\t${two}`, '', ...good],
    findings: [
      ['stray-row 1:1', `    ${header}⏎    ${delimiter}⏎    ${one}`],
      ['stray-row 6:1', `\t${two}`],
    ],
    entries: ['log_action'],
  },
  {
    name: 'one row indented by four spaces',
    lines: [...good, `    ${two}`],
    findings: [['stray-row 4:1', `    ${two}`]],
    entries: ['log_action'],
  },
  {
    name: 'a line of text right after a table',
    lines: [...good, 'Reviewed every quarter.', '', 'And so on.'],
    findings: [['text-in-table 4:1', 'Reviewed every quarter.']],
    entries: ['log_action'],
  },
  {
    name: 'a lazy row below a quoted table',
    lines: ['> Said:', '>', ...good.map((line) => `> ${line}`), two],
    findings: [['stray-row 6:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a row that underlines make a heading of',
    lines: [...good, '', two, '==='],
    findings: [['stray-row 5:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'rows without outer pipes, in a paragraph',
    lines: [...good, '', '`log_audit` | ops | why', 'log_error | ops | why | risks | Core Team - 2025-01'],
    findings: [
      ['stray-row 5:1', '`log_audit` | ops | why⏎log_error | ops | why | risks | Core Team - 2025-01'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'rows in the title of a link definition',
    lines: [...good, '', '[x]: /y "', two, '"'],
    findings: [['stray-row 6:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a fence that is never closed',
    lines: [...good, '', '```sql', 'SELECT 1;', '', header, delimiter, two],
    findings: [['stray-row 8:1', `${header}⏎${delimiter}⏎${two}`]],
    entries: ['log_action'],
  },
  {
    name: 'a fence whose end is indented, and so none',
    lines: [...good, '', '```', two, '    ```'],
    findings: [['stray-row 6:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a fence whose end stands in a quote, and so none',
    lines: [...good, '', '```', two, '> ```'],
    findings: [['stray-row 6:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a fence that ends with its quote',
    lines: [...good, '', '> ```', `> ${two}`, '', 'x'],
    findings: [['stray-row 6:1', `> ${two}`]],
    entries: ['log_action'],
  },
  {
    name: 'a forgotten end: the next fence ends the first, and the last stays open',
    lines: [...good, '', '```', 'SELECT 1;', '', header, delimiter, two, '', '```', 'SELECT 2;', '```'],
    findings: [['stray-row 8:1', `${header}⏎${delimiter}⏎${two}`]],
    entries: ['log_action'],
  },
  {
    name: 'a forgotten end: the first fence holds the beginning of the next',
    lines: [...good, '', '```sql', 'SELECT 1;', '', two, '', '```sql', 'SELECT 2;', '```'],
    findings: [['stray-row 8:1', two]],
    entries: ['log_action'],
  },
  {
    name: 'a table in HTML, in a block of it and in a sentence',
    lines: [
      ...good,
      '',
      '<table>',
      '<tr><td>log_audit</td>',
      '</tr></table>',
      '',
      'So: <table><tr><th>x</th></tr></table>',
    ],
    findings: [
      ['stray-row 6:1', '<tr><td>log_audit</td>'],
      ['stray-row 9:1', 'So: <table><tr><th>x</th></tr></table>'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'an unescaped pipe',
    lines: [...good, row({name: '`log_audit`', why: 'Reads a|b.'})],
    findings: [['surplus-cell 4:51', 'Core Team - 2025-01']],
    entries: ['log_action'],
  },
  {
    name: 'an unescaped pipe in code',
    lines: [...good, row({name: '`log_audit`', why: 'Reads `a|b`.'})],
    findings: [['surplus-cell 4:53', 'Core Team - 2025-01']],
    entries: ['log_action'],
  },
  {
    name: 'a missing cell',
    lines: [...good, '| `log_audit` | ops | Why. | Core Team - 2025-01 |'],
    findings: [['missing-cell 4:1', '| `log_audit` | ops | Why. | Core Team - 2025-01 |']],
    entries: ['log_action'],
  },
  {
    name: 'an unescaped pipe that makes up for a missing cell',
    lines: [...good, '| `log_audit` | ops | Reads `a|b`. | Core Team - 2025-01 |'],
    findings: [
      ['stray-backtick 4:29', '`'],
      ['stray-backtick 4:33', '`'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'empty cells',
    lines: [...good, '| `log_audit` |  |   || Core Team - 2025-01 |'],
    findings: [
      ['empty-cell 4:16', '  '],
      ['empty-cell 4:19', '   '],
      ['empty-cell 4:23', ''],
    ],
    entries: ['log_action'],
  },
  {
    name: 'a name that is not a code span',
    lines: [...good, row({name: '__log_audit__'}), row({name: 'log_audit'})],
    findings: [
      ['name-not-code 4:3', '__log_audit__'],
      ['name-not-code 5:3', 'log_audit'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'a name with something beside it',
    lines: [
      ...good,
      row({name: '`log_audit` (old)'}),
      row({name: '**`log_audit`**'}),
      row({name: '[`log_audit`](x.sql)'}),
    ],
    findings: [
      ['name-not-code 4:3', '`log_audit` (old)'],
      ['name-not-code 5:3', '**`log_audit`**'],
      ['name-not-code 6:3', '[`log_audit`](x.sql)'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'several names in a cell',
    lines: [
      ...good,
      row({name: '`log_audit`, `log_error`'}),
      row({name: '`a`<br>`b`'}),
      row({name: '`f() → void, g()`'}),
    ],
    findings: [
      ['several-names 4:3', '`log_audit`, `log_error`'],
      ['several-names 5:3', '`a`<br>`b`'],
      ['invalid-name 6:3', '`f() → void, g()`'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'a struck-through row, whole and in part, with one tilde too',
    lines: [
      ...good,
      row({name: '~~`log_audit`~~', schema: '~~ops~~'}),
      row({name: '`log_error`', why: 'Writes ~all~.'}),
    ],
    findings: [
      ['struck-through 4:3', '~~`log_audit`~~'],
      ['struck-through 4:21', '~~ops~~'],
      ['struck-through 5:30', '~all~'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'a table that HTML around it strikes out',
    lines: ['<del>', '', ...good, '', '</del>', '', header, delimiter, two],
    findings: [['struck-through 3:1', header]],
    entries: ['log_audit'],
  },
  {
    name: 'HTML in a cell',
    lines: [...good, row({name: '`log_audit`', why: 'Writes <!-- all --> of <b>it</b>.'})],
    findings: [
      ['html-in-cell 4:30', '<!-- all -->'],
      ['html-in-cell 4:46', '<b>'],
      ['html-in-cell 4:51', '</b>'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'an image, a footnote, a formula and a link without a text',
    lines: [
      ...good,
      row({name: '`b`', why: 'See ![log](x.png).'}),
      row({name: '`c`', why: 'See it[^1] and [^2].'}),
      row({name: '`d`', why: 'A $\\phantom{b}$ c, and $`x`$.'}),
      row({name: '`e`', why: 'A [](https://example.com) b.'}),
      '',
      '[^1]: Not quite.',
    ],
    findings: [
      ['unreadable-content 4:19', '![log](x.png)'],
      ['unreadable-content 5:21', '[^1]'],
      ['unreadable-content 6:17', '$\\phantom{b}$'],
      ['unreadable-content 6:39', '`x`'],
      ['unreadable-content 7:17', '[](https://example.com)'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'placeholders, in each column',
    lines: [
      ...good,
      '| `log_audit` | n/a | TODO | - | TBD |',
      row({name: '`log_error`', why: '**tbd.**', risks: 'TODO: ask Ann'}),
    ],
    findings: [
      ['placeholder 4:17', 'n/a'],
      ['placeholder 4:23', 'TODO'],
      ['placeholder 4:30', '-'],
      ['placeholder 4:34', 'TBD'],
      ['placeholder 5:23', '**tbd.**'],
      ['placeholder 5:34', 'TODO: ask Ann'],
    ],
    entries: ['log_action'],
  },
  {
    name: 'a second header in the middle of a table',
    lines: [...good, header, delimiter, two],
    findings: [
      ['name-not-code 4:3', 'Object Name'],
      ['invalid-approval 4:67', 'Approved By'],
      ['name-not-code 5:3', '---'],
      ['placeholder 5:9', '---'],
      ['placeholder 5:15', '---'],
      ['placeholder 5:21', '---'],
      ['placeholder 5:27', '---'],
    ],
    entries: ['log_action', 'log_audit'],
  },
  {
    name: 'a registry table right below another one',
    lines: [
      ...good,
      '',
      '| Term | Meaning |',
      '| --- | --- |',
      '| role | who |',
      header,
      delimiter,
      '| x | ops |',
    ],
    findings: [['unread-table 5:1', '| Term | Meaning |']],
    entries: ['log_action'],
  },
  {
    name: 'a name of another schema',
    lines: [...good, row({name: '`public.log_audit`'})],
    findings: [['schema-conflict 4:3', '`public.log_audit`']],
    entries: ['log_action'],
  },
  {
    name: 'several faults in one row',
    lines: [...good, row({name: 'x', schema: 'a.b', why: 'TODO', approved: 'Core Team - 2999-01'})],
    findings: [
      ['name-not-code 4:3', 'x'],
      ['placeholder 4:13', 'TODO'],
      ['future-date 4:35', 'Core Team - 2999-01'],
    ],
    entries: ['log_action'],
  },
]

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('in %s', (_, ending) => {
  test.each(traps)('$name', ({lines, findings, entries}) => {
    const text = lines.join(ending)
    const result = read(text)
    const pointed = pointedAt(text, result.findings).map((source) => source?.replaceAll(ending, '⏎'))
    expect(brief(result.findings).map((where, index) => [where, pointed[index]])).toEqual(findings)
    expect(result.registry.entries.map(({value}) => value.name)).toEqual(entries)
  })

  test('all traps in one document are all reported in one run', () => {
    const parts = traps.filter(({lines}) => !lines.join().includes('```') && !lines.includes('<!-- todo'))
    const text = parts.map(({lines}) => [...lines, '', ''].join(ending)).join('')
    const expected = parts.flatMap(({findings}) => findings.map(([where]) => where.split(' ')[0]))
    const rules = read(text).findings.map(({ruleId}) => ruleId)
    // The same good row stands in each part; from the second on it is a duplicate.
    expect(rules.filter((rule) => rule !== 'duplicate-entry')).toEqual(expected)
  })
})

describe('read like any other', () => {
  test.each([
    ['in a quote', good.map((line) => `> ${line}`)],
    ['in a list', ['- Item', '', ...good.map((line) => `  ${line}`)]],
    ['in a quote in a list', ['1. > Said', '   >', ...good.map((line) => `   > ${line}`)]],
    ['indented by three spaces', good.map((line) => `   ${line}`)],
    ['in <details> behind a blank line', ['<details>', '', ...good, '', '</details>']],
    ['right below a paragraph', ['Some text.', ...good]],
    ['with alignment', [header, '| :--- | :---: | ---: | - | :-: |', one]],
    ['without outer pipes', good.map((line) => line.slice(2, -2))],
    ['with padding', good.map((line) => line.replaceAll('|', '  |  ').trim())],
    [
      'with marked headings',
      [
        '| **Object Name** | `Schema` | *Why SECURITY DEFINER* | __Risks Mitigated__ | Approved By |',
        delimiter,
        one,
      ],
    ],
    [
      'with headings in other case and spacing',
      [header.toUpperCase().replace('OBJECT NAME', 'Object<br>Name'), delimiter, one],
    ],
  ])('a table %s', (_, lines) => {
    const {registry, findings} = read(lines.join('\n'))
    expect(findings).toEqual([])
    expect(registry.entries.map(({value}) => value.id)).toEqual(['ops.log_action'])
  })

  test('a cell is read as it is drawn', () => {
    const cells = [
      ['a \\| b and `c \\| d`', 'a | b and c | d'],
      ['one<br>two <br/> three', 'one\ntwo\nthree'],
      ['&#124; &lt;x&gt; &amp; \\*y\\*', '| <x> & *y*'],
      ['`&amp; <b>`', '&amp; <b>'],
      ['**bold** and _it_ and snake_case_name', 'bold and it and snake_case_name'],
      [
        '[the log](https://example.com/log), <https://example.com>',
        'the log (https://example.com/log), https://example.com',
      ],
      ['[log][far] and [far]', 'log and far'],
      ['costs $5 and $10, :tada: @core', 'costs $5 and $10, :tada: @core'],
      ['ends with \\\\', 'ends with \\'],
      ['a regex [^abc]', 'a regex [^abc]'],
    ]
    const rows = cells.map(([why], index) => row({name: `\`fn_${index}\``, why: why ?? ''}))
    const {registry, findings} = read(`${table(...rows)}\nText.\n\n> [far]: https://example.com\n`)
    expect(findings).toEqual([])
    expect(registry.entries.map(({value}) => value.why)).toEqual(cells.map(([, text]) => text))
  })
})

test('a footnote takes the table below it along, as on GitHub', () => {
  const lines = ['See[^1].', '', '[^1]: A note', ...good, '', header, delimiter, two]
  const {registry, findings} = read(lines.join('\n'))
  expect(brief(findings)).toEqual(['stray-row 4:1'])
  expect(registry.entries.map(({value}) => value.name)).toEqual(['log_audit'])
  const inside = ['[^1]: A note', '', ...good.map((line) => `    ${line}`)]
  expect(read(inside.join('\n')).registry.entries.map(({value}) => value.name)).toEqual(['log_action'])
})

describe('left alone', () => {
  test.each([
    ['a closed fence', ['```md', header, delimiter, one, '```']],
    ['a closed fence of tildes in a list', ['- Item', '', '  ~~~', `  ${header}`, `  ${one}`, '  ~~~']],
    ['a fence in a fence of more backticks', ['````md', '```', header, one, '```', '````']],
    ['a glossary', ['| Term | Meaning |', '| --- | --- |', '| definer | runs as `owner` |']],
    ['a list of tables', ['| Table | Schema |', '| --- | --- |', '| `users` | public |']],
    [
      'a comparison',
      ['| | SECURITY INVOKER | SECURITY DEFINER |', '| --- | --- | --- |', '| runs as | caller | owner |'],
    ],
    ['a matrix of roles', ['| Role | SELECT | INSERT |', '| --- | :-: | :-: |', '| `anon` | ✅ | ❌ |']],
    ['a list of changes', ['| Date | Change |', '| --- | --- |', '| 2025-01-01 | none |']],
    ['pipes in prose', ['Run `a | b | c | d`, or a \\| b \\| c \\| d, or x | y.']],
    ['HTML in code', ['Never write `<td>` or `<del>`.']],
    ['a heading underlined with equals signs', ['Title', '=======', '']],
  ])('%s', (_, lines) => {
    const {registry, findings} = read([...good, '', ...lines, '', header, delimiter, two].join('\n'))
    expect(findings).toEqual([])
    expect(registry.entries.map(({value}) => value.name)).toEqual(['log_action', 'log_audit'])
  })
})

describe('merge-conflict markers', () => {
  test('are fatal, each of them, and nothing is read', () => {
    const text = [
      ...good,
      '<<<<<<< HEAD',
      two,
      '||||||| 1a2b3c',
      one,
      '=======',
      three,
      '>>>>>>> topic',
      '',
    ].join('\n')
    const {registry, findings} = read(text)
    expect(brief(findings)).toEqual(['4', '6', '8', '10'].map((line) => `conflict-marker ${line}:1`))
    expect(pointedAt(text, findings)).toEqual(['<<<<<<< HEAD', '||||||| 1a2b3c', '=======', '>>>>>>> topic'])
    expect(registry).toEqual({path: 'docs/SECURITY_EXCEPTIONS.md', entries: [], history: []})
  })

  test('of longer signs, alone, in CRLF, and not in headings behind them', () => {
    const text = ['<<<<<<<<< HEAD', one, '>>>>>>>>> x', '', 'Title', '=======', '', '>>>>>>> y', ''].join(
      '\r\n',
    )
    expect(brief(read(text).findings)).toEqual([
      'conflict-marker 1:1',
      'conflict-marker 3:1',
      'conflict-marker 8:1',
    ])
  })

  test('that lost their opening are rows that are refused', () => {
    const text = [...good, '=======', two].join('\n')
    expect(brief(read(text).findings)).toEqual(['text-in-table 4:1'])
    const pipes = [...good, '||||||| base', two].join('\n')
    expect(brief(read(pipes).findings)).toEqual(['surplus-cell 4:7'])
  })
})

test('a table in CR before a blank line in LF: the two endings around its rows stay two', () => {
  const text = `${[header, delimiter, one, two].join('\r')}\r\n\n\`fn\` | ops | why | risks | who\n`
  const {registry, findings} = read(text)
  expect(registry.entries.map(({row: {start}, value}) => [value.name, start.line])).toEqual([
    ['log_action', 3],
    ['log_audit', 4],
  ])
  expect(brief(findings)).toEqual(['stray-row 6:1'])
})

test('each cause of a stray row is named', () => {
  const causes = [
    [[...good, '', two], 'a blank line ended the table above'],
    [[...good, '<!-- x -->', two], 'a line of HTML ended the table above'],
    [[header, '| --- |', one], 'the delimiter row has not as many cells as the header'],
    [[header, one], 'there is no delimiter row below the header'],
    [['<!--', one, '-->'], 'they stand in an HTML comment'],
    [['<div>', one], 'they stand in an HTML block, where Markdown is not read'],
    [['<table>', '<td>', '</table>'], 'a table is written in HTML'],
    [['    | a |'], 'four or more spaces before the pipe make it a code block'],
    [['```', one], 'they stand in a code fence, and a fence of this document is never closed'],
    [['Text.', '', one], 'Markdown reads this as text'],
  ] as const
  for (const [lines, because] of causes) {
    const stray = read(lines.join('\n')).findings.filter(({ruleId}) => ruleId === 'stray-row')
    expect(messages(stray).map((message) => message.replace(/^.*: /, ''))).toEqual([because])
  }
})
