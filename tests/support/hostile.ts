/** Lines and documents for properties: honest ones, and ones that try to lose a row. */
import fc from 'fast-check'

export const headerLines = [
  '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
  '| --- | --- | --- | --- | --- |',
]

/** Ends of cells: what a cell may hold besides its words. */
const phrases = [
  'Writes the audit log.',
  'a `code` span',
  'a *marked* and **strong** word',
  'see [the log](https://example.com/a_b)',
  'see [the log][log] and [log]',
  'see www.example.com, https://example.com/x?a=1&b=2, core@example.com',
  'a \\| pipe and `a\\|b`',
  'one<br>two<br/>three',
  '&#124; &amp; &#x60; &lt;br&gt;',
  '~~gone~~',
  '~one~',
  '<!-- hidden -->',
  'stray ` tick',
  'note[^1] and [^none]',
  '![alt](x.png)',
  '$x$ and $\\phantom{y}$ and $`z`$',
  'trailing \\',
  'TODO',
  '',
  'Same as log_action.',
  'Same as fn_1, and more.',
  'ﬁne — naïve “quotes” 日本語 🎉',
  'zero\u200bwidth',
  '<span>x</span>',
  '_a_b_ __init__ a_b_c',
  '[](https://example.com)',
]

export const phrase = fc.constantFrom(...phrases)

const name = fc.oneof(
  {weight: 6, arbitrary: fc.nat(400).map((number) => `\`fn_${number}\``)},
  fc.constantFrom(
    '`fn(uuid, text)`',
    '`ops.fn`',
    'plain',
    '`a`, `b`',
    '`Upper`',
    '`"q.r"`',
    '~~`gone`~~',
    '`fn(int4[])`',
  ),
)

/** A row of a registry table, right or nearly. */
export const row = fc
  .tuple(name, fc.constantFrom('ops', 'ops', 'ops', 'public', '`ops`'), phrase, phrase, fc.boolean())
  .map(([object, schema, why, risks, padded]) => {
    const cells = [object, schema, why, risks, 'Core Team - 2025-01']
    return padded ? `|  ${cells.join('   |  ')}  |` : `| ${cells.join(' | ')} |`
  })

const prose = fc.constantFrom(
  'Some words.',
  '## OPS schema functions',
  '### Notes',
  '',
  '',
  '[log]: https://example.com/log',
  '[^1]: A note.',
  '[^2]:',
  '> [log]: /other "title"',
  '- item',
  '1. item',
  '> quote',
  '---',
  '```',
  '```sql',
  '~~~',
  '<details>',
  '</details>',
  '<!-- comment -->',
  '<!--',
  '-->',
  'a | b',
  '    indented',
  '***',
  'Text\n===',
)

/** A table with as many rows as asked for, behind marks of a container or none. */
export function tableOf(rows: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('', '', '', '', '> ', '   '), rows)
    .map(([mark, lines]) => [...headerLines, ...lines].map((line) => mark + line).join('\n'))
}

export const shortTable = tableOf(fc.array(row, {maxLength: 4}))
export const proseLines = fc.array(prose, {maxLength: 5}).map((lines) => lines.join('\n'))

/** In any of the line endings that Markdown knows. */
export function withEnding(text: string, ending: string): string {
  return text.replaceAll('\n', ending)
}
