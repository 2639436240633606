/** Outputs that go into a region of a file that somebody else owns, and a user's own template, end to end. */
import {spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, longerDocument, repository} from '../support/documents.ts'
import {hosts} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'

const host = 'tests/test_definers.py'

/** A test that used to hold the list by hand: now a class attribute, indented as the marks are. */
const pythonTest = `"""What may run as its owner."""

class Definers:
    """The list."""

    # secdef:begin allowed
    # secdef:end allowed

    def allows(self, name):
        return name in self.ALLOWED_SEC_DEFINERS


print(sorted(Definers.ALLOWED_SEC_DEFINERS), Definers().allows("ops.queue_job"))
`

/** \`frozenset\` without types, so that nothing must be imported. */
const template = `ALLOWED_SEC_DEFINERS = frozenset({
{{#each securityDefiners}}
    {{python id}},
{{/each}}
})
`

const config = {outputs: [{template: 'definers.hbs', path: host, region: 'allowed'}]}

describe.each(hosts)('$name', ({secdef}) => {
  const files = {[host]: pythonTest, 'definers.hbs': template}

  test('an inline set in a Python test: written, run by Python, kept fresh, the rest untouched', async () => {
    const root = repository(files, config)
    expect((await secdef(root, ['check'])).stdout).toContain(`${host}  error  output-stale\n`)
    expect((await secdef(root, ['generate'])).code).toBe(0)
    const filled = fs.readFileSync(join(root, host), 'utf8')
    const [before, after] = pythonTest.split('    # secdef:end allowed')
    const lines = [
      'ALLOWED_SEC_DEFINERS = frozenset({',
      '    "ops.log_action",',
      '    "ops.queue_job",',
      '})',
    ]
    expect(filled).toBe(
      `${before}${lines.map((line) => `    ${line}\n`).join('')}    # secdef:end allowed${after}`,
    )
    const {stdout, stderr} = spawnSync('python3', [join(root, host)], {encoding: 'utf8'})
    expect({stdout, stderr}).toEqual({stdout: "['ops.log_action', 'ops.queue_job'] True\n", stderr: ''})
    expect((await secdef(root, ['check'])).code).toBe(0)
    fill(root, {[documentPath]: longerDocument})
    expect((await secdef(root, ['check'])).stdout).toContain('+        "ops.reap_jobs",')
    expect((await secdef(root, ['generate'])).code).toBe(0)
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('the Python target in a region, as docs/configuration.md shows it', async () => {
    const text = '# secdef:begin allowed\n# secdef:end allowed\n\nprint(sorted(ALLOWED_SEC_DEFINERS))\n'
    const output = {target: 'python', path: host, region: 'allowed', records: false}
    const root = repository({[host]: text}, {outputs: [output]})
    expect((await secdef(root, ['generate'])).code).toBe(0)
    const {stdout, stderr} = spawnSync('python3', [join(root, host)], {encoding: 'utf8'})
    expect({stdout, stderr}).toEqual({stdout: "['ops.log_action', 'ops.queue_job']\n", stderr: ''})
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('a file in CRLF keeps its line ends', async () => {
    const root = repository({...files, [host]: pythonTest.replaceAll('\n', '\r\n')}, config)
    expect((await secdef(root, ['generate'])).code).toBe(0)
    expect(fs.readFileSync(join(root, host), 'utf8')).not.toMatch(/[^\r]\n/)
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('an edit inside the region is stale, one outside is not', async () => {
    const root = repository(files, config)
    await secdef(root, ['generate'])
    const filled = fs.readFileSync(join(root, host), 'utf8')
    fill(root, {[host]: filled.replace('The list.', 'The list, in short.')})
    expect((await secdef(root, ['check'])).code).toBe(0)
    fill(root, {[host]: filled.replace('"ops.queue_job",', '"ops.queue_job", "ops.evil",')})
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain('-        "ops.queue_job", "ops.evil",')
  })

  test.each([
    ['no marks', '# nothing\n', `${host}  error  region-missing\n`],
    ['one mark', '# secdef:begin allowed\n', `${host}:1:1  error  region-damaged\n`],
    [
      'marks twice',
      '# secdef:begin allowed\n# secdef:end allowed\n# secdef:begin allowed\n',
      `${host}:3:1  error  region-damaged\n`,
    ],
    [
      'another region inside',
      '# secdef:begin allowed\n\n# secdef:begin b\n# secdef:end b\n# secdef:end allowed\n',
      `${host}:3:1  error  region-damaged\n`,
    ],
  ])('%s', async (_, text, finding) => {
    const root = repository({...files, [host]: text}, config)
    const before = tree(root)
    for (const command of ['check', 'generate']) {
      const {code, stdout, stderr} = await secdef(root, [command])
      expect({code, stderr}).toEqual({code: 1, stderr: ''})
      expect(stdout).toContain(finding)
    }
    expect(tree(root)).toEqual(before)
  })

  test('two regions of one file, and what is in the way of them', async () => {
    const outputs = ['a', 'b'].map((region) => ({template: 'definers.hbs', path: host, region}))
    const marks = '# secdef:begin a\n# secdef:end a\n# secdef:begin b\n# secdef:end b\n'
    const root = repository({...files, [host]: marks}, {outputs})
    expect((await secdef(root, ['generate'])).stdout).toContain('✓ 1 output: 1 written')
    expect(fs.readFileSync(join(root, host), 'utf8').match(/"ops\.queue_job",/g)).toHaveLength(2)
    expect((await secdef(root, ['check'])).code).toBe(0)
    fs.rmSync(join(root, host))
    expect((await secdef(root, ['check'])).stderr).toContain(`error  No file at ${host} to hold a region\n`)
  })

  test.each([
    ['a name that is not there', '{{#each nope}}{{/each}}', 'Cannot render definers.hbs: '],
    ['bare text', '{{#each entries}}{{id}}{{/each}}', 'Cannot render definers.hbs: Unexpected bare text '],
    ['no Handlebars', '{{#each entries}}', '\n       {{#each entries}}\n'],
  ])('a template with %s decides nothing', async (_, text, message) => {
    const root = repository({...files, 'definers.hbs': text}, config)
    const before = tree(root)
    for (const command of ['check', 'generate']) {
      const {code, stdout, stderr} = await secdef(root, [command])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain(message)
      expect(stderr).toContain('\n mend  Mend the template; docs/templates.md of secdef lists')
    }
    expect(tree(root)).toEqual(before)
  })

  test('a template that is not there, or is no UTF-8', async () => {
    const root = repository({[host]: pythonTest}, config)
    expect((await secdef(root, ['check'])).stderr).toContain('error  No template at definers.hbs\n')
    fs.writeFileSync(join(root, 'definers.hbs'), Buffer.from('# é', 'latin1'))
    const {code, stderr} = await secdef(root, ['check'])
    expect(code).toBe(2)
    expect(stderr).toContain('error  Cannot render definers.hbs: it is not UTF-8\n')
  })
})
