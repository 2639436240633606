/** What `secdef check` loads: the files of the built command that a clean run opens. */
import * as fs from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {configure, repository} from '../support/documents.ts'
import {asCommand, cli, execute} from '../support/hosts.ts'
import {fill} from '../support/project.ts'

/** Notes every module that Node loads, with its address. */
const loader = `import {appendFileSync} from 'node:fs'
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n')
  return next(url, context)
}
`

/** Functions, as the build spells them, of what is there for the day on which something is wrong or asked for. */
const lazy = [
  'applyChanges',
  'compareRegistries',
  'drawFrame',
  'duplicateKeys',
  'editDocument',
  'githubFindings',
  'importConfig',
  'jsonReport',
  'loadParser',
  'makePatch',
  'parseTree',
  'prettyFindings',
  'prettyPatch',
  'printFailure',
  'renderCustom',
  'rulePage',
  'runAdd',
  'runAudit',
  'runDiff',
  'runExplain',
  'runGenerate',
  'runGit',
  'runList',
  'stringWidth',
  'structuredPatch',
  'unifiedPatch',
  'validateConfig',
  'withLock',
  'withStagedProject',
]

function functionsIn(files: readonly string[]): string[] {
  const texts = files.map((file) => fs.readFileSync(file, 'utf8'))
  return lazy.filter((name) => texts.some((text) => text.includes(`function ${name}(`)))
}

/** Run the built command; which files Node loads, and which lazy functions are in them. */
async function loadedBy(root: string, argv: readonly string[]) {
  fill(root, {
    'loader.mjs': loader,
    'register.mjs': "import {register} from 'node:module'\nregister('./loader.mjs', import.meta.url)\n",
  })
  const log = join(root, 'loaded.txt')
  fs.writeFileSync(log, '')
  const {code} = await execute(root, ['--import', join(root, 'register.mjs'), cli(), ...argv], {LOADED: log})
  const urls = fs.readFileSync(log, 'utf8').split('\n')
  const files = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url))
  return {code, files, functions: functionsIn(files.filter((file) => file.startsWith(dirname(cli()))))}
}

test('every lazy function is somewhere in the build', () => {
  const chunks = join(dirname(cli()), 'cli')
  expect(functionsIn(fs.readdirSync(chunks).map((name) => join(chunks, name)))).toEqual(lazy)
})

test('a clean check loads none of them, and nothing from outside of the package', async () => {
  const root = repository()
  await asCommand.secdef(root, ['generate'])
  const {code, files, functions} = await loadedBy(root, ['check'])
  expect({code, functions}).toEqual({code: 0, functions: []})
  expect(files).toContain(cli())
  expect(files.filter((file) => !file.startsWith(dirname(cli())) && !file.startsWith(root))).toEqual([])
})

test('with a configuration in JSON it loads what judges it, and no parser that knows places', async () => {
  const root = repository({}, {outputs: ['sql']})
  await asCommand.secdef(root, ['generate'])
  expect(await loadedBy(root, ['check'])).toMatchObject({
    code: 0,
    functions: ['duplicateKeys', 'validateConfig'],
  })
})

test('the instrument sees what is loaded where there is need of it', async () => {
  const root = repository()
  expect((await loadedBy(root, ['check'])).functions).toEqual(['drawFrame', 'prettyFindings', 'stringWidth'])
  configure(root, {outputs: []})
  expect((await loadedBy(root, ['check'])).functions).toContain('parseTree')
})
