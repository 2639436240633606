/** Three-way merges of documents: what goes together without a word, what is left to be decided, and what is refused. */
import {describe, expect, test} from 'vitest'
import type {Sides} from '../../src/merge/sides.ts'
import {row, table} from '../support/read.ts'
import {decided, kept, merge, recordsOf} from './merging.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => row({name: `\`${name}\``})) as [
  string,
  string,
  string,
  string,
]
const zed = row({name: '`zed`'})
const changed = (line: string) => line.replace('Append-only.', 'Rate limited.')
const approved = (line: string) => line.replace('2025-01', '2025-06')
const document = (...rows: string[]) => `# Exceptions\n\nWhat is excused.\n\n${table(...rows)}\nThe end.\n`

/** The same, whoever is called ours. */
async function mergeBothWays({base, ours, theirs}: Sides<string>) {
  const [one, other] = [await merge({base, ours, theirs}), await merge({base, ours: theirs, theirs: ours})]
  return {one, other}
}

describe('goes together', () => {
  const cases: readonly (readonly [string, Sides<string>, string])[] = [
    [
      'a row added on each side at one place, in a sorted table',
      {base: document(a), ours: document(a, d), theirs: document(a, b)},
      document(a, b, d),
    ],
    [
      'a row added on each side at one place, in one that is not sorted',
      {base: document(zed, a), ours: document(zed, a, d), theirs: document(zed, a, b)},
      document(zed, a, b, d),
    ],
    [
      'several rows added on each side, in a sorted table',
      {base: document(a, zed), ours: document(a, b, d, zed), theirs: document(a, c, zed)},
      document(a, b, c, d, zed),
    ],
    [
      'the same row added on both sides',
      {base: document(a), ours: document(a, b), theirs: document(a, b)},
      document(a, b),
    ],
    [
      'rows beside each other changed, one on each side',
      {base: document(a, b), ours: document(changed(a), b), theirs: document(a, approved(b))},
      document(changed(a), approved(b)),
    ],
    [
      'a row changed on both sides in the same way',
      {base: document(a, b), ours: document(changed(a), b), theirs: document(changed(a), b, c)},
      document(changed(a), b, c),
    ],
    [
      'a row taken away on one side and left as it was on the other, which is not revived',
      {base: document(a, b, c), ours: document(a, c), theirs: document(a, b, c, d)},
      document(a, c, d),
    ],
    [
      'a row taken away on one side, and moved as it was on the other',
      {
        base: `## One\n\n${table(a, b)}\n## Two\n\n${table(c)}`,
        ours: `## One\n\n${table(a)}\n## Two\n\n${table(b, c)}`,
        theirs: `## One\n\n${table(a)}\n## Two\n\n${table(c)}`,
      },
      `## One\n\n${table(a)}\n## Two\n\n${table(c)}`,
    ],
    [
      'a row taken away on both sides',
      {base: document(a, b, c), ours: document(a, c), theirs: document(a, c, d)},
      document(a, c, d),
    ],
    [
      'a renamed row and another that is new',
      {base: document(a, zed), ours: document(a, row({name: '`yam`'})), theirs: document(a, b, zed)},
      document(a, b, row({name: '`yam`'})),
    ],
    [
      'rows put into another order, and a new one behind its neighbour',
      {base: document(a, b, c), ours: document(c, b, a), theirs: document(a, zed, b, c)},
      document(c, b, a, zed),
    ],
    [
      'a text outside of the tables, and rows',
      {
        base: document(a),
        ours: document(a, b).replace('What is', 'All that is'),
        theirs: document(a, c).replace('The end.', 'Ends.'),
      },
      document(a, b, c).replace('What is', 'All that is').replace('The end.', 'Ends.'),
    ],
    [
      'a heading reworded, and a row below it',
      {
        base: `## OPS jobs\n\n${table(a)}`,
        ours: `## OPS queue\n\n${table(a)}`,
        theirs: `## OPS jobs\n\n${table(a, b)}`,
      },
      `## OPS queue\n\n${table(a, b)}`,
    ],
    [
      'a new section on one side, a row on the other',
      {
        base: `## One\n\n${table(a)}`,
        ours: `## One\n\n${table(a)}\n## Two\n\n${table(c)}`,
        theirs: `## One\n\n${table(a, b)}`,
      },
      `## One\n\n${table(a, b)}\n## Two\n\n${table(c)}`,
    ],
    [
      'a section that went, untouched by the other side',
      {
        base: `## One\n\n${table(a)}\n## Two\n\n${table(c)}`,
        ours: `## One\n\n${table(a)}`,
        theirs: `## One\n\n${table(a, b)}\n## Two\n\n${table(c)}`,
      },
      `## One\n\n${table(a, b)}`,
    ],
    [
      'a row of a table, and another table above it in the same section',
      {
        base: `## Jobs\n\nWriters:\n\n${table(a, b)}`,
        ours: `## Jobs\n\nWriters:\n\n${table(a, b, c)}`,
        theirs: `## Jobs\n\nReaders:\n\n${table(zed)}\nWriters:\n\n${table(a, b)}`,
      },
      `## Jobs\n\nReaders:\n\n${table(zed)}\nWriters:\n\n${table(a, b, c)}`,
    ],
    [
      'rows of two tables of one section, which one side has put the other way round',
      {
        base: `## Jobs\n\n${table(a)}\nReaders are many.\n\nThey wait.\n\n${table(c)}`,
        ours: `## Jobs\n\nReaders are many.\n\nThey wait.\n\n${table(c)}\n${table(a)}`,
        theirs: `## Jobs\n\n${table(a, b)}\nReaders are many.\n\nThey wait.\n\n${table(c, d)}`,
      },
      `## Jobs\n\nReaders are many.\n\nThey wait.\n\n${table(c, d)}\n${table(a, b)}`,
    ],
  ]

  test.each(cases)('%s', async (_, texts, expected) => {
    const {one, other} = await mergeBothWays(texts)
    expect(one).toEqual({state: 'merged', text: expected})
    expect(other).toEqual(one)
  })

  test.each(cases)('%s, with CRLF, a byte order mark and no last line ending', async (_, texts, expected) => {
    const dressed = (text: string) => `\ufeff${text.replace(/\n$/, '').replaceAll('\n', '\r\n')}`
    const {base, ours, theirs} = texts
    const one = await merge({base: dressed(base), ours: dressed(ours), theirs: dressed(theirs)})
    expect(one).toEqual({state: 'merged', text: dressed(expected)})
  })

  test('line endings, and a byte order mark, that one side has changed', async () => {
    const {one, other} = await mergeBothWays({
      base: document(a),
      ours: `\ufeff${document(a, d).replaceAll('\n', '\r\n')}`,
      theirs: document(a, b),
    })
    expect(one).toEqual({state: 'merged', text: `\ufeff${document(a, b, d).replaceAll('\n', '\r\n')}`})
    expect(other).toEqual(one)
  })
})

