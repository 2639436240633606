/** `secdef generate --watch`: it builds after every kind of save, survives what is broken or gone, and ends when told. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {watchFiles} from '../../src/io/watch.ts'
import {documentPath, longerDocument, repository, soundDocument} from '../support/documents.ts'
import {commit, committedRepository, git} from '../support/git.ts'
import {hosts, runHere} from '../support/hosts.ts'
import {fill, temporaryFolder, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'
import {watchHere, watchHosts} from '../support/watching.ts'

const python = 'generated/security_exceptions.py'

/** Names of functions in the Python whitelist. */
function whitelist(root: string, path = python): string[] {
  const text = fs.readFileSync(join(root, path), 'utf8')
  const names = ['log_action', 'queue_job', 'reap_jobs', 'new_one']
  return names.filter((name) => text.includes(`ops.${name}`))
}

/** Whole at once, so that a build sees all of it or nothing. */
function save(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    fill(root, {'.draft': text})
    fs.renameSync(join(root, '.draft'), join(root, path))
  }
}

/** The first build that says so: one that comes before it may have seen a file that was half written. */
async function until(build: () => Promise<string>, text: string): Promise<string> {
  for (;;) {
    const told = await build()
    if (told.includes(text)) return told
  }
}

const oneRow = table(row({name: '`new_one`'}))
const broken = table(row(), row({approved: 'nobody'}))

