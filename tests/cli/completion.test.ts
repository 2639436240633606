/** What the shells themselves offer for a line, by the scripts that `secdef completion` prints. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {commands} from '../../src/cli/commands.ts'
import {completedCommands} from '../../src/cli/completion/completed.ts'
import {rules} from '../../src/model/rules.ts'
import {shellHosts} from '../support/completing.ts'
import {documentPath, repository} from '../support/documents.ts'
import {commit, committedRepository} from '../support/git.ts'
import {cli, hosts, runHere} from '../support/hosts.ts'
import {fill, temporaryFolder, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const document = table(
  row(),
  row({name: '`queue_job(uuid, text)`'}),
  row({name: '`queue_jobs`'}),
  row({name: '`"$(touch pwned)"`'}),
  row({name: '`reap`', schema: 'intake'}),
)

/** A folder in which `secdef` is the built command. */
function programs(): string {
  const folder = temporaryFolder()
  fs.writeFileSync(join(folder, 'secdef'), `#!/bin/sh\nexec '${process.execPath}' '${cli()}' "$@"\n`)
  fs.chmodSync(join(folder, 'secdef'), 0o755)
  return folder
}

const scriptFor = async (shell: string) => (await runHere({cwd: '/', argv: ['completion', shell]})).stdout

const formats = ['github', 'json', 'markdown', 'pretty', 'sarif']
const kinds = ['definer-view', 'grant', 'no-rls', 'security-definer']

/** A line, and what its last word may become. */
const lines: readonly [line: string, offered: readonly string[]][] = [
  ['secdef che', ['check']],
  ['secdef c', ['check', 'completion']],
  ['secdef __', []],
  ['secdef nonsense ', []],
  ['secdef check --st', ['--staged']],
  ['secdef check --format ', formats],
  ['secdef check --format js', ['json']],
  ['secdef check --format=js', ['json']],
  ['secdef check --format json --conf', ['--config']],
  ['secdef diff --fail-on d', ['danger']],
  ['secdef add --kind ', kinds],
  ['secdef check --config sec', ['secdef.config.json']],
  ['secdef audit --migrations sup', ['supabase']],
  ['secdef audit --migrations sec', []],
  ['secdef audit --migrations --da', ['--database']],
  ['secdef audit --profile pl', ['plain']],
  [
    'secdef explain stray',
    Object.keys(rules)
      .filter((id) => id.startsWith('stray'))
      .sort(),
  ],
  ['secdef explain stray-row str', []],
  ['secdef completion ', ['bash', 'fish', 'zsh']],
  ['secdef edit ops.q', ['ops.queue_job(uuid, text)', 'ops.queue_jobs']],
  ['secdef remove intake', ['intake.reap']],
  ['secdef rename ops.l', ['ops.log_action']],
  ['secdef rename ops.log_action o', []],
  ['secdef edit --why text ops.l', ['ops.log_action']],
  ['secdef edit --why ops.l', []],
  ['secdef edit --config other.json other.', ['other.there']],
  ['secdef edit --config=other.json other.', ['other.there']],
  ['secdef list --schema ', ['intake', 'ops']],
  ['secdef add --on docs', [documentPath]],
  ['secdef diff ma', ['main']],
]

function prepared(): string {
  const root = committedRepository({[documentPath]: document})
  commit(root, {
    'secdef.config.json': '{}\n',
    'other.json': JSON.stringify({document: 'OTHER.md'}),
    'OTHER.md': table(row({name: '`there`', schema: 'other'})),
    'supabase/migrations/1.sql': '',
  })
  return root
}

describe.each(shellHosts)('$shell', ({shell, isHere, offered}) => {
  describe.skipIf(!isHere)(`${shell} is installed`, () => {
    test.each(lines)('%s', async (line, expected) => {
      const root = prepared()
      const before = tree(root)
      expect(offered(root, await scriptFor(shell), line, programs())).toEqual(expected)
      expect(tree(root)).toEqual(before)
    })

    test('every option of every command is offered, and taken', async () => {
      const root = prepared()
      const script = await scriptFor(shell)
      const path = programs()
      for (const {name, options} of completedCommands(commands, [])) {
        const all = [...options.map(({long}) => long), '--help'].sort()
        expect([name, offered(root, script, `secdef ${name} --`, path)]).toEqual([name, all])
      }
    })

    test('an id is text, whatever it looks like', async () => {
      const root = prepared()
      expect(offered(root, await scriptFor(shell), 'secdef edit ops.\\"', programs())).toEqual([
        'ops."$(touch pwned)"',
      ])
      expect(fs.existsSync(join(root, 'pwned'))).toBe(false)
    })

    test('without a project, without a document and without the command it is silent', async () => {
      const script = await scriptFor(shell)
      const empty = temporaryFolder()
      expect(offered(empty, script, 'secdef edit o', programs())).toEqual([])
      expect(offered(prepared(), script, 'secdef edit o', empty)).toEqual([])
    })
  })
})

describe.each(hosts)('$name', ({secdef}) => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['nothing is there', {}, []],
    ['the document is broken', {[documentPath]: `${table(row())}| broken |\n`}, ['ops.log_action']],
    ['the document is no text', {[documentPath]: '\0'}, []],
    ['the configuration is broken', {[documentPath]: document, 'secdef.config.json': '{'}, []],
    ['there are two configurations', {'secdef.config.json': '{}', 'secdef.config.mjs': ''}, []],
  ])('looking up where %s says nothing and writes nothing', async (_, files, ids) => {
    const root = temporaryFolder()
    fill(root, files)
    const before = tree(root)
    const {code, stdout, stderr} = await secdef(root, ['__complete', 'ids', '--', 'edit', '--nonsense'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout.split('\n').filter(Boolean)).toEqual(ids)
    expect(tree(root)).toEqual(before)
  })

  test('a configuration that is a program is not run for a key that is pressed', async () => {
    const program = "import {writeFileSync} from 'node:fs'\nwriteFileSync('ran', '')\nexport default {}\n"
    const root = repository({'secdef.config.mjs': program})
    const {code, stdout, stderr} = await secdef(root, ['__complete', 'ids'])
    expect({code, stdout, stderr}).toEqual({code: 0, stdout: '', stderr: ''})
    expect(fs.existsSync(join(root, 'ran'))).toBe(false)
  })

  test('the command behind the scripts is in no help, and no suggestion', async () => {
    expect((await secdef('/', ['--help'])).stdout).not.toContain('__complete')
    expect((await secdef('/', ['__complet'])).stderr).not.toContain('__complete?')
  })

  test('another shell is refused, with those that there are', async () => {
    const {code, stdout, stderr} = await secdef('/', ['completion', 'fihs'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain('Allowed choices are bash, zsh, fish.\n(Did you mean fish?)')
  })

  test.each(['bash', 'zsh', 'fish'])('--help says how %s gets it', async (shell) => {
    const {stdout} = await secdef('/', ['completion', '--help'])
    expect(stdout).toMatch(new RegExp(`^${shell}: .*secdef completion ${shell} > ~/`, 'm'))
  })
})
