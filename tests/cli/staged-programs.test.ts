/** `secdef check --staged` with a program as configuration: all that makes it what it is must be staged. */
import {mkdirSync, readFileSync, rmSync, symlinkSync, unlinkSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, soundDocument} from '../support/documents.ts'
import {git, write} from '../support/git.ts'
import {asCommand, cli} from '../support/hosts.ts'
import {project} from '../support/project.ts'

type Files = Readonly<Record<string, string>>

/** Code is imported by Node itself here, as the test runner would import it in its own way. */
const {secdef} = asCommand

const value = '{outputs: ["json"]}'
const base = `export const base = ${value}\n`
const other = 'export const base = {outputs: []}\n'

/** A clean commit of a clean project; links are path → target. */
async function committed(files: Files, links: Files = {}): Promise<string> {
  const root = project({})
  git(root, 'init', '--quiet', '--initial-branch=main')
  write(root, {[documentPath]: soundDocument, '.gitignore': 'node_modules\n', ...files})
  for (const [path, target] of Object.entries(links)) link(root, path, target)
  expect(await secdef(root, ['generate'])).toMatchObject({code: 0})
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=Start')
  return root
}

function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  symlinkSync(target, join(root, path))
}

async function expectClean(root: string): Promise<void> {
  const {code, stderr} = await secdef(root, ['check', '--staged'])
  // Some versions of Node warn of what they find experimental.
  expect({code, stderr: stderr.match(/^error .*/gm)}).toEqual({code: 0, stderr: null})
}

async function expectRefusal(root: string, fault: string, step: string): Promise<void> {
  const {code, stdout, stderr} = await secdef(root, ['check', '--staged'])
  expect({code, stdout}).toEqual({code: 2, stdout: ''})
  expect(stderr).toContain(`error  Cannot judge what is staged: ${fault}\n`)
  expect(stderr.replace(/\s+/g, ' ')).toContain(step)
  expect(stderr).toContain('the configuration in JSON')
}

const otherOnDisk = (path: string) => `${path} is another one in the index than on the disk`

const workspace = {
  'packages/cfg/package.json': '{"name": "@acme/cfg", "type": "module", "exports": "./lib/index.js"}\n',
  'packages/cfg/lib/index.js': base,
}
const linked = {'node_modules/@acme/cfg': '../../packages/cfg'}
const paths = (folder: string) => `{"compilerOptions": {"paths": {"@cfg/*": ["./${folder}/*"]}}}\n`
const typed = (specifier: string) =>
  `import {base} from '${specifier}'\nenum Is { So = 'so' }\nexport default Is.So === 'so' ? base : {}\n`

type Case = readonly [what: string, files: Files, changed: string, text: string, links?: Files]