describe('is aligned', () => {
  const aligned = (...more: string[]) =>
    [
      '| Object Name | Schema | Why SECURITY DEFINER  | Risks Mitigated | Approved By         |',
      '| ----------- | ------ | --------------------- | --------------- | ------------------- |',
      '| `a`         | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |',
      ...more,
      '',
    ].join('\n')
  const alignedB = '| `b`         | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |'
  const wide = [
    '| Object Name   | Schema | Why SECURITY DEFINER  | Risks Mitigated | Approved By         |',
    '| ------------- | ------ | --------------------- | --------------- | ------------------- |',
    '| `a`           | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |',
    '| `long_name_a` | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |',
  ]

  test('anew, where a side has made a column wider', async () => {
    const {one, other} = await mergeBothWays({
      base: aligned(),
      ours: aligned(alignedB),
      theirs: [...wide, ''].join('\n'),
    })
    const withB = wide[3]?.replace('`long_name_a`', '`b`          ') ?? ''
    expect(one).toEqual({state: 'merged', text: [...wide.slice(0, 3), withB, wide[3], ''].join('\n')})
    expect(other).toEqual(one)
  })

  test('where one side does nothing else, and the other adds a row', async () => {
    const {one, other} = await mergeBothWays({base: table(a), ours: aligned(), theirs: table(a, b)})
    expect(one).toEqual({state: 'merged', text: aligned(alignedB)})
    expect(other).toEqual(one)
  })
})

