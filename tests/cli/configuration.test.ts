/** Where a configuration is found, in which forms, and what is said of one that cannot be found or run. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {configure, documentPath, repository, soundDocument} from '../support/documents.ts'
import {asCommand, hosts} from '../support/hosts.ts'
import {fill, project} from '../support/project.ts'

const onlyPython = {outputs: ['python']}
const onlyPythonText = JSON.stringify(onlyPython)

describe.each(hosts)('$name', ({secdef}) => {
  test('package.json can hold it, under `secdef`', async () => {
    const root = repository({'package.json': `\ufeff{"name": "x", "secdef": ${onlyPythonText}}`})
    expect((await secdef(root, ['generate'])).stdout).toContain('✓ 1 output: 1 written')
  })

  test('a package.json that only depends on secdef, or does not parse, is none', async () => {
    for (const text of [
      '{"devDependencies": {"secdef": "1"}}',
      '{"devDependencies": {"secdef": "1"',
      'null',
      '',
    ]) {
      const root = repository({'package.json': text})
      expect((await secdef(root, ['generate'])).stdout).toContain('✓ 6 outputs')
    }
  })

  test('a fault in package.json is placed there', async () => {
    const root = repository({'package.json': '{\n  "name": "x",\n  "secdef": {"outptus": []}\n}'})
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(2)
    expect(stdout).toContain(
      'package.json:3:14  fatal  config-unknown-key\n  Unexpected key `secdef.outptus`\n',
    )
    fill(root, {'package.json': '{\n  "secdef": {"outputs": [}\n}'})
    expect((await secdef(root, ['check'])).stdout).toContain('package.json:2:26  fatal  config-syntax\n')
  })

  test('two in one folder are one too many', async () => {
    const root = repository({'package.json': `{"secdef": ${onlyPythonText}}`}, onlyPython)
    expect(await secdef(root, ['check'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `error  Two configurations in ${root}: secdef.config.json and package.json\n mend  Delete one of them.\n`,
    })
  })

  test.each([
    ['secdef.config.js', ', or give it by --config.'],
    ['secdef.config.yaml', '.'],
    ['secdef.config.jsonc', '.'],
    ['secdef.config', '.'],
    ['.secdefrc', '.'],
    ['.secdefrc.json', ', or give it by --config.'],
    ['Secdef.Config.json', ', or give it by --config.'],
  ])('a file named %s is not left out without a word', async (name, end) => {
    const root = repository({[name]: onlyPythonText})
    const {code, stdout, stderr} = await secdef(root, ['check'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`error  ${join(root, name)} is not the name of a configuration\n`)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `Rename it to secdef.config.json or secdef.config.mjs or secdef.config.ts${end} `,
    )
    if (end !== '.')
      expect((await secdef(root, ['generate', '--config', name])).stderr).not.toContain('is no .json')
  })

  test('a link that leads nowhere, and a folder, are no configuration to do without', async () => {
    const root = repository()
    fs.symlinkSync('gone.json', join(root, 'secdef.config.json'))
    expect(await secdef(root, ['check'])).toMatchObject({code: 2, stdout: ''})
    fs.unlinkSync(join(root, 'secdef.config.json'))
    fs.mkdirSync(join(root, 'secdef.config.json'))
    const {code, stderr} = await secdef(root, ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain('Cannot read secdef.config.json: it is a folder')
  })

  test('one that is not UTF-8 is not guessed at', async () => {
    const root = repository()
    fs.writeFileSync(
      join(root, 'secdef.config.json'),
      Buffer.from('{"document": "docs/Prüfung.md"}', 'latin1'),
    )
    const {code, stderr} = await secdef(root, ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain('Cannot read secdef.config.json: it is not UTF-8')
  })

  test('the nearest wins, and paths are shown from where one stands', async () => {
    const root = repository({'packages/a/docs/A.md': soundDocument}, onlyPython)
    fill(root, {'packages/a/secdef.config.json': '{"document": "docs/A.md", "outputs": ["sql"]}'})
    fs.mkdirSync(join(root, 'packages/a/src'))
    const {code, stdout} = await secdef(join(root, 'packages/a/src'), ['generate'])
    expect(code).toBe(0)
    expect(stdout).toContain('../docs/A.md\n')
    expect(stdout).toContain('  written    ../generated/security-exceptions.sql\n')
    expect((await secdef(join(root, 'packages'), ['generate'])).stdout).toContain(
      'written    ../generated/security_exceptions.py',
    )
  })

  test('without one, a subdirectory finds the document of the repository', async () => {
    const root = repository({'src/deep/x.sql': ''})
    expect((await secdef(join(root, 'src/deep'), ['generate'])).stdout).toContain(`../../${documentPath}\n`)
  })

  test('the search stops at the top of the repository', async () => {
    const root = repository({'vendor/inner/.git/HEAD': '', 'vendor/inner/src/x': ''}, onlyPython)
    const {code, stderr} = await secdef(join(root, 'vendor/inner/src'), ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain(`No document at ${documentPath} in ${join(root, 'vendor/inner/src')}`)
  })

  test('without a repository nothing above is looked at, let alone run', async () => {
    const root = project({
      [documentPath]: soundDocument,
      'secdef.config.mjs': 'throw new Error("run")',
      'sub/x': '',
    })
    const {code, stderr} = await secdef(join(root, 'sub'), ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain('No document at')
  })

  test('--config names one, and its folder is the root', async () => {
    const root = repository({'db/docs/A.md': soundDocument})
    fill(root, {'db/other.json': '{"document": "docs/A.md", "outputs": ["python"]}'})
    expect((await secdef(root, ['generate', '--config', 'db/other.json'])).stdout).toContain(
      'written    db/generated/security_exceptions.py',
    )
  })

  test.each([
    ['gone.json', 'No configuration at gone.json'],
    ['', 'No configuration at : it is a folder'],
    ['docs', 'No configuration at docs: it is a folder'],
    [documentPath, `No configuration at ${documentPath}: it is no .json, .mjs or .ts file`],
  ])('--config %j', async (given, message) => {
    const {code, stdout, stderr} = await secdef(repository(), ['check', '--config', given])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`error  ${message}\n mend  `)
  })

  test('--config package.json without the field', async () => {
    const {code, stdout} = await secdef(repository({'package.json': '{}'}), [
      'check',
      '--config',
      'package.json',
    ])
    expect(code).toBe(2)
    expect(stdout).toContain('Unexpected value of `secdef`')
  })

  test('several registries, each with its document and its outputs', async () => {
    const config = {
      registries: [
        {name: 'core', document: './docs/CORE.md', outputDir: 'generated/core', outputs: ['python']},
        {name: 'billing', document: 'docs/BILLING.md', outputDir: 'generated/billing/', outputs: ['python']},
      ],
    }
    const root = repository({'docs/CORE.md': soundDocument, 'docs/BILLING.md': soundDocument}, config)
    expect((await secdef(root, ['generate'])).stdout).toContain('✓ 2 outputs: 2 written')
    expect((await secdef(root, ['check'])).stdout).toBe('✓ 4 entries in 1 schema, 2 outputs fresh (… s)\n')
    fs.rmSync(join(root, 'docs/BILLING.md'))
    expect((await secdef(root, ['check'])).stderr).toContain('No document at docs/BILLING.md')
  })
})

/** Code is imported by Node itself here, as the test runner would import it in its own way. */
describe('a configuration that is code', () => {
  const {secdef} = asCommand

  test.each([
    ['.mjs', 'export default {outputs: ["python"]}'],
    ['.mjs', 'export default await Promise.resolve({outputs: ["python"]})'],
    ['.ts', 'const outputs: "python"[] = ["python"]\nexport default {outputs}'],
    ['.ts', 'enum Target { Python = "python" }\nexport default {outputs: [Target.Python]}'],
  ])('%s is run: %s', async (ending, text) => {
    for (const manifest of ['{"type": "module"}', '{"type": "commonjs"}', '{}']) {
      const root = repository({[`secdef.config${ending}`]: text, 'package.json': manifest})
      const {code, stdout, stderr} = await secdef(root, ['generate'])
      expect({code, stderr: stderr.replace(/^\(.*\n/gm, '')}).toEqual({code: 0, stderr: ''})
      expect(stdout).toContain('✓ 1 output: 1 written')
    }
  })

  test.each([
    ['.mjs', '\nthrow new Error("boom")', 'Cannot load secdef.config.mjs:2:7: boom'],
    ['.ts', '\n\nthrow new Error("boom")', 'Cannot load secdef.config.ts: boom'],
    ['.mjs', 'throw "no error"', 'Cannot load secdef.config.mjs: no error'],
    ['.mjs', 'const a = ;', "Cannot load secdef.config.mjs: Unexpected token ';'"],
    ['.ts', 'const a: string = ;', 'secdef.config.ts:1:'],
    ['.mjs', 'import "./gone.mjs"\nexport default {}', 'Cannot load secdef.config.mjs: Cannot find module'],
    ['.mjs', 'export const outputs = []', 'secdef.config.mjs has no default export'],
    ['.ts', 'export const outputs = []', 'secdef.config.ts has no default export'],
  ])('%s that fails is told: %s', async (ending, text, message) => {
    const {code, stdout, stderr} = await secdef(repository({[`secdef.config${ending}`]: text}), ['check'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(message)
    expect(stderr).toContain('\n mend  ')
  })

  test.each([
    'export default new Map([["outputs", []]])',
    'export default () => ({})',
    'export default {document: undefined}',
    'export default {columns: new Map()}',
    'export default undefined',
    'export default class {}',
  ])('a value that would be taken for the defaults is refused: %s', async (text) => {
    const root = repository({'secdef.config.mjs': text})
    const {code, stdout, stderr} = await secdef(root, ['check'])
    expect({code, stderr}).toEqual({code: 2, stderr: ''})
    expect(stdout).toContain('secdef.config.mjs  fatal  config-invalid\n')
  })

  test.each(['process.exit()', 'await new Promise(() => {})'])(
    'one that ends the run decides nothing: %s',
    async (text) => {
      const root = repository({'secdef.config.mjs': `${text}\nexport default {}`})
      expect((await secdef(root, ['check'])).code).toBe(2)
    },
  )
})

test('a configuration that was loaded holds: taking an output out is seen', async () => {
  const root = repository({}, {outputs: ['python', 'sql']})
  await asCommand.secdef(root, ['generate'])
  configure(root, onlyPython)
  expect((await asCommand.secdef(root, ['check'])).stdout).toContain(
    'generated/security-exceptions.sql  error  output-orphan',
  )
})
