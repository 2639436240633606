/** The published JSON Schema, the code and docs/configuration.md agree on what a configuration is. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, test} from 'vitest'
import {loadProject} from '../../src/app/project.ts'
import {knownColumns} from '../../src/model/column.ts'
import {ListConfig, SingleConfig} from '../../src/model/config.ts'
import {defaultRegistry} from '../../src/model/default-registry.ts'
import {targets} from '../../src/targets/index.ts'
import {build, root} from '../support/built.ts'
import {repository} from '../support/documents.ts'
import {asCommand} from '../support/hosts.ts'
import {project} from '../support/project.ts'

const page = fs.readFileSync(join(root, 'docs/configuration.md'), 'utf8')
const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', file = '', text = '']) => ({
    language,
    file,
    text,
  }),
)
const json = blocks.filter(({language}) => language === 'json')
const code = blocks.filter(({file}) => file.startsWith('secdef.config.'))

function validator() {
  const schema = JSON.parse(fs.readFileSync(join(build(), 'schemas/config.schema.json'), 'utf8'))
  return new Ajv2020({strict: true, allErrors: true}).compile(schema)
}

function configOf({file, text}: {file: string; text: string}): unknown {
  const value = JSON.parse(text)
  return file === 'package.json' ? value.secdef : value
}

/** Whether the code takes it. */
async function isTaken(config: unknown): Promise<boolean> {
  return 'project' in (await loadProject(project({'secdef.config.json': JSON.stringify(config)})))
}

describe('docs/configuration.md', () => {
  test('has an example of every form', () => {
    expect(json.length).toBeGreaterThanOrEqual(10)
    expect(code.map(({file}) => file)).toEqual(['secdef.config.mjs', 'secdef.config.ts'])
  })

  test.each(json)('the schema and the code take $text', async (block) => {
    const validate = validator()
    expect(validate(configOf(block)) ? [] : validate.errors).toEqual([])
    expect(await isTaken(configOf(block))).toBe(true)
  })

  test.each(code)('$file runs', async ({file, text}) => {
    const files = {'node_modules/secdef/index.js': 'exports.defineConfig = (config) => config\n'}
    const {code, stdout, stderr} = await asCommand.secdef(repository({...files, [file]: text}), ['check'])
    // It is understood: what is missing is the document that it names.
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toMatch(
      /^error {2}No document at (?:packages\/core\/docs\/SECURITY_EXCEPTIONS|docs\/DEFINERS)\.md/,
    )
  })

  test('names every key, its default, every target with its file, and every column', () => {
    for (const key of new Set([...Object.keys(SingleConfig.shape), ...Object.keys(ListConfig.shape)]))
      expect(page).toContain(`### \`${key}\`\n`)
    for (const [key, value] of Object.entries({
      document: defaultRegistry.document,
      outputDir: defaultRegistry.outputDir,
      columns: {},
    }))
      expect(page).toContain(`| [\`${key}\`](#${key.toLowerCase()}) | \`${JSON.stringify(value)}\` |`)
    for (const {id, file} of Object.values(targets)) expect(page).toContain(`| \`${id}\` | \`${file}\` |`)
    for (const column of knownColumns) expect(page).toContain(`\`${column}\``)
  })
})

describe('the schema and the code', () => {
  const refused = [
    null,
    [],
    'x',
    {outptus: []},
    {outputs: []},
    {registries: []},
    {outputs: ['pythn']},
    {outputs: [{target: 'pythn'}]},
    {outputs: [{targt: 'python'}]},
    {outputs: [{target: 'sql', records: true}]},
    {outputs: [{target: 'python', missing: 'error'}]},
    {outputs: [{target: 'sql', template: 'a.hbs'}]},
    {outputs: [{template: 'a.hbs'}]},
    {outputs: [{target: 'sql', path: '../a.sql'}]},
    {outputs: [{target: 'sql', path: 'a/'}]},
    {outputs: [{target: 'sql', region: 'a b'}]},
    {document: '/a.md'},
    {document: 'docs\\a.md'},
    {document: ''},
    {columns: {'Object Nmae': 'x'}},
    {columns: {Schema: []}, name: ''},
    {schemas: {includ: []}},
    {approvals: {maxAgeMonth: 12}},
    {approvals: {maxAgeMonths: 0}},
    {approvals: {maxAgeMonths: 1.5}},
    {approvals: {maxAgeMonths: '12'}},
    {approvals: {maxAgeMonths: 12, warnMonths: -1}},
    {approvals: {roster: []}},
    {approvals: {roster: 'Core Team'}},
    {tables: 'wide'},
    {tables: ['compact']},
    {registries: [{name: 'a'}], tables: 'compact'},
    {registries: [{name: 'a', outptus: []}]},
    {registries: [{name: 'a'}], approvals: {maxAgeMonths: 12}},
    {registries: [{name: 'a'}], document: 'a.md'},
  ]

  test.each(refused.map((config) => [JSON.stringify(config), config]))('refuse %s', async (_, config) => {
    expect(validator()(config)).toBe(false)
    expect(await isTaken(config)).toBe(false)
  })

  const taken = [
    {},
    {$schema: 'x'},
    {outputs: ['sql']},
    {outputs: [{target: 'typescript', records: false, path: 'src/a.ts'}]},
    {outputs: [{target: 'sql', missing: 'error', path: 'a.sql', region: 'x.y-1'}]},
    {outputs: [{template: 'a.hbs', path: './b.txt'}]},
    {columns: Object.fromEntries(knownColumns.map((column) => [column, ['x', 'y']]))},
    {schemas: {include: ['a'], exclude: []}},
    {outputDir: '.'},
    {approvals: {}},
    {approvals: {maxAgeMonths: 12, warnMonths: 0, roster: ['Core Team']}},
    {registries: [{name: 'a', approvals: {maxAgeMonths: 1}}]},
    {tables: 'compact'},
    {registries: [{name: 'a', tables: 'aligned'}]},
    {registries: [{name: 'a'}]},
  ]

  test.each(taken.map((config) => [JSON.stringify(config), config]))('take %s', async (_, config) => {
    const validate = validator()
    expect(validate(config) ? [] : validate.errors).toEqual([])
    expect(await isTaken(config)).toBe(true)
  })
})
