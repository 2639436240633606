/** Nothing that a project's template asks for is passed over: it renders in full, or is refused by line and column. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {TemplateError} from '../../src/targets/checked-handlebars.ts'
import {renderCustom} from '../../src/targets/custom.ts'
import {customShape} from '../../src/targets/custom-view.ts'
import {recordsInput, sortsOfEntries} from '../support/registries.ts'

const input = recordsInput(sortsOfEntries, {name: 'main'})

describe('refuses', () => {
  const top = customShape.is === 'record' ? Object.keys(customShape.fields).join(', ') : ''
  const helpers = 'json, ts, python, sql, identifier, line, raw'
  it.each([
    ['{{nope}}', `field \`nope\`, expected one of ${top} (line 1, column 3)`],
    ['{{#each nope}}{{/each}}', `field \`nope\`, expected one of ${top} (line 1, column 9)`],
    ['{{#if nope}}{{/if}}', `field \`nope\`, expected one of ${top} (line 1, column 7)`],
    ['{{#unless nope}}{{/unless}}', `field \`nope\`, expected one of ${top} (line 1, column 11)`],
    ['{{entry.nope}}', `field \`entry\` in \`entry.nope\`, expected one of ${top}`],
    ['\n {{#each entris}}{{/each}}', 'field `entris`, expected `entries` (line 2, column 10)'],
    ['{{#each definerViews}}{{ts nme}}{{/each}}', 'field `nme`, expected `name`'],
    [
      '{{#each securityDefiners}}{{#if isGrant}}{{ts granteee}}{{/if}}{{/each}}',
      'field `granteee`, expected `grantee`',
    ],
    ['{{#each grants}}x{{else}}{{nope}}{{/each}}', 'field `nope`'],
    [
      '{{#each entries}}{{#if isGrant}}{{else}}{{ts id}}{{ts nope}}{{/if}}{{/each}}',
      'field `nope`, expected `name`',
    ],
    ['{{ts source.nope}}', 'field `nope` in `source.nope`, expected no field of a text'],
    ['{{source.value}}', 'field `value` in `source.value`, expected no field of a text'],
    ['{{banner.length}}', 'field `length` in `banner.length`, expected no field of a word'],
    ['{{entries.[0].id}}', 'field `0` in `entries.0.id`, expected no field of a list'],
    ['{{entries.map}}', 'field `map` in `entries.map`, expected no field of a list'],
    ['{{constructor}}', 'field `constructor`'],
    ['{{toString}}', 'field `toString`'],
    ['{{__proto__}}', 'field `__proto__`'],
    ['{{this.constructor}}', 'field `constructor` in `this.constructor`'],
    ['{{@root.constructor.name}}', 'field `constructor` in `@root.constructor.name`'],
    ['{{#each entries}}{{ts this.constructor}}{{/each}}', 'field `constructor` in `this.constructor`'],
    ['{{@root.nope}}', 'field `nope` in `@root.nope`'],
    ['{{@root}}', `record \`@root\`, expected one of its fields: ${top}`],
    ['{{this}}', `record \`this\`, expected one of its fields: ${top}`],
    ['{{.}}', `record \`.\`, expected one of its fields: ${top}`],
    ['{{#each entries}}{{this}}{{/each}}', 'record `this`, expected one of its fields: id, '],
    ['{{#each grants as |g|}}{{g}}{{/each}}', 'record `g`, expected one of its fields: id, '],
    ['{{entries}}', 'list `entries`, expected {{#each}} over it (line 1, column 1)'],
    ['{{#each grants}}{{privileges}}{{/each}}', 'list `privileges`, expected {{#each}} over it'],
    ['{{#each grants}}{{isGrant}}{{/each}}', 'flag `isGrant`, expected {{#if}} or {{#unless}} of it'],
    [
      '{{#each grants}}{{id}}{{/each}}',
      `bare text \`id\`, expected a helper around it: ${helpers} (line 1, column 17)`,
    ],
    ['{{#each grants}}{{#each privileges}}{{this}}{{/each}}{{/each}}', 'bare text `this`'],
    ['{{#each grants}}{{#each privileges as |p|}}{{p}}{{/each}}{{/each}}', 'bare text `p`'],
    ['{{#each grants}}{{#each privileges}}{{../id}}{{/each}}{{/each}}', 'bare text `../id`'],
    ['{{{raw source}}}', '{{{…}}} or {{&…}}, expected {{…}}, which escapes nothing either'],
    ['{{{source}}}', '{{{…}}} or {{&…}}'],
    ['{{&source}}', '{{{…}}} or {{&…}}'],
    ['{{tss source}}', 'helper `tss`, expected `ts` (line 1, column 1)'],
    ['{{this.json source}}', `helper \`this.json\`, expected one of ${helpers}`],
    ['{{ts (lin source)}}', 'helper `lin`, expected `line`'],
    ['{{lookup entries source}}', `helper \`lookup\`, expected one of ${helpers}`],
    ['{{log source}}', 'helper `log`'],
    ['{{helperMissing source}}', 'helper `helperMissing`'],
    ['{{ts}}', '0 values for `ts`, expected one value'],
    ['{{#each entries}}{{line}}{{/each}}', '0 values for `line`, expected one value'],
    ['{{ts source source}}', '2 values for `ts`, expected one value'],
    ['{{ts source x=source}}', 'named value for `ts`, expected one value'],
    ['{{ts entries}}', 'list `entries` in {{ts}}, expected text'],
    ['{{#each grants}}{{sql isGrant}}{{/each}}', 'flag `isGrant` in {{sql}}, expected text'],
    ['{{raw entries.length}}', 'number `entries.length` in {{raw}}, expected text'],
    ['{{"source"}}', 'literal `source`, expected a field'],
    ['{{ts "x"}}', 'literal `x`, expected a field'],
    ['{{json undefined}}', 'literal `undefined`, expected a field'],
    ['{{#if true}}x{{/if}}', 'literal `true`, expected a field'],
    ['{{each entries}}', '`each` as a helper, expected {{#each …}} … {{/each}}'],
    ['{{#each source}}{{/each}}', 'text `source` in {{#each}}, expected a list'],
    ['{{#each this}}{{/each}}', 'record `this` in {{#each}}, expected a list'],
    ['{{#each entries x=entries}}{{/each}}', 'named value for `each`, expected one value'],
    ['{{#each entries grants}}{{/each}}', '2 values for `each`, expected one value'],
    ['{{#if}}{{/if}}', '0 values for `if`, expected one value'],
    [
      '{{#if entries}}{{/if}}',
      'list `entries` in {{#if}}, expected a flag; for an empty list {{#each}} has an {{else}}',
    ],
    ['{{#unless entries.length}}{{/unless}}', 'number `entries.length` in {{#unless}}, expected a flag'],
    ['{{#each entries}}{{#if why}}{{/if}}{{/each}}', 'text `why` in {{#if}}, expected a flag'],
    ['{{#if (line source)}}{{/if}}', 'word `(line …)` in {{#if}}, expected a flag'],
    ['{{#with entries}}{{/with}}', 'block `with`, expected {{#each …}}, {{#if …}} or {{#unless …}}'],
    ['{{#entries}}x{{/entries}}', 'block `entries`'],
    ['{{^entries}}x{{/entries}}', 'block `entries`'],
    ['{{#raw source}}x{{/raw}}', 'block `raw`'],
    ['{{#this.each entries}}x{{/this.each}}', 'block `this.each`'],
    ['{{{{raw source}}}}{{x}}{{{{/raw}}}}', 'block `raw`'],
    ['{{{{each entries}}}}{{id}}{{{{/each}}}}', 'block `each`'],
    ['{{^if entries}}x{{/if}}', '{{^if …}}, expected {{#if …}} with an {{else}}'],
    [
      '{{#each grants}}{{#if isGrant as |x|}}{{x}}{{/if}}{{/each}}',
      '`as |…|` in {{#if}}, expected it in {{#each}} alone',
    ],
    [
      '{{#each entries as |a b c|}}{{/each}}',
      'block parameter `c`, expected own names for the item and its number',
    ],
    ['{{#each entries as |json|}}{{/each}}', 'block parameter `json`'],
    ['{{#each entries as |each|}}{{/each}}', 'block parameter `each`'],
    ['{{#each entries as |e|}}{{ts e.nope}}{{/each}}', 'field `nope` in `e.nope`, expected `name`'],
    ['{{#each entries as |e|}}{{/each}}{{ts e.id}}', 'field `e` in `e.id`'],
    ['{{> part}}', 'partial or decorator, expected a template of one piece'],
    ['{{#> part}}x{{/part}}', 'partial or decorator'],
    ['{{#*inline "x"}}x{{/inline}}', 'partial or decorator'],
    ['{{* x}}', 'partial or decorator'],
    ['{{@index}}', '`@index`, expected @root, or inside {{#each}} @index, @first, @last'],
    ['{{#each entries}}{{@key}}{{/each}}', '`@key`, expected @root'],
    ['{{#each entries}}{{@../index}}{{/each}}', '`@../index`, expected @root'],
    ['{{@constructor}}', '`@constructor`, expected @root'],
    ['{{../source}}', '`../source`, expected no more `../` than there are {{#each}} around it'],
    [
      '{{#each grants}}{{#if isGrant}}{{ts ../../source}}{{/if}}{{/each}}',
      '`../../source`, expected no more `../`',
    ],
    [
      '{{#each grants}}{{ts id}}',
      'end of the template, expected every {{ and every block to be closed (line 1)\n',
    ],
    ['{{ts source', 'token where the mark points, expected every {{ and every block to be closed (line 1)\n'],
    [
      '{{else}}',
      'token where the mark points, expected every {{ and every block to be closed (line 1)\n{{else}}\n^',
    ],
  ])('%s', (template, message) => {
    expect(complaint(template)).toContain(`Unexpected ${message}`)
  })

  it('a block that another closes', () => {
    expect(complaint('{{#each grants}}{{/if}}')).toBe("each doesn't match if - 1:3")
  })

  it('the same of an empty registry, where no entry would meet the typo', () => {
    const template = '{{#each entries}}{{#each extra}}{{line txt}}{{/each}}{{/each}}'
    expect(() => renderCustom(template, recordsInput([]), false)).toThrow(
      'Unexpected field `txt`, expected `text`',
    )
  })
})

/** Values, right or wrong by the place that they land in; none of them is empty text where it is right. */
const value = fc.constantFrom(
  ...[
    'nope',
    'id',
    'name',
    'kind',
    'source',
    'banner',
    'entries',
    'entries.length',
    'hasSignature',
    'constructor',
  ],
  ...[
    'this',
    '.',
    'this.id',
    './kind',
    '../kind',
    '../../banner',
    'e',
    'e.kind',
    'e.nope',
    'n',
    'e.length',
    '__proto__',
  ],
  ...[
    '@index',
    '@../index',
    '@first',
    '@root',
    '@root.banner',
    '@root.source',
    '@key',
    'raw',
    'each',
    'section.length',
  ],
  ...[
    'raw id',
    'raw this',
    'raw this.name',
    'raw ../id',
    'raw ../../source',
    'raw e',
    'raw e.id',
    'raw n',
    'raw kind',
  ],
  ...[
    'json this',
    'json e',
    'json n',
    'json ../this',
    'json @root',
    'json @first',
    'json isGrant',
    'json nope',
    'json section',
  ],
  ...[
    'raw (line id)',
    'json (json e)',
    'raw (nope id)',
    'raw heading',
    'raw text',
    'raw "x"',
    'raw id id',
    'date',
    'raw auditor',
  ],
)
const list = fc.constantFrom(
  ...[
    'entries',
    'securityDefiners',
    'grants',
    'kinds',
    'auditHistory',
    'section',
    'signature',
    'privileges',
    'extra',
  ],
  ...[
    '@root.entries',
    '../section',
    'e.section',
    'e.extra',
    'e',
    'this',
    '../entries',
    'this.section',
    'nope',
    'source',
  ],
)
const condition = fc.constantFrom(
  'hasSignature',
  'isGrant',
  '@first',
  '@last',
  'e.isGrant',
  '../hasSameAs',
  'entries',
  'id',
)
const parameters = fc.constantFrom(
  '',
  '',
  ' as |e|',
  ' as |e n|',
  ' as |n e|',
  ' as |id|',
  ' as |raw|',
  ' as |e n x|',
)
/** Blocks around one value, and the other branch of each beside it, as a rule without a place of its own. */
const {nodes} = fc.letrec<{nodes: string; other: string}>((tie) => ({
  nodes: fc.oneof(
    {maxDepth: 3},
    value.map((inner) => `<{{${inner}}}>`),
    fc
      .tuple(list, parameters, tie('nodes'), tie('other'))
      .map(([over, names, body, none]) => `{{#each ${over}${names}}}${body}{{else}}${none}{{/each}}`),
    fc
      .tuple(fc.constantFrom('if', 'unless'), condition, tie('nodes'), tie('other'))
      .map(([block, when, yes, no]) => `{{#${block} ${when}}}${yes}{{else}}${no}{{/${block}}}`),
  ),
  other: fc.oneof({weight: 9, arbitrary: fc.constant('-')}, {weight: 1, arbitrary: tie('nodes')}),
}))

it('any template is refused, or renders something in every place that it reaches', () => {
  const results: string[] = []
  fc.assert(
    fc.property(nodes, (template) => {
      const result = complaint(template)
      results.push(result)
      if (!result.startsWith('rendered '))
        expect(result).toMatch(/^Unexpected .+, expected .+ \(line 1, column \d+\)$/)
      else expect(result).not.toMatch(/<>|\[object|undefined|function[ (]/)
    }),
    {numRuns: 3000},
  )
  expect(results.filter((result) => result.startsWith('rendered ')).length).toBeGreaterThan(20)
})

/** What a template is refused for: one error of one kind, never a stray one of JavaScript. */
function complaint(template: string): string {
  try {
    return `rendered ${JSON.stringify(renderCustom(template, input, false))}`
  } catch (error) {
    const {name, message} = error as TemplateError
    return name === 'TemplateError' ? message : `${name}: ${message}`
  }
}
