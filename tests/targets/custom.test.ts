/** A project's own template renders what the documentation says, and nothing that it asks for is passed over. */
import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {defaultRegistry} from '../../src/model/default-registry.ts'
import {renderCustom} from '../../src/targets/custom.ts'
import {customShape, type Shape} from '../../src/targets/custom-view.ts'
import {read} from '../support/read.ts'
import {inputFrom, recordsInput, sortsOfEntries} from '../support/registries.ts'

const input = recordsInput(sortsOfEntries, {name: 'main'})
const render = (template: string) => renderCustom(template, input, false)
const documentation = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8')

/** The first table row cells below a heading line, by the first cell: `` `name` | rest ``. */
function documented(intro: string): string[][] {
  const below = documentation.slice(documentation.indexOf(intro))
  const table = /^\| --- .*\n((?:\|.*\n)+)/m.exec(below)?.[1] ?? ''
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}

function fieldsOf(shape: Shape | undefined): Readonly<Record<string, Shape>> {
  if (shape?.is === 'list') return fieldsOf(shape.of)
  return shape?.is === 'record' ? shape.fields : {}
}

describe('the documentation', () => {
  it('has an example whose output is what it says', () => {
    const [, ...blocks] = documentation.slice(documentation.indexOf('## An example')).split(/^```\w*\n/m)
    const [markdown = '', , template = '', , expected] = blocks
    const {registry, findings} = read(markdown)
    expect(findings).toEqual([])
    expect(renderCustom(template, inputFrom(registry), true)).toBe(expected)
  })

  it('names every field with its shape, and no other', () => {
    const top = fieldsOf(customShape)
    const tables = [
      ['At the top', top],
      ['In an entry', fieldsOf(top.entries)],
      ['In a row of the audit history', fieldsOf(top.auditHistory)],
    ] as const
    for (const [intro, fields] of tables) {
      const rows = documented(intro).map(([name, shape]) => [name, shape])
      expect(rows).toEqual(Object.entries(fields).map(([name, shape]) => [name, shape.is]))
    }
    expect(Object.keys(fieldsOf(fieldsOf(top.entries).extra))).toEqual(['heading', 'text'])
    expect(Object.keys(fieldsOf(top.kinds))).toEqual(['kind', 'entries'])
  })

  it('names every helper, and no other', () => {
    const names = documented('## Helpers').map(([name]) => name)
    expect(names).toEqual(['json', 'ts', 'python', 'sql', 'identifier', 'line', 'raw'])
    for (const name of names) expect(() => render(`{{${name} source}}`)).not.toThrow()
    expect(() => render('{{source}}')).toThrow(
      `expected a helper around it: ${names.join(', ')} (line 1, column 1)`,
    )
  })
})

describe('renders', () => {
  it.each([
    ['{{banner}}', 'Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.'],
    ['{{line source}} {{line registry}}', 'docs/SECURITY_EXCEPTIONS.md main'],
    [
      '{{#each kinds}}{{kind}} {{entries.length}} {{/each}}',
      'security-definer 3 definer-view 1 no-rls 1 grant 1 ',
    ],
    [
      '{{#each grants}}{{line id}}: {{#each privileges}}{{line this}} {{/each}}to {{line grantee}}{{/each}}',
      'api.codes to anon: INSERT SELECT to anon',
    ],
    [
      '{{#each definerViews}}{{line name}}{{/each}}{{#each tablesWithoutRls}}{{line name}}{{/each}}',
      'viewcodes',
    ],
    ['{{#each entries}}{{#if isGrant}}g{{else if hasSignature}}s{{else}}n{{/if}}{{/each}}', 'nssnng'],
    ['{{#each entries}}{{#unless hasSameAs}}-{{else}}{{line sameAs}}{{/unless}}{{/each}}', '--ops.none()---'],
    [
      '{{#each securityDefiners}}[{{#each signature}}{{line this}}{{else}}none{{/each}}]{{/each}}',
      '[none][none][uuidapp_role[]]',
    ],
    ['{{#each securityDefiners}}{{@index}}{{#if @first}}<{{/if}}{{#if @last}}>{{/if}}{{/each}}', '0<12>'],
    [
      '{{#each securityDefiners}}{{#each signature}}{{@../index}}.{{@index}} {{line ../name}} {{line @root.registry}};{{/each}}{{/each}}',
      '2.0 two main;2.1 two main;',
    ],
    [
      '{{#each securityDefiners as |e n|}}{{n}}{{line e.name}}{{#each e.section as |s|}}/{{line s}} of {{line e.id}}{{/each}} {{/each}}',
      '0claim_job/OPS of ops.claim_job/Queue of ops.claim_job 1none 2two ',
    ],
    [
      '{{#each entries}}{{#each extra}}{{line heading}}={{json text}} {{/each}}{{/each}}',
      'Ticket="SEC-1" constructor="own" ',
    ],
    [
      '{{#each auditHistory}}{{date}} {{line auditor}} {{sql action}}{{/each}}',
      `2025-06-30 Core Team E'Reviewed "all" rows'`,
    ],
    [
      '{{#each entries}}{{approvedOn}} {{line approvedBy}}{{#unless @last}},{{/unless}}{{/each}}',
      Array(6).fill('2025-01 Core Team').join(),
    ],
    [
      '{{#each grants}}{{#each ../grants}}{{line ../id}}{{#each privileges}}{{#each ../privileges}} {{line ../this}}{{/each}}{{/each}}{{/each}}{{/each}}',
      'api.codes to anon INSERT INSERT SELECT SELECT',
    ],
    [
      '{{#each grants as |name|}}{{line this.name}} {{line ./name}} {{line name.id}}{{/each}}',
      'codes codes api.codes to anon',
    ],
    [
      '{{json auditHistory}}',
      '[{"date": "2025-06-30", "auditor": "Core Team", "action": "Reviewed \\"all\\" rows"}]',
    ],
    [
      '{{#each grants}}{{json privileges}}{{json isGrant}}{{json kind}}{{/each}}{{json grants.length}}',
      '["INSERT", "SELECT"]true"grant"1',
    ],
    [
      '{{sql (line source)}} {{ts this.source}} {{python ./source}} {{identifier @root.source}} {{raw source}}',
      `E'docs/SECURITY_EXCEPTIONS.md' "docs/SECURITY_EXCEPTIONS.md" "docs/SECURITY_EXCEPTIONS.md" "docs/SECURITY_EXCEPTIONS.md" docs/SECURITY_EXCEPTIONS.md`,
    ],
    ['a\n  {{~#each grants~}}\n  {{~line name~}}\n  {{~/each~}}\n  b', 'acodesb'],
    ['\\{{nope}} {{! {{nope}} }}{{!-- {{nope}} --}}x', '{{nope}}  }}x'],
    ['', ''],
  ])('%s', (template, expected) => {
    expect(render(template)).toBe(expected === '' ? '' : `${expected}\n`)
  })

  it('line feeds, whatever the template has, and no byte order mark', () => {
    const template = '\ufeffa\r\n{{#each grants}}\r\n{{line name}}\r\n{{/each}}\r\nb\r\n'
    expect(render(template)).toBe('a\ncodes\nb\n')
    expect(render(template)).toBe(render(template.replace('\ufeff', '').replaceAll('\r\n', '\n')))
  })

  it('a whole file with the banner of its own document alone', () => {
    const whole = (template: string) => () => renderCustom(template, input, true)
    const message = 'Unexpected file without its banner, expected {{banner}} in a comment at the top'
    expect(whole('# {{banner}}\n')()).toBe(
      '# Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.\n',
    )
    expect(whole('x')).toThrow(message)
    expect(whole('# Generated from docs/OTHER.md by `secdef generate`. Do not edit.')).toThrow(message)
    expect(whole(`${'#'.repeat(1000)} {{banner}}`)).toThrow(message)
    expect(renderCustom('x', input, false)).toBe('x\n')
    expect(defaultRegistry.document).toBe(input.source)
  })
})