describe('is left to be decided, in that row alone', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined, string | undefined])[] = [
    ['other words on each side', b, b.replace('log.', 'jobs.'), b.replace('log.', 'mail.')],
    ['a reason on one side, an approval on the other', b, b.replace('log.', 'jobs.'), approved(b)],
    ['taken away on one side, changed on the other', b, undefined, changed(b)],
    ['added on both sides with other words', undefined, b, changed(b)],
  ]
  const rows = (...lines: readonly (string | undefined)[]) =>
    document(...lines.filter((line) => line !== undefined))
  const marked = (ours: string | undefined, theirs: string | undefined) => [
    '<<<<<<< ours',
    ours,
    '=======',
    theirs,
    '>>>>>>> theirs',
  ]

  test.each(cases)('%s', async (_, base, ours, theirs) => {
    const {one, other} = await mergeBothWays({
      base: rows(a, base, c),
      ours: rows(changed(a), ours, c),
      theirs: rows(a, theirs, approved(c), d),
    })
    const text = (...between: readonly (string | undefined)[]) => rows(changed(a), ...between, approved(c), d)
    expect(one).toEqual({
      state: 'conflict',
      rows: ['ops.b'],
      others: false,
      text: text(...marked(ours, theirs)),
    })
    expect(other).toEqual({
      state: 'conflict',
      rows: ['ops.b'],
      others: false,
      text: text(...marked(theirs, ours)),
    })
  })

  const same = (name: string, to: string) => row({name: `\`${name}\``, risks: `Same as \`${to}\`.`})
  const inCore = (name: string) => row({name: `\`${name}\``, schema: 'core'})
  const references: readonly (readonly [string, Sides<string>, readonly string[]])[] = [
    [
      'approved anew on one side, and what it is the same as rewritten on the other',
      {
        base: document(a, same('b', 'a')),
        ours: document(changed(a), same('b', 'a')),
        theirs: document(a, approved(same('b', 'a'))),
      },
      [changed(a), ...marked(same('b', 'a'), approved(same('b', 'a'))).filter((line) => line !== undefined)],
    ],
    [
      'new on one side, and what it is the same as, by way of another, rewritten on the other',
      {
        base: document(a, same('b', 'a')),
        ours: document(changed(a), same('b', 'a')),
        theirs: document(a, same('b', 'a'), same('c', 'b')),
      },
      [changed(a), same('b', 'a'), '<<<<<<< ours', '=======', same('c', 'b'), '>>>>>>> theirs'],
    ],
    [
      'new on one side, and what it is the same as taken away on the other',
      {base: document(a, b), ours: document(b), theirs: document(a, b, same('c', 'a'))},
      [b, '<<<<<<< ours', '=======', same('c', 'a'), '>>>>>>> theirs'],
    ],
    [
      'new on one side, and what it is the same as, which that side has changed, taken away on the other',
      {base: document(a, b), ours: document(b), theirs: document(changed(a), b, same('c', 'a'))},
      [
        ...['<<<<<<< ours', '=======', changed(a), '>>>>>>> theirs', b],
        ...['<<<<<<< ours', '=======', same('c', 'a'), '>>>>>>> theirs'],
      ],
    ],
    [
      'new on one side, and what it is the same as made to mean another row by a row that is new on the other',
      {
        base: document(inCore('x'), same('b', 'x')),
        ours: document(inCore('x'), same('b', 'x'), changed(row({name: '`x`'}))),
        theirs: document(inCore('x'), same('b', 'x'), same('c', 'b')),
      },
      [
        ...[inCore('x'), same('b', 'x'), '<<<<<<< ours', '=======', same('c', 'b'), '>>>>>>> theirs'],
        changed(row({name: '`x`'})),
      ],
    ],
    [
      'approved anew on one side, and what it is the same as in conflict',
      {
        base: document(a, same('b', 'a')),
        ours: document(changed(a), same('b', 'a')),
        theirs: document(a.replace('Append-only.', 'Audited.'), approved(same('b', 'a'))),
      },
      [
        ...['<<<<<<< ours', changed(a), '=======', a.replace('Append-only.', 'Audited.'), '>>>>>>> theirs'],
        ...['<<<<<<< ours', same('b', 'a'), '=======', approved(same('b', 'a')), '>>>>>>> theirs'],
      ],
    ],
  ]

  test.each(references)('%s', async (_, texts, rows) => {
    expect(await merge(texts)).toMatchObject({state: 'conflict', others: false, text: document(...rows)})
    const {other} = await mergeBothWays(texts)
    expect(other).toMatchObject({state: 'conflict', others: false})
  })

  test('but not a row that was left as it was, or whose risks were not rewritten', async () => {
    const texts = {
      base: document(a, same('b', 'a'), c),
      ours: document(approved(a), same('b', 'a'), c),
      theirs: document(a, approved(same('b', 'a')), changed(c)),
    }
    const expected = document(approved(a), approved(same('b', 'a')), changed(c))
    expect(await merge(texts)).toEqual({state: 'merged', text: expected})
    const rewritten = {
      ...texts,
      ours: document(changed(a), same('b', 'a'), c),
      theirs: document(a, same('b', 'a'), d),
    }
    expect(await merge(rewritten)).toMatchObject({state: 'merged'})
  })

  test('a text outside of the tables is, as git does it', async () => {
    const result = await merge({
      base: document(a),
      ours: document(a, b).replace('What is', 'All that is'),
      theirs: document(a, c).replace('What is', 'Whatever is'),
    })
    const text = document(a, b, c).replace(
      'What is excused.',
      '<<<<<<< ours\nAll that is excused.\n=======\nWhatever is excused.\n>>>>>>> theirs',
    )
    expect(result).toEqual({state: 'conflict', rows: [], others: true, text})
  })

  test('both sides of a section that one has rewritten and the other has taken away', async () => {
    const two = (text: string) => `## Two\n\n${text}\n\n${table(c)}`
    const result = await merge({
      base: `${table(a)}\n${two('Jobs.')}`,
      ours: table(a, b),
      theirs: `${table(a)}\n${two('Other jobs.')}`,
    })
    expect(result).toMatchObject({state: 'conflict', others: true})
    if (result.state !== 'conflict') return
    expect(result.text).toContain(`\n${b}\n`)
    expect(result.text).toContain(`Other jobs.\n\n${table(c)}>>>>>>> theirs`)
    // Whoever drops the section drops its rows.
    expect(result.rows).toEqual(['ops.c'])
  })
})

