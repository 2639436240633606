/** How a project runs the command: by its own packages, or by npx where it has none that are known here. */
import {nearest, readText, type Site} from './plan.ts'

export type Runner = {
  /** In a shell, before the name of a command of ours. */
  readonly run: string
  /** What has to be run on a fresh machine before. */
  readonly install: readonly string[]
  /** How secdef gets into the packages; `undefined` where it is there, or there are none. */
  readonly add: string | undefined
}

const managers = [
  {
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
    run: 'npx --no-install secdef',
    install: ['npm ci'],
    add: 'npm install --save-dev secdef',
  },
  {
    locks: ['pnpm-lock.yaml'],
    run: 'pnpm exec secdef',
    install: ['corepack enable', 'pnpm install --frozen-lockfile'],
    add: 'pnpm add --save-dev secdef',
  },
  // Of these, what runs a command prints more than the command.
  {locks: ['yarn.lock', 'bun.lock', 'bun.lockb'], run: undefined, install: [], add: undefined},
]

/** @param version Of this tool: without packages of its own, a project names the one that it wants. */
export function chooseRunner(site: Site, version: string): Runner {
  const manifest = nearest(site, ['package.json'])
  const lock = nearest(
    site,
    managers.flatMap(({locks}) => locks),
  )
  const known = managers.find(({locks}) => locks.some((name) => lock?.endsWith(name)))
  if (manifest === undefined || (known !== undefined && known.run === undefined))
    return {run: `npx --yes secdef@${version}`, install: [], add: undefined}
  const {run = 'npx --no-install secdef', install, add} = known ?? withoutLock
  const hasIt = /"secdef"\s*:\s*"/.test(readText(site.files, manifest) ?? '')
  return {run, install, add: hasIt ? undefined : add}
}

const withoutLock = {
  run: 'npx --no-install secdef',
  install: ['npm install'],
  add: 'npm install --save-dev secdef',
}