describe.each(watchHosts)('$name', ({watch}) => {
  test.each<[string, (file: string) => void]>([
    ['in place', (file) => fs.writeFileSync(file, longerDocument)],
    [
      'by a rename',
      (file) => {
        fs.writeFileSync(`${file}~`, longerDocument)
        fs.renameSync(`${file}~`, file)
      },
    ],
    [
      'with the old one as a backup',
      (file) => {
        fs.renameSync(file, `${file}.bak`)
        fs.writeFileSync(file, longerDocument)
      },
    ],
  ])('a document that is saved %s, more than once', async (_, save) => {
    const root = repository()
    const file = join(root, documentPath)
    const {build} = watch(root)
    expect(await build()).toMatch(
      /^secdef: build started\n[\s\S]* 2 entries [\s\S]*secdef: build finished, 0 findings\n$/,
    )
    expect(whitelist(root)).toEqual(['log_action', 'queue_job'])
    for (let times = 0; times < 3; times++) {
      save(file)
      await until(build, '  3 entries in 1 schema')
      expect(whitelist(root)).toEqual(['log_action', 'queue_job', 'reap_jobs'])
      fs.writeFileSync(file, oneRow)
      await until(build, '  1 entry in 1 schema')
      expect(whitelist(root)).toEqual(['new_one'])
    }
  })

  test('a document that is broken is told, changes nothing, and can be mended', async () => {
    const root = repository()
    const {build} = watch(root)
    await build()
    const before = tree(root)
    save(root, {[documentPath]: broken})
    const told = await build()
    expect(told).toContain(`${documentPath}:4:63  error  invalid-approval\n`)
    expect(told).toMatch(/✗ 1 finding; nothing was written \(… s\)\nsecdef: build finished, 1 finding\n$/)
    expect({...tree(root), [documentPath]: soundDocument}).toEqual(before)
    save(root, {[documentPath]: longerDocument})
    expect(await build()).toContain('secdef: build finished, 0 findings')
    expect(whitelist(root)).toContain('reap_jobs')
  })

  test('a folder that is removed, made again, moved away and back', async () => {
    const root = repository()
    const {build, complains} = watch(root)
    await build()
    const [docs, away] = [join(root, 'docs'), join(root, 'away')]
    fs.rmSync(docs, {recursive: true})
    expect(await build()).toMatch(/^secdef: build started\nsecdef: build finished, undecided\n$/)
    await complains(`error  No document at ${documentPath} in ${root}\n mend  `)
    fs.mkdirSync(docs)
    save(root, {[documentPath]: longerDocument})
    expect(await build()).toContain('  3 entries')
    fs.renameSync(docs, away)
    expect(await build()).toContain('undecided')
    fs.renameSync(away, docs)
    expect(await build()).toContain('  3 entries')
    save(root, {[documentPath]: oneRow})
    expect(await build()).toContain('  1 entry')
  })

  test('another branch is checked out', async () => {
    const root = committedRepository()
    git(root, 'checkout', '--quiet', '-b', 'without')
    commit(root, {[documentPath]: null, 'README.md': 'nothing here\n'})
    git(root, 'checkout', '--quiet', '-b', 'longer', 'main')
    commit(root, {[documentPath]: longerDocument})
    git(root, 'checkout', '--quiet', 'main')
    const {build} = watch(root)
    await until(build, '  2 entries')
    git(root, 'checkout', '--quiet', 'longer')
    await until(build, '  3 entries')
    git(root, 'checkout', '--quiet', 'without')
    await until(build, 'undecided')
    git(root, 'checkout', '--quiet', 'main')
    await until(build, '  2 entries')
  })

  test('a configuration that comes, breaks, is mended and goes', async () => {
    const root = repository()
    const {build} = watch(root)
    await build()
    save(root, {'secdef.config.json': JSON.stringify({outputs: ['python'], outputDir: 'lists'})})
    expect(await build()).toContain('written    lists/security_exceptions.py')
    save(root, {'secdef.config.json': '{"outputs": }\n'})
    const told = await build()
    expect(told).toContain('secdef.config.json:1:13  fatal  config-syntax\n')
    expect(told).toContain('secdef: build finished, 1 finding\n')
    // What the last sound configuration named is watched all the while.
    save(root, {[documentPath]: longerDocument})
    expect(await build()).toContain('config-syntax')
    save(root, {'secdef.config.json': JSON.stringify({outputs: ['python'], outputDir: 'others'})})
    expect(await build()).toContain('written    others/security_exceptions.py')
    expect(whitelist(root, 'others/security_exceptions.py')).toContain('reap_jobs')
    fs.rmSync(join(root, 'secdef.config.json'))
    expect(await build()).toContain('6 outputs')
  })

  test('a configuration that is named, a second document, a template and the host of a region', async () => {
    const host = (body: string, more: string) => `# secdef:begin list\n${body}# secdef:end list\n${more}`
    const root = repository({
      'docs/OTHER.md': oneRow,
      'list.hbs': '{{banner}}\n{{#each entries}}\n{{line id}}\n{{/each}}\n',
      'tests/test_list.py': host('', ''),
      'conf/README.md': '',
    })
    const registry = {name: 'one', outputs: [{template: 'list.hbs', path: 'list.txt'}]}
    const other = {
      name: 'two',
      document: 'docs/OTHER.md',
      outputs: [{target: 'python', path: 'tests/test_list.py', region: 'list'}],
    }
    fill(root, {'named.json': JSON.stringify({registries: [registry, other]})})
    const {build} = watch(root, ['--config', 'named.json'])
    const first = await build()
    expect(first).toContain('0 findings')
    expect(whitelist(root, 'tests/test_list.py')).toEqual(['new_one'])
    save(root, {'docs/OTHER.md': longerDocument})
    expect(await build()).toContain('written    tests/test_list.py')
    save(root, {'list.hbs': '{{banner}}\nchanged\n'})
    expect(await build()).toContain('written    list.txt')
    expect(fs.readFileSync(join(root, 'list.txt'), 'utf8')).toContain('changed\n')
    save(root, {'tests/test_list.py': host('by hand\n', 'print()\n')})
    expect(await build()).toContain('written    tests/test_list.py')
    expect(fs.readFileSync(join(root, 'tests/test_list.py'), 'utf8')).toMatch(
      /^(?![\s\S]*by hand)[\s\S]*print\(\)\n$/,
    )
  })

  test('an output that somebody changes or removes is written by the next build', async () => {
    const root = repository()
    const {build} = watch(root)
    await build()
    fs.rmSync(join(root, 'generated'), {recursive: true})
    save(root, {[documentPath]: longerDocument})
    expect(await build()).toContain('6 outputs: 6 written')
    fs.appendFileSync(join(root, python), '# more\n')
    save(root, {[documentPath]: soundDocument})
    expect(await build()).toContain(`written    ${python}`)
    expect(fs.readFileSync(join(root, python), 'utf8')).not.toContain('# more')
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with %i, and nothing is left behind', async (signal, code) => {
    const root = repository()
    const {build, end, stderr} = watch(root)
    await build()
    save(root, {[documentPath]: longerDocument})
    await build()
    expect(await end(signal)).toBe(code)
    expect(stderr()).toBe('')
    expect(Object.keys(tree(root)).filter((path) => /\.secdef|secdef-tmp/.test(path))).toEqual([])
    expect((await runHere({cwd: root, argv: ['check']})).code).toBe(0)
  })

  test('a signal during a build: the set is whole, and the lock is given back', async () => {
    const root = repository()
    const {build, end} = watch(root)
    await build()
    save(root, {[documentPath]: longerDocument})
    expect(await end('SIGTERM')).toBe(143)
    expect(Object.keys(tree(root)).filter((path) => /\.secdef|secdef-tmp/.test(path))).toEqual([])
    expect([0, 1]).toContain((await runHere({cwd: root, argv: ['check']})).code)
    expect(
      new Set(
        ['.ts', '.sql'].map((end) =>
          fs.readFileSync(join(root, `generated/security-exceptions${end}`), 'utf8').includes('reap_jobs'),
        ),
      ).size,
    ).toBe(1)
  })

  test('a configuration that is a program ends it when it changes, as it cannot be loaded again', async () => {
    const root = repository({'secdef.config.mjs': 'export default {outputs: ["python"]}\n'})
    const {build, code, stderr} = watch(root)
    expect(await build()).toContain('1 output')
    save(root, {'secdef.config.mjs': 'export default {outputs: ["sql"]}\n'})
    expect(await code).toBe(2)
    expect(stderr()).toBe(
      'error  Cannot load secdef.config.mjs again: it is a program, and loaded once a run\n' +
        ' mend  Run `secdef generate --watch` again.\n',
    )
  })
})