describe('in a conflict of other lines', () => {
  const reports = `## Reports\n\nMany read them.\n\nThey are made at night.\n\nNobody waits.\n\n${table(zed)}`
  const billing = `## Billing\n\n${table(row({name: '`bill`'}))}`
  const jobs = (...rows: string[]) => `## Jobs\n\n${table(...rows)}`
  const moved = (...rows: string[]) => `${reports}\n${jobs(...rows)}`
  const stayed = (...rows: string[]) => `${jobs(...rows)}\n${reports}\n${billing}`

  test('a table that is there on one side alone has the rows of both', async () => {
    const edited = approved(changed(c))
    const {one, other} = await mergeBothWays({
      base: `${jobs(a, b, c)}\n${reports}`,
      ours: moved(a, b, c),
      theirs: stayed(a, edited, d),
    })
    for (const [result, keepBoth] of [
      [one, ['ours', 'theirs']],
      [other, ['theirs', 'ours']],
    ] as const) {
      if (result.state !== 'conflict') throw new Error(result.state)
      expect(result).toMatchObject({rows: [], others: true})
      expect(recordsOf(kept(result.text, keepBoth))).toEqual(recordsOf(`${moved(a, edited, d)}\n${billing}`))
      expect(result.text).not.toContain('`b`')
    }
  })

  test('it is refused where one of its rows is in conflict, for which there would be no markers', async () => {
    const {one, other} = await mergeBothWays({
      base: `${jobs(a, b)}\n${reports}`,
      ours: moved(a, changed(b)),
      theirs: stayed(a, approved(b)),
    })
    const reason = 'ops.b is in conflict, and so are the lines that its table stands in'
    expect(one).toEqual({state: 'refused', reason})
    expect(other).toEqual(one)
  })

  test('a table that is there on both sides has the rows of both on each', async () => {
    // So close to each other, git makes one conflict of two.
    const between = (above: string, below: string, ...rows: string[]) =>
      `## ${above}\n${table(...rows)}## ${below}\n`
    const {one, other} = await mergeBothWays({
      base: between('Jobs', 'Notes', a, b, c, d),
      ours: between('Our jobs', 'Our notes', changed(a), b, d),
      theirs: between('Their jobs', 'Their notes', approved(a), changed(b), c, d, zed),
    })
    if (one.state !== 'conflict' || other.state !== 'conflict') throw new Error(one.state)
    expect(one).toMatchObject({rows: ['ops.a'], others: true})
    expect(one.text.match(/^<<<<<<< /gm)).toHaveLength(1)
    expect(decided(one.text, 'ours')).toBe(between('Our jobs', 'Our notes', changed(a), changed(b), d, zed))
    expect(decided(one.text, 'theirs')).toBe(
      between('Their jobs', 'Their notes', approved(a), changed(b), d, zed),
    )
    expect(decided(other.text, 'theirs')).toBe(decided(one.text, 'ours'))
    expect(decided(other.text, 'ours')).toBe(decided(one.text, 'theirs'))
  })

  test('a row that one side has moved away is not revived in the table that it came from', async () => {
    const two = (text: string, ...rows: string[]) => `## Two\n\n${text}\n\n${table(...rows)}`
    const {one, other} = await mergeBothWays({
      base: `## One\n\n${table(a)}\n${two('Jobs.', b, c)}`,
      ours: `## One\n\n${table(a, b)}`,
      theirs: `## One\n\n${table(a)}\n${two('Other jobs.', b, c)}`,
    })
    for (const [result, side] of [
      [one, 'theirs'],
      [other, 'ours'],
    ] as const) {
      if (result.state !== 'conflict') throw new Error(result.state)
      expect(result).toMatchObject({rows: ['ops.c'], others: true})
      expect(decided(result.text, side)).toBe(`## One\n\n${table(a, b)}\n${two('Other jobs.', c)}`)
    }
  })
})

