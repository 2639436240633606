/** Which files this process has loaded, as its engine tells: whatever resolved them, and however often. */
import type {Session} from 'node:inspector'
import Module from 'node:module'
import {isAbsolute} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Failure} from '../model/failure.ts'
import {realPath} from './config-disk.ts'

export type Loads = {
  /**
   * Real paths of the files that were loaded since the watch began.
   *
   * @throws Failure if one of them hides which it is.
   */
  readonly files: () => ReadonlySet<string>
  readonly end: () => void
}

/**
 * Watch what is loaded from now on. The hooks of Node's loader see one kind of import each, and other ones in each
 * version; the debugger is told of every script, and all that is no script stands in the cache of `require`.
 *
 * @throws Failure if this Node was built without a debugger.
 */
export async function watchLoads(): Promise<Loads> {
  const session = await openSession()
  const {cache} = Module.createRequire(import.meta.url)
  const scripts = new Set<string>()
  const hidden = new Set<string>()
  session.on('Debugger.scriptParsed', ({params: {url, isModule, hasSourceURL}}) => {
    // By a comment, a script can have another name; what is required stands in the cache by its own. Node writes
    // such a comment, with the name that is right, where it has stripped types.
    const isNamed =
      isModule === true && hasSourceURL === true && !/^(?:file:|[/\\]|\w:).*\.[cm]?ts$/s.test(url)
    const names = isNamed ? hidden : scripts
    names.add(url)
  })
  session.connect()
  // What is loaded already is told before this returns.
  session.post('Debugger.enable')
  // A statement that would stop at a debugger stops here for good.
  session.post('Debugger.setSkipAllPauses', {skip: true})
  const all = () => new Set([...scripts, ...Object.keys(cache)].flatMap(fileOf))
  const before = all()
  hidden.clear()
  return {
    files() {
      for (const name of hidden) throw namedOtherwise(name)
      return new Set([...all()].filter((file) => !before.has(file)))
    },
    end: () => session.disconnect(),
  }
}

async function openSession(): Promise<Session> {
  try {
    const inspector = await import('node:inspector')
    return new inspector.Session()
  } catch (error) {
    throw new Failure('Cannot tell what the configuration loads: this Node is built without an inspector', {
      hint: 'Write the configuration in JSON, or run another Node.',
      cause: error,
    })
  }
}

function namedOtherwise(name: string): Failure {
  return new Failure(`Cannot tell what the configuration loads: a module calls itself ${name}`, {
    hint: 'Delete the comment `//# sourceURL=` from it, or write the configuration in JSON.',
  })
}

/** Paths and addresses, with what tsx adds to keep its own modules apart; it hands CommonJS over as `data:`. */
function fileOf(name: string): string[] {
  const named = name.startsWith('data:') ? decoded(/\?filePath=([^?&]+)$/.exec(name)?.[1] ?? '') : name
  const path = named.startsWith('file:') ? pathOf(named) : named
  return isAbsolute(path) ? [realPath(path.replace(/\?namespace=[-\w]*$/, ''))] : []
}

/** Empty for an address that no file can have. */
function pathOf(url: string): string {
  try {
    return fileURLToPath(url.replace(/[?#].*$/s, ''))
  } catch {
    return ''
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
