/** The GitHub workflow: the check, the audit and what a pull request changes. */
import {runsCheck} from './hook-calls.ts'
import {createFile, readText, type Site, type Step} from './plan.ts'
import type {Runner} from './runner.ts'

const folder = '.github/workflows'

export function planWorkflow(site: Site, runner: Runner, hasMigrations: boolean): Step[] {
  if (site.repository === undefined) return []
  const {files} = site
  const other = files
    .names(folder)
    .map((name) => `${folder}/${name}`)
    .find((path) => runsCheck(readText(files, path), site.prefix))
  if (other !== undefined) return [{action: 'leave', path: other, why: 'calls secdef already'}]
  // Of several projects in one repository, each has one of its own.
  const name = ['secdef', ...site.prefix.split('/').filter(Boolean)].join('-').replaceAll(/[^\w.-]/g, '-')
  return [createFile(site, `${folder}/${name}.yml`, workflowText(site.prefix, runner, hasMigrations))]
}

/** No pipes: the shell that runs a step fails for what stands last in one, and not for ours. */
function workflowText(prefix: string, {run, install}: Runner, hasMigrations: boolean): string {
  const audit = [
    '      - name: Hold the document against the migrations',
    `        if: \${{ !cancelled() }}`,
    `        run: ${run} audit --format markdown >> "$GITHUB_STEP_SUMMARY"`,
  ]
  const below = ['defaults:', '  run:', `    working-directory: ${JSON.stringify(prefix.slice(0, -1))}`]
  const node = [
    '      - uses: actions/setup-node@v4',
    '        with:',
    '          node-version: 22',
    ...install.map((command) => `      - run: ${command}`),
  ]
  const lines = [
    prefix === ''
      ? 'name: Security exceptions'
      : `name: ${JSON.stringify(`Security exceptions of ${prefix.slice(0, -1)}`)}`,
    'on:',
    '  push:',
    '    branches: [main, master]',
    '  pull_request:',
    'permissions:',
    '  contents: read',
    ...(prefix === '' ? [] : below),
    'jobs:',
    '  check:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...node,
    '      - name: Check the document and its outputs',
    `        run: ${run} check --format github`,
    ...(hasMigrations ? audit : []),
    '  changes:',
    "    if: github.event_name == 'pull_request'",
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '        with:',
    `          ref: \${{ github.event.pull_request.head.sha }}`,
    '          fetch-depth: 0 # the history, to see where the branch began',
    ...node,
    '      - name: Tell what the pull request changes',
    `        run: ${run} diff "$(git merge-base "origin/$GITHUB_BASE_REF" HEAD)" --format markdown >> "$GITHUB_STEP_SUMMARY"`,
  ]
  return `${lines.join('\n')}\n`
}
