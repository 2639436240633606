/** The pre-commit hook, for whatever runs the hooks of the repository. */
import {join} from 'node:path'
import {readHook, shownFrom} from '../../io/git-hooks.ts'
import {createFile, readText, type Site, type Step} from './plan.ts'

type HookTool = {
  readonly name: string
  /** Whether the repository uses it, and where it is configured. */
  readonly find: (site: Site) => string | undefined
  readonly plan: (site: Site, path: string, command: string) => Step
}

/** In the order in which they are looked for. None of them is told to run the hook of another. */
const hookTools: readonly HookTool[] = [
  {
    name: 'lefthook',
    find: ({files}) => lefthookNames.find((name) => files.exists(name)),
    plan: (_, path, command) => paste(path, lefthookJob(command)),
  },
  {
    name: 'husky',
    find: ({files}) => (files.exists('.husky') ? '.husky/pre-commit' : undefined),
    plan: (site, path, command) => {
      if (site.files.exists(path)) return paste(path, command)
      return createFile(site, path, `${command}\n`)
    },
  },
  {
    name: 'pre-commit',
    find: ({files}) => preCommitNames.find((name) => files.exists(name)),
    plan: (_, path, command) => paste(path, preCommitRepository(command)),
  },
  {
    name: 'simple-git-hooks',
    find: ({files}) =>
      /"simple-git-hooks"\s*:\s*\{/.test(readText(files, 'package.json') ?? '') ? 'package.json' : undefined,
    plan: (_, path, command) => paste(path, `"simple-git-hooks": {"pre-commit": ${JSON.stringify(command)}}`),
  },
]

const lefthookNames = ['', '.', '.config/'].flatMap((start) =>
  ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((extension) => `${start}lefthook.${extension}`),
)
const preCommitNames = ['.pre-commit-config.yaml', '.pre-commit-config.yml']

/**
 * @param run The command of ours, as a shell takes it.
 * @throws Failure if nothing may be written where the hook goes.
 */
export function planHook(site: Site, run: string): Step[] {
  const {repository, files} = site
  if (repository === undefined) return []
  const check = `${run} check --staged`
  const command = site.prefix === '' ? check : `cd ${quoted(site.prefix.slice(0, -1))} && ${check}`
  for (const {find, plan} of hookTools) {
    const path = find(site)
    if (path === undefined) continue
    if (files.exists(path) && callsUs(readText(files, path))) return [calls(path)]
    return [plan(site, path, command)]
  }
  const file = join(repository.hooks.folder, 'pre-commit')
  const path = shownFrom(site.base, file)
  const text = readHook(file)
  if (callsUs(text)) return [calls(path)]
  if (text !== undefined) return [paste(path, command)]
  if (repository.hooks.place === 'elsewhere') {
    const why = 'core.hooksPath leads out of the repository: other repositories may run that hook, too'
    return [{action: 'paste', path, why, text: command}]
  }
  return [{action: 'hook', path, file, text: `#!/bin/sh\n${command}\n`}]
}

function callsUs(text: string | undefined): boolean {
  return text !== undefined && /\bsecdef(?:@\S+)? check\b|\bsecdef-check\b/.test(text)
}

function calls(path: string): Step {
  return {action: 'leave', path, why: 'calls secdef already'}
}

function paste(path: string, text: string): Step {
  return {action: 'paste', path, why: 'exists', text}
}

function lefthookJob(command: string): string {
  return ['pre-commit:', '  jobs:', '    - name: secdef', `      run: ${command}`].join('\n')
}

/** It runs no shell of its own. */
function preCommitRepository(command: string): string {
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
  ].join('\n')
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