test.each([
  [['--format', 'json'], '--format json'],
  [['--format', 'github'], '--format github'],
  [['--exit-code'], '--exit-code'],
])('%j beside --watch is refused', async (options, what) => {
  for (const {secdef} of hosts) {
    const root = repository()
    const {code, stderr} = await secdef(root, ['generate', '--watch', ...options])
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: expect.stringContaining(`Unexpected ${what} beside --watch`),
    })
    expect(fs.existsSync(join(root, 'generated'))).toBe(false)
  }
})

test('what a build writes into the host of a region is no reason for another one', async () => {
  const path = 'tests/test_list.py'
  const config = {outputs: [{target: 'python', path, region: 'list'}]}
  const marks = '# secdef:begin list\n# secdef:end list\n'
  const root = repository({[path]: marks, 'secdef.config.json': JSON.stringify(config)})
  const {build, begun} = watchHere.watch(root)
  for (const [index, text] of [soundDocument, longerDocument, oneRow].entries()) {
    save(root, {[documentPath]: text})
    expect(await build()).toContain(`written    ${path}`)
    // Whoever watches in the same way is told of a later change later.
    const marker = watchFiles([join(root, 'marker')])
    const told = marker.changed()
    save(root, {marker: String(index)})
    await told
    marker.close()
    expect(begun()).toBe(index + 1)
  }
})

test('a run that nothing could end does not begin', async () => {
  const root = repository()
  const {code, stdout, stderr} = await runHere({cwd: root, argv: ['generate', '--watch']})
  expect({code, stdout}).toEqual({code: 2, stdout: ''})
  expect(stderr).toContain('error  Cannot watch where nothing can end it\n')
})

test('on a terminal it says when a build has begun', async () => {
  const {stdout} = await runHere({
    cwd: repository(),
    argv: ['generate', '--watch'],
    columns: 100,
    ended: Promise.resolve('SIGINT'),
  })
  expect(stdout).toMatch(/^secdef: build started at \d\d:\d\d:\d\d\n/)
})

