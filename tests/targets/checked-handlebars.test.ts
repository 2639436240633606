/** The templates that come with the tool fit their views, and a template that does not fit throws. */
import {readFileSync} from 'node:fs'
import Handlebars from 'handlebars'
import {describe, expect, it} from 'vitest'
import {compileOptions, guardView, prepareEnvironment} from '../../src/targets/checked-handlebars.ts'
import {checkTemplate} from '../../src/targets/custom-check.ts'
import type {Shape} from '../../src/targets/custom-view.ts'
import {targets} from '../../src/targets/index.ts'
import {recordsInput, sortsOfEntries} from '../support/registries.ts'

/** Text in a view of ours is a literal already, ready to be placed. */
function shapeOf(value: unknown): Shape {
  if (typeof value === 'string') return {is: 'word'}
  if (typeof value === 'boolean') return {is: 'flag'}
  if (Array.isArray(value) && value.length > 0) return {is: 'list', of: shapeOf(value[0])}
  if (Array.isArray(value) || typeof value !== 'object' || value === null)
    throw new Error('no shape to learn from')
  return {
    is: 'record',
    fields: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shapeOf(field)])),
  }
}

describe.each(Object.values(targets))('the template of $id', ({template, view}) => {
  const source = readFileSync(new URL(`../../src/targets/${template}.hbs`, import.meta.url), 'utf8')
  const shape = shapeOf(view(recordsInput(sortsOfEntries)))

  it('asks for what its view holds, in branches that no entry reaches too', () => {
    expect(() => checkTemplate(Handlebars.parse(source), shape, {})).not.toThrow()
  })

  it('would be refused with any field left out that it asks for', () => {
    if (shape.is !== 'record') throw new Error('a view has fields')
    for (const name of Object.keys(shape.fields)) {
      const {[name]: _, ...others} = shape.fields
      expect(() => checkTemplate(Handlebars.parse(source), {is: 'record', fields: others}, {})).toThrow(
        `Unexpected field \`${name}\``,
      )
    }
  })
})

describe('at run time', () => {
  const view = {text: 'x', number: 1, flag: true, list: [{id: 'i', inner: {}}], none: []}
  const render = (template: string, value: unknown = view): string =>
    prepareEnvironment(Handlebars.create()).compile(template, compileOptions())(guardView(value))

  it.each([
    ['{{text}}{{number}}{{#if flag}}y{{else}}n{{/if}}{{#unless flag}}y{{else}}n{{/unless}}', 'x1yn'],
    [
      '{{#each list}}{{@index}}{{id}}{{../text}}{{#if @first}}<{{/if}}{{#if @last}}>{{/if}}{{/each}}',
      '0ix<>',
    ],
    ['{{#each none}}x{{else}}none{{/each}}{{#each list}}x{{else}}none{{/each}}', 'nonex'],
    [
      '{{#each list}}{{#each ../list}}{{#each ../../list}}{{../id}}{{../../id}}{{../../../text}}{{/each}}{{/each}}{{/each}}',
      'iix',
    ],
    ['{{#each list as |item n|}}{{item.id}}{{n}}{{/each}}{{list.length}}', 'i01'],
  ])('%s', (template, expected) => {
    expect(render(template)).toBe(expected)
  })

  it.each([
    ['{{nope}}', 'as the view, expected one of its fields'],
    ['{{constructor}}', 'as the view, expected one of its fields'],
    ['{{this.constructor}}', 'as the view, expected one of its fields'],
    ['{{__proto__}}', 'as the view, expected one of its fields'],
    [
      '{{this}}',
      'Unexpected object with text, number, flag, list, none as the view, expected one of its fields',
    ],
    ['{{list}}', 'Unexpected list of 1 as the view.list, expected {{#each}} over it'],
    ['{{list.constructor}}', 'Unexpected list of 1 as the view.list, expected {{#each}} over it'],
    ['{{list.map}}', 'Unexpected list of 1 as the view.list'],
    ['{{#each list}}{{inner}}{{/each}}', 'as the view.list.0.inner, expected one of its fields'],
    ['{{#each list}}{{nope}}{{/each}}', 'Unexpected object with id, inner as the view.list.0'],
    ['{{#each nope}}{{/each}}', 'Unexpected undefined in {{#each}}, expected a list'],
    ['{{#each text}}{{/each}}', 'Unexpected text "x" in {{#each}}, expected a list'],
    [
      '{{#each this}}{{/each}}',
      'Unexpected object with text, number, flag, list, none in {{#each}}, expected a list',
    ],
    ['{{#if nope}}{{/if}}', 'Unexpected undefined in {{#if}}, expected true or false'],
    ['{{#if text}}{{/if}}', 'Unexpected text "x" in {{#if}}, expected true or false'],
    ['{{#if number}}{{/if}}', 'Unexpected 1 in {{#if}}, expected true or false'],
    ['{{#unless list}}{{/unless}}', 'Unexpected list of 1 in {{#unless}}, expected true or false'],
    ['{{#unless none}}{{/unless}}', 'Unexpected list of 0 in {{#unless}}, expected true or false'],
    ['{{#with list}}{{/with}}', 'unknown helper with'],
    ['{{lookup list 0}}', 'unknown helper lookup'],
    ['{{log text}}', 'unknown helper log'],
    ['{{nope text}}', 'unknown helper nope'],
    ['{{> part}}', 'The partial part could not be found'],
    ['{{@nope}}', '"nope" not defined'],
    ['{{../text}}', '"text" not defined'],
  ])('%s', (template, message) => {
    expect(() => render(template)).toThrow(message)
  })

  it.each([
    [{a: undefined}, 'Unexpected undefined as the view.a, expected text, a number, a flag, a list or fields'],
    [{a: null}, 'Unexpected null as the view.a'],
    [{a: [{b: () => 'x'}]}, 'as the view.a.0.b'],
    [{a: Number.NaN}, 'Unexpected NaN as the view.a'],
    [{a: [['x'], [undefined]]}, 'Unexpected undefined as the view.a.1.0'],
    [undefined, 'Unexpected undefined as the view'],
  ])('refuses a view %o', (wrong, message) => {
    expect(() => guardView(wrong)).toThrow(message)
  })

  it('leaves the view that it copies as it was', () => {
    guardView(view)
    expect(view.list.map(({id}) => id)).toEqual(['i'])
    expect(`${view.list}`).toBe('[object Object]')
  })
})