const cases: readonly Case[] = [
  [
    'a file by its path',
    {'secdef.config.mjs': "import {base} from './base.mjs'\nexport default base\n", 'base.mjs': base},
    'base.mjs',
    other,
  ],
  [
    'a file that one of its files imports',
    {
      'secdef.config.mjs': "export {base as default} from './lib/all.mjs'\n",
      'lib/all.mjs': "export * from './base.mjs'\n",
      'lib/base.mjs': base,
    },
    'lib/base.mjs',
    other,
  ],
  [
    'a name of the package itself',
    {
      'package.json': '{"imports": {"#secdef/*": "./lib/*.mjs"}}\n',
      'secdef.config.mjs': "export {base as default} from '#secdef/base'\n",
      'lib/base.mjs': base,
    },
    'lib/base.mjs',
    other,
  ],
  [
    'another name of the package itself',
    {
      'package.json': '{"imports": {"#secdef/*": "./lib/*.mjs"}}\n',
      'secdef.config.mjs': "export {base as default} from '#secdef/base'\n",
      'lib/base.mjs': base,
      'old/base.mjs': base,
    },
    'package.json',
    '{"imports": {"#secdef/*": "./old/*.mjs"}}\n',
  ],
  [
    'a package of the work tree',
    {...workspace, 'secdef.config.mjs': "export {base as default} from '@acme/cfg'\n"},
    'packages/cfg/lib/index.js',
    other,
    linked,
  ],
  [
    'another entry of a package of the work tree',
    {
      ...workspace,
      'packages/cfg/lib/old.js': base,
      'secdef.config.mjs': "export {base as default} from '@acme/cfg'\n",
    },
    'packages/cfg/package.json',
    '{"name": "@acme/cfg", "type": "module", "exports": "./lib/old.js"}\n',
    linked,
  ],
  [
    'paths of the compiler',
    {'tsconfig.json': paths('lib'), 'lib/base.ts': base, 'secdef.config.ts': typed('@cfg/base')},
    'lib/base.ts',
    other,
  ],
  [
    'other paths of the compiler',
    {
      'tsconfig.json': '{"extends": ["./options/paths"]}\n',
      'options/paths.json': paths('lib'),
      'options/lib/base.ts': base,
      'options/old/base.ts': base,
      'secdef.config.ts': typed('@cfg/base'),
    },
    'options/paths.json',
    paths('old'),
  ],
  [
    'TypeScript by the name of JavaScript',
    {
      'secdef.config.ts': typed('./base.js'),
      'base.js': base,
      'base.ts': base,
      'package.json': '{"type": "module"}',
    },
    'base.ts',
    other,
  ],
  [
    'TypeScript that is CommonJS',
    {'secdef.config.ts': typed('./lib/base'), 'lib/base.ts': base},
    'lib/base.ts',
    other,
  ],
  [
    'JSON',
    {
      'secdef.config.mjs': "import base from './base.json' with {type: 'json'}\nexport default base\n",
      'base.json': '{"outputs": ["json"]}\n',
    },
    'base.json',
    '{"outputs": []}\n',
  ],
  [
    'JSON from TypeScript',
    {
      'secdef.config.ts':
        "import base from './base.json'\nenum Is { So }\nexport default {...base, tables: Is[0] && 'aligned'}\n",
      'base.json': '{"outputs": ["json"]}\n',
      'package.json': '{"type": "module"}',
    },
    'base.json',
    '{"outputs": []}\n',
  ],
  [
    'what is required',
    {
      'secdef.config.mjs':
        "import {createRequire} from 'node:module'\nexport default createRequire(import.meta.url)('./base.cjs')\n",
      'base.cjs': "module.exports = {outputs: require('./outputs')}\n",
      'outputs.json': '["json"]\n',
    },
    'outputs.json',
    '[]\n',
  ],
  [
    'a module that is required, and what that imports',
    {
      'secdef.config.mjs': "import base from './base.cjs'\nexport default base\n",
      'base.cjs': "module.exports = {...require('./all.mjs').base}\n",
      'all.mjs': "export * from './base.mjs'\n",
      'base.mjs': base,
    },
    'base.mjs',
    other,
  ],
  [
    'a name that is made up while it runs',
    {
      'secdef.config.mjs': "const {base} = await import('./' + 'base' + '.mjs')\nexport default base\n",
      'base.mjs': base,
    },
    'base.mjs',
    other,
  ],
]