describe('is refused', () => {
  const part = (heading: string, line: string) => `## ${heading}\n\nOf ${heading}.\n\n${table(line)}`
  const noSchema = (...rows: string[]) => table(...rows).replaceAll(/^(\|[^|]*)\|[^|]*/gm, '$1')
  const cases: readonly (readonly [string, Sides<string>, RegExp])[] = [
    [
      'a row for a table that the other side has taken away',
      {
        base: `## One\n\n${table(a)}\n## Two\n\n${table(c)}`,
        ours: `## One\n\n${table(a)}`,
        theirs: `## One\n\n${table(a)}\n## Two\n\n${table(c, d)}`,
      },
      /^ops\.d has no table any more$/,
    ],
    [
      'a row below a heading that would make it another schema’s',
      {
        base: `## OPS schema\n\nText.\n\n${noSchema(a)}`,
        ours: `## CORE schema\n\nText.\n\n${noSchema(a)}`,
        theirs: `## OPS schema\n\nText.\n\n${noSchema(a, b)}`,
      },
      /^(?:ops|core)\.[ab] /,
    ],
    [
      'new sections of two schemas, where whoever keeps both would give the rows of one to the other',
      {
        base: `${table(a)}\n`,
        ours: `${table(a)}\n## OPS schema\n\nAs agreed.\n\n${noSchema(b)}\n`,
        theirs: `${table(a)}\n## CORE schema\n\nAs agreed.\n\n${noSchema(c)}\n`,
      },
      /^(?:ops|core)\.[bc] would say something else where both sides are kept$/,
    ],
    [
      'columns that changed places on one side, and a new row on the other',
      {
        base: table(a),
        ours: table(a).replace(
          'Why SECURITY DEFINER | Risks Mitigated',
          'Risks Mitigated | Why SECURITY DEFINER',
        ),
        theirs: table(a, row({name: '`b`', risks: 'Audited.'})),
      },
      /^ops\.b would say something else/,
    ],
    [
      'a name, and the same name with a signature',
      {base: table(a), ours: table(a, b), theirs: table(a, row({name: '`b(uuid)`'}))},
      /^what both sides say has errors/,
    ],
    [
      'a reference that would mean another row',
      {
        base: table(row({name: '`x`', schema: 'core'}), row({name: '`y`', schema: 'ops'})),
        ours: table(
          row({name: '`x`', schema: 'core'}),
          row({name: '`y`', schema: 'ops'}),
          row({name: '`x`', schema: 'ops'}),
        ),
        theirs: table(
          row({name: '`x`', schema: 'core'}),
          row({name: '`y`', schema: 'ops'}),
          row({name: '`z`', schema: 'ops', risks: 'Same as `x`.'}),
        ),
      },
      /^ops\.z would say something else/,
    ],
    [
      'a row for a table that has a new column on the other side',
      {
        base: table(a),
        ours: table(a)
          .replaceAll(/ \|$/gm, ' | Sam |')
          .replace('By | Sam', 'By | Owner')
          .replace('--- | Sam', '--- | ---'),
        theirs: table(a, b),
      },
      /^what both sides say has errors/,
    ],
    [
      'a row for a table of which nobody can say which of two it has become on the other side',
      {
        base: `## Jobs\n\nWriters:\n\n${table(a)}`,
        ours: `## Jobs\n\nWriters:\n\n${table(a, b)}`,
        theirs: `## Jobs\n\nReaders:\n\n${table(c)}\nWriters:\n\n${table(d)}`,
      },
      /^ops\.b has no table any more$/,
    ],
    [
      'a row that each side has in another section, where each has taken the other’s away',
      {
        base: `${part('One', b)}\n${part('Two', a)}`,
        ours: part('One', a).replace('Of One', 'All of One'),
        theirs: part('Two', a),
      },
      /^ops\.a is in conflict, and so are the lines/,
    ],
    [
      'a row that one side has changed and the other has moved',
      {
        base: `## One\n\n${table(a, b)}\n## Two\n\n${table(c)}`,
        ours: `## One\n\n${table(a)}\n## Two\n\n${table(b, c)}`,
        theirs: `## One\n\n${table(a, changed(b))}\n## Two\n\n${table(c)}`,
      },
      /^ops\.b stands in another table on each side$/,
    ],
    [
      'a section that each side has put to another place',
      {
        base: ['One', 'Two', 'Three'].map((name, index) => part(name, [a, b, c][index] ?? '')).join('\n'),
        ours: [part('Two', b), part('Three', c), part('One', a)].join('\n'),
        theirs: [part('Two', b), part('One', a), part('Three', c)].join('\n'),
      },
      /^a table would stand there twice$/,
    ],
    [
      'rows that each side has put into an order of its own',
      {base: table(a, b, c, d), ours: table(b, a, c, d), theirs: table(a, b, d, c)},
      /another order on each side$/,
    ],
  ]

  test.each(cases)('%s', async (_, texts, reason) => {
    const {one, other} = await mergeBothWays(texts)
    expect(one).toEqual({state: 'refused', reason: expect.stringMatching(reason)})
    expect(other).toMatchObject({state: 'refused'})
  })

  const isNoConflict = /another table|no table|twice|another order|in conflict|both sides are kept/
  test.each(cases.filter(([, , reason]) => !isNoConflict.test(reason.source)))(
    '%s, beside conflicts of a row and of other lines',
    async (_, {base, ours, theirs}, reason) => {
      const inConflict = {
        base: `${base}\n## More\n\nText.\n\n${table(zed)}`,
        ours: `${ours}\n## More\n\nText.\n\n${table(changed(zed))}`,
        theirs: `${theirs}\n## More\n\nText.\n\n${table(approved(zed))}`,
      }
      const {one, other} = await mergeBothWays(inConflict)
      expect(one).toEqual({state: 'refused', reason: expect.stringMatching(reason)})
      expect(other).toMatchObject({state: 'refused'})
      const lines = {
        base: `${base}\nText.\n`,
        ours: `${ours}\nOur text.\n`,
        theirs: `${theirs}\nTheir text.\n`,
      }
      const {one: first, other: second} = await mergeBothWays(lines)
      expect(first).toEqual({state: 'refused', reason: expect.stringMatching(reason)})
      expect(second).toMatchObject({state: 'refused'})
    },
  )
})