test('without a project it waits for one', async () => {
  const root = temporaryFolder()
  execFileSync('git', ['init', '--quiet'], {cwd: root})
  for (const {watch} of watchHosts) {
    const {build, end} = watch(root)
    expect(await build()).toContain('undecided')
    fs.mkdirSync(join(root, 'docs'))
    save(root, {[documentPath]: soundDocument})
    expect(await build()).toContain('  2 entries')
    await end('SIGTERM')
    fs.rmSync(join(root, 'docs'), {recursive: true})
  }
})

describe('docs/watching.md', () => {
  const page = fs.readFileSync(join(import.meta.dirname, '../../docs/watching.md'), 'utf8')
  const block = (mark: string) =>
    new RegExp(`<!-- ${mark} -->\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? ''

  test('shows what is printed', async () => {
    const root = repository({[documentPath]: broken})
    for (const {watch} of watchHosts) {
      const {build, end} = watch(root)
      expect(await build()).toBe(block('output: watch').replace(/\(\d\.\d\d s\)/, '(… s)'))
      await end('SIGTERM')
    }
  })

  test('has a task whose problem matchers find every finding, and where a build begins and ends', async () => {
    const matchers: Matcher[] = JSON.parse(block('tasks')).tasks[0].problemMatcher
    const foreign = repository({'generated/security_exceptions.py': 'by hand\n'})
    for (const columns of [undefined, 100]) {
      const print = async (cwd: string) => {
        const ended = Promise.resolve('SIGINT' as const)
        const terminal = columns !== undefined && {columns, env: {NO_COLOR: '1'}}
        return (await runHere({cwd, argv: ['generate', '--watch'], ended, ...terminal})).stdout
      }
      const dirty = repository({[documentPath]: table(row({approved: 'nobody'}), row({name: 'bare'}), row())})
      const shown = await print(dirty)
      expect(matched(matchers, shown)).toEqual([
        {
          file: documentPath,
          line: '3',
          column: '63',
          severity: 'error',
          code: 'invalid-approval',
          message: expect.stringMatching(/^Unexpected approval/),
        },
        {
          file: documentPath,
          line: '4',
          column: '3',
          severity: 'error',
          code: 'name-not-code',
          message: expect.stringMatching(/^Unexpected/),
        },
      ])
      const {findings} = JSON.parse((await runHere({cwd: dirty, argv: ['check', '--format', 'json']})).stdout)
      expect(matched(matchers, shown).length).toBe(findings.length)
      expect(matched(matchers, await print(foreign))).toEqual([
        {
          file: python,
          severity: 'error',
          code: 'output-not-generated',
          message: expect.stringMatching(/^Unexpected/),
        },
      ])
      expect(matched(matchers, await print(repository()))).toEqual([])
      for (const {background} of matchers) {
        const lines = shown.trimEnd().split('\n')
        expect(lines.filter((line) => new RegExp(background.beginsPattern).test(line))).toEqual([lines[0]])
        expect(lines.filter((line) => new RegExp(background.endsPattern).test(line))).toEqual([lines.at(-1)])
      }
    }
  })
})

type Fields = Readonly<Partial<Record<'file' | 'line' | 'column' | 'severity' | 'code' | 'message', number>>>

type Matcher = {
  readonly pattern: readonly (Fields & {readonly regexp: string; readonly kind?: string})[]
  readonly background: {readonly beginsPattern: string; readonly endsPattern: string}
}

/** What the editor does: each pattern of a matcher takes one line after the other, and fills fields from its groups. */
function matched(matchers: readonly Matcher[], text: string): Record<string, string>[] {
  const lines = text.split('\n')
  return matchers.flatMap(({pattern}) =>
    lines.flatMap((_, index) => {
      const found = pattern.map(({regexp}, offset) => new RegExp(regexp).exec(lines[index + offset] ?? ''))
      if (found.some((match) => match === null)) return []
      const {regexp: _regexp, kind: _kind, ...first} = pattern[0] ?? {regexp: ''}
      const {regexp: _second, kind: _none, ...second} = pattern[1] ?? {regexp: ''}
      const read = (fields: Fields, match: RegExpExecArray | null | undefined) =>
        Object.entries(fields).map(([name, group]) => [name, match?.[group] ?? ''] as const)
      return [Object.fromEntries([...read(first, found[0]), ...read(second, found[1])])]
    }),
  )
}
