/** What git is to see of ours: the variables of a hook, as they hold in the folder where we run it. */
import * as fs from 'node:fs'
import {dirname, join, resolve} from 'node:path'

/**
 * A hook gets them relative to where git runs it, which need not be where we run git. `GIT_INDEX_FILE` is not one of
 * them: git itself takes it as relative to the top of the work tree, wherever it is run.
 */
const paths = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'] as const

/**
 * Without `GIT_WORK_TREE`, git takes the folder in which it runs for the top of the work tree as soon as there is
 * `GIT_DIR`. A hook in a linked work tree gets that alone, and may have changed to the folder of its project: there,
 * git has to find both by itself, and finds the same.
 *
 * @param cwd Absolute folder in which git is run.
 * @see https://git-scm.com/docs/git#Documentation/git.txt-codeGITDIRcode
 */
export function gitEnvironment(cwd: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  for (const name of paths) {
    const path = env[name]
    if (path) env[name] = resolve(path)
  }
  const {GIT_DIR: folder, GIT_WORK_TREE: tree, ...rest} = env
  const real = folder && !tree ? realPath(folder) : undefined
  return real !== undefined && real === findGitFolder(cwd) ? rest : env
}

/** Real path of what the nearest `.git` at or above a folder is, or names. */
function findGitFolder(folder: string): string | undefined {
  const entry = join(folder, '.git')
  const stats = fs.statSync(entry, {throwIfNoEntry: false})
  if (stats?.isDirectory()) return realPath(entry)
  if (stats?.isFile()) {
    const named = /^gitdir: (.+?)\r?\n?$/.exec(fs.readFileSync(entry, 'utf8'))?.[1]
    return named === undefined ? undefined : realPath(resolve(folder, named))
  }
  const above = dirname(folder)
  return above === folder ? undefined : findGitFolder(above)
}

function realPath(path: string): string | undefined {
  try {
    return fs.realpathSync(path)
  } catch {
    // Git says what is wrong with it.
    return undefined
  }
}