describe('is not read', () => {
  const sound = {base: document(a), ours: document(a, b), theirs: document(a, c)}
  const broken = document(a, row({name: '`b`', approved: 'TBD'}))
  test.each([
    ['an error on our side', {...sound, ours: broken}, /^our side has errors/],
    ['an error on their side', {...sound, theirs: broken}, /^their side has errors/],
    ['nothing that both come from', {...sound, base: ''}, /^what both sides come from has errors/],
    [
      'line endings of two sorts',
      {...sound, ours: sound.ours.replace('\n', '\r\n')},
      /^its lines do not all end/,
    ],
  ] as const)('%s', async (_, texts, reason) => {
    expect(await merge(texts)).toEqual({state: 'unread', reason: expect.stringMatching(reason)})
  })
})

test('a line that looks like a marker, or like what stands for rows, is a line', async () => {
  const line = (title: string) => '='.repeat(title.length + 2)
  const odd = (title: string, ...rows: string[]) =>
    `secdef-rows 0\n=======\n\n${title}\n${line(title)}\n\n${table(...rows)}`
  const {one} = await mergeBothWays({base: odd('Old', a), ours: odd('New', a, b), theirs: odd('Newer', a, c)})
  const title = ['New', line('New'), '=======', 'Newer', line('Newer')].join('\n')
  const text = odd('New', a, b, c).replace(`New\n${line('New')}`, `<<<<<<< ours\n${title}\n>>>>>>> theirs`)
  expect(one).toEqual({state: 'conflict', rows: [], others: true, text})
})