describe('what it imports is held to the index', () => {
  test.each(cases.map(([what, files, changed, text, links = {}]) => ({what, files, changed, text, links})))(
    '$what',
    async ({files, changed, text, links}) => {
      const root = await committed(files, links)
      await expectClean(root)
      // Told to look away, git would see no difference.
      git(root, 'update-index', '--assume-unchanged', changed)
      write(root, {[changed]: text})
      await expectRefusal(root, otherOnDisk(changed), `git add ${changed}`)
    },
  )

  test('a module that hides its name', async () => {
    const root = await committed({
      'secdef.config.mjs': "export {base as default} from './base.mjs'\n",
      'base.mjs': `${base}//# sourceURL=other.mjs\n`,
    })
    const {code, stdout, stderr} = await secdef(root, ['check', '--staged'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain('Cannot tell what the configuration loads: a module calls itself other.mjs\n')
    expect(stderr).toContain('or write the configuration in JSON')
  })

  test('it is not run at all where it is another one itself', async () => {
    const root = await committed({'secdef.config.mjs': `export default ${value}\n`})
    write(root, {'secdef.config.mjs': 'throw new Error("run")\n'})
    await expectRefusal(root, otherOnDisk('secdef.config.mjs'), 'git add secdef.config.mjs')
  })

  test.each(['', 'base.mjs\n'])('what is not in the index, ignored or not: %j', async (ignored) => {
    const root = await committed({
      'secdef.config.mjs': "export {base as default} from './base.mjs'\n",
      'base.mjs': base,
      '.gitignore': ignored,
    })
    git(root, 'rm', '--quiet', '--cached', '--ignore-unmatch', 'base.mjs')
    await expectRefusal(root, 'base.mjs is not in the index', 'git add base.mjs')
  })

  test('a link that leads to another file on the disk', async () => {
    const files = {
      'secdef.config.mjs': "export {base as default} from './base.mjs'\n",
      'lib/base.mjs': base,
      'old/base.mjs': base,
    }
    const root = await committed(files, {'base.mjs': 'lib/base.mjs'})
    await expectClean(root)
    unlinkSync(join(root, 'base.mjs'))
    link(root, 'base.mjs', 'old/base.mjs')
    await expectRefusal(root, otherOnDisk('base.mjs'), 'git add base.mjs')
  })

  test.each([
    [
      'before another one',
      {'secdef.config.ts': typed('./base'), 'base.ts': base, 'base/index.ts': base},
      'base.ts',
    ],
    [
      'that may be there or not',
      {
        'secdef.config.mjs': `export default await import('./local.mjs').then((m) => m.base, () => (${value}))\n`,
        'local.mjs': base,
      },
      'local.mjs',
    ],
    [
      'by a name that is made up',
      {
        'secdef.config.mjs': `export default await import('./l' + 'ocal.mjs').then((m) => m.base, () => (${value}))\n`,
        'local.mjs': base,
      },
      'local.mjs',
    ],
  ])('what is gone from the disk and would be loaded %s', async (_, files: Files, gone) => {
    const root = await committed(files)
    await expectClean(root)
    rmSync(join(root, gone))
    await expectRefusal(root, `${gone} is in the index, and not on the disk`, `git restore ${gone}`)
  })
})

describe('what is no part of it does not matter', () => {
  test('in another folder, in a manifest, or gone', async () => {
    const root = await committed({
      'package.json': '{"name": "x", "imports": {"#base": "./base.mjs"}}\n',
      'tsconfig.json': '{}\n',
      'secdef.config.mjs': "export {base as default} from '#base'\n",
      'base.mjs': base,
      'src/main.ts': 'export {}\n',
      'src/gone.ts': 'export {}\n',
    })
    write(root, {
      'package.json': '{"name": "x", "imports": {"#base": "./base.mjs"}, "dependencies": {"y": "1"}}\n',
      'tsconfig.json': '{"compilerOptions": {}}\n',
      'src/main.ts': 'export const a = 1\n',
      'src/gone.ts': null,
      'src/new.ts': '',
      [documentPath]: 'broken',
    })
    await expectClean(root)
  })

  test('a package that is installed, and a type that is imported', async () => {
    const root = await committed({
      'node_modules/preset/package.json': '{"name": "preset", "type": "module", "exports": "./index.js"}\n',
      'node_modules/preset/index.js': base,
      'secdef.config.mjs': [
        "/** @type {import('./node_modules/secdef/dist/types/index.d.ts').Config} */",
        "const config = {...(await import('preset')).base}",
        'export default config\n',
      ].join('\n'),
    })
    await expectClean(root)
    git(root, 'rm', '--quiet', 'secdef.config.mjs')
    write(root, {
      'secdef.config.ts': `import type {PathLike} from 'node:fs'\nexport default ${value} satisfies {outputs: PathLike[]}\n`,
    })
    git(root, 'add', 'secdef.config.ts')
    await expectClean(root)
  })

  test('what defineConfig comes with', async () => {
    const root = await committed(
      {
        'node_modules/secdef/package.json':
          '{"name": "secdef", "type": "module", "exports": "./dist/index.js"}\n',
        'secdef.config.ts': `import {defineConfig} from 'secdef'\nexport default defineConfig(${value})\n`,
      },
      {'node_modules/secdef/dist': dirname(cli())},
    )
    await expectClean(root)
  })
})

describe('one that can read any file is refused', () => {
  const from = (text: string): Files => ({'secdef.config.mjs': `${text}\n`})

  test.each([
    [
      'node:fs',
      from(
        "import {readFileSync} from 'node:fs'\nexport default JSON.parse(readFileSync('base.json', 'utf8'))",
      ),
    ],
    [
      'fs',
      from(
        "import {readdirSync} from 'fs'\nexport default {outputs: readdirSync('packages').map(() => 'json')}",
      ),
    ],
    ['fs/promises', from(`await import("fs/promises")\nexport default ${value}`)],
    ['child_process', from(`import 'child_process'\nexport default ${value}`)],
    ['getBuiltinModule', from(`process.getBuiltinModule?.('node:' + 'f' + 's')\nexport default ${value}`)],
    [
      'fs',
      from(
        `import {createRequire} from 'node:module'\nconst load = createRequire(import.meta.url)\nload('fs')\nexport default ${value}`,
      ),
    ],
  ])('by %s: %j', async (means, program) => {
    const root = await committed({...program, 'base.json': '{"outputs": ["json"]}', 'packages/a': ''})
    await expectRefusal(
      root,
      `secdef.config.mjs can read any file, by ${means}`,
      'What it reads cannot be held to the index.',
    )
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('by one of its files, or by a package', async () => {
    const root = await committed({
      'node_modules/reader/package.json': '{"name": "reader"}\n',
      'node_modules/reader/index.js': "exports.read = require('node:fs').readFileSync\n",
      'secdef.config.mjs': "export {base as default} from './base.cjs'\n",
      'base.cjs': `require('fs')\nexports.base = ${value}\n`,
    })
    await expectRefusal(root, 'secdef.config.mjs loads base.cjs, which can read any file, by fs', 'Import it')
    write(root, {'base.cjs': `require('reader')\nexports.base = ${value}\n`})
    git(root, 'add', '--all')
    const reader = join(root, 'node_modules/reader/index.js')
    await expectRefusal(
      root,
      `secdef.config.mjs loads ${reader}, which can read any file, by node:fs`,
      'Import it',
    )
    expect(readFileSync(reader, 'utf8')).toContain('readFileSync')
  })
})
