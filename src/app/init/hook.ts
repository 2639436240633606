/** The hooks before a commit, for whatever runs the hooks of the repository. */
import {join} from 'node:path'
import {readHook, shownFrom} from '../../io/git-hooks.ts'
import {type HookName, hookNames, runsStagedCheck} from './hook-calls.ts'
import {readText, type Site, type Step} from './plan.ts'

type HookTool = {
  /** Where its configuration is, which holds all hooks; `undefined` if the repository does not use it. */
  readonly find: (site: Site) => string | undefined
  /** Which hooks there run the check already. */
  readonly has: (text: string, prefix: string) => readonly HookName[]
  /** What has to be added for those that do not. */
  readonly snippet: (missing: readonly HookName[], command: string) => string
}

/** Lefthook, pre-commit, simple-git-hooks. None of them is told to run the hook of another, or of husky. */
const hookTools: readonly HookTool[] = [
  {
    find: ({files}) => lefthookNames.find((name) => files.exists(name)),
    has: hasInOneText,
    snippet: (missing, command) => missing.map((name) => lefthookJob(name, command)).join('\n'),
  },
  {
    find: ({files}) => preCommitNames.find((name) => files.exists(name)),
    has: hasInOneText,
    snippet: (missing, command) =>
      [
        `default_install_hook_types: [${hookNames.join(', ')}]`,
        ...(missing.includes('pre-commit') ? preCommitRepository(command) : []),
      ].join('\n'),
  },
  {
    find: ({files}) =>
      /"simple-git-hooks"\s*:\s*\{/.test(readText(files, 'package.json') ?? '')
        ? 'package.json'
        : simpleNames.find((name) => files.exists(name)),
    has: (text, prefix) => hookNames.filter((name) => runsStagedCheck(simpleHook(text, name), prefix)),
    snippet: (missing, command) => {
      const hooks = missing.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(command)}`)
      return `"simple-git-hooks": {${hooks.join(', ')}}`
    },
  },
]

const lefthookNames = ['', '.', '.config/'].flatMap((start) =>
  ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((extension) => `${start}lefthook.${extension}`),
)
const preCommitNames = ['.pre-commit-config.yaml', '.pre-commit-config.yml']
const simpleNames = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['json', 'cjs', 'js', 'mjs', 'ts'].map((extension) => `${name}.${extension}`),
)

/**
 * @param run The command of ours, as a shell takes it.
 * @throws Failure if nothing may be written where the hook goes.
 */
export function planHook(site: Site, run: string): Step[] {
  if (site.repository === undefined) return []
  const check = `${run} check --staged`
  const command = site.prefix === '' ? check : `cd ${quoted(site.prefix.slice(0, -1))} && ${check}`
  const {folder, place} = site.repository.hooks
  const isHuskys = place === 'project' && /(?:^|[\\/])\.husky(?:[\\/]_)?$/.test(folder)
  for (const tool of isHuskys ? [] : hookTools) {
    const path = tool.find(site)
    if (path !== undefined) return [inConfiguration(site, tool, path, command)]
  }
  // Husky has git look into a folder that it writes itself, in the one that is ours to write.
  const husky = isHuskys ? folder.replace(/[\\/]_$/, '') : join(site.base, '.husky')
  if (isHuskys || site.files.exists('.husky')) {
    return hookNames.map((name) => {
      const file = join(husky, name)
      site.files.guard(shownFrom(site.base, file))
      return inFile(site, file, command)
    })
  }
  return hookNames.map((name) =>
    inFile(site, join(folder, name), command, place === 'elsewhere' ? elsewhere : undefined),
  )
}

const elsewhere = 'core.hooksPath leads out of the repository: other repositories may run that hook, too'

/**
 * A file of its own for each hook: made where it is missing, executable, or git does not run it.
 *
 * @param obstacle Why it cannot be made.
 */
function inFile(site: Site, file: string, command: string, obstacle?: string): Step {
  const path = shownFrom(site.base, file)
  const text = readHook(file)
  if (runsStagedCheck(text, site.prefix)) return calls(path)
  if (text !== undefined) return {action: 'paste', path, why: 'exists', text: command}
  if (obstacle !== undefined) return {action: 'paste', path, why: obstacle, text: command}
  return {action: 'hook', path, file, text: `#!/bin/sh\n${command}\n`}
}

function inConfiguration(site: Site, {has, snippet}: HookTool, path: string, command: string): Step {
  const present = has(readText(site.files, path) ?? '', site.prefix)
  const missing = hookNames.filter((name) => !present.includes(name))
  if (missing.length === 0) return calls(path)
  return {action: 'paste', path, why: 'exists', text: snippet(missing, command)}
}

function hasInOneText(text: string, prefix: string): HookName[] {
  if (!runsStagedCheck(text, prefix)) return []
  return hookNames.filter((name) => name === 'pre-commit' || text.includes(name))
}

function simpleHook(text: string, name: HookName): string | undefined {
  try {
    const all = JSON.parse(text)
    const value = (all['simple-git-hooks'] ?? all)[name]
    return typeof value === 'string' ? value : undefined
  } catch {
    // A configuration that is a program: what it sets is not known, and what to set is shown.
    return undefined
  }
}

function calls(path: string): Step {
  return {action: 'leave', path, why: 'calls secdef already'}
}

function lefthookJob(hook: HookName, command: string): string {
  return [`${hook}:`, '  jobs:', '    - name: secdef', `      run: ${command}`].join('\n')
}

/** It runs no shell of its own. */
function preCommitRepository(command: string): string[] {
  const entry = command.startsWith('cd ') ? JSON.stringify(`sh -c ${JSON.stringify(command)}`) : command
  return [
    'repos:',
    '  - repo: local',
    '    hooks:',
    '      - id: secdef-check',
    '        name: secdef check',
    `        entry: ${entry}`,
    '        language: system',
    '        always_run: true',
    '        pass_filenames: false',
  ]
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
