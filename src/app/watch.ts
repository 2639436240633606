/** The use case `generate --watch`: build, and build again whenever something that a build reads has changed. */
import {basename, join} from 'node:path'
import {findConfig} from '../io/load-config.ts'
import {watchFiles} from '../io/watch.ts'
import {defaultRegistry} from '../model/default-registry.ts'
import {Failure} from '../model/failure.ts'
import {planOutputs} from './outputs.ts'
import type {Project} from './project.ts'

export type WatchSteps<Opened> = {
  /** Load the project anew. There is none where its configuration is none. */
  readonly open: () => Promise<{readonly project: Project | undefined; readonly opened: Opened}>
  /** @returns What it has written, relative to the root of the project. */
  readonly build: (opened: Opened) => Promise<readonly string[]>
}

export type WatchOptions = {
  /** Absolute folder in or below the project. */
  readonly cwd: string
  /** Path of a configuration, relative to `cwd`. */
  readonly config: string | undefined
  /** Resolves when nobody wants to watch any more. A build that is going on is finished. */
  readonly ended: Promise<unknown>
}

/**
 * @throws Failure if the files cannot be watched, or a configuration has changed that cannot be loaded again.
 * What a step throws goes through.
 */
export async function watchProject<Opened>(
  {cwd, config, ended}: WatchOptions,
  {open, build}: WatchSteps<Opened>,
): Promise<void> {
  const search = configPaths(cwd, config)
  const watching = watchFiles(search)
  let isEnded = false
  const end = ended.then(() => {
    isEnded = true
    return []
  })
  try {
    for (;;) {
      const {project, opened} = await open()
      // Of a project that cannot be opened, what was watched before stays watched.
      if (project !== undefined) watching.follow([...new Set([...search, ...inputsOf(project)])])
      const written = await build(opened)
      // A host of regions is input and output: our own writing is no reason to build again.
      if (project !== undefined) watching.settle(written.map((path) => join(project.root, path)))
      const changed = await Promise.race([end, watching.changed()])
      if (isEnded) return
      const program = changed.find((path) => search.includes(path) && /\.[cm]?[jt]s$/.test(path))
      if (program !== undefined) {
        throw new Failure(`Cannot load ${basename(program)} again: it is a program, and loaded once a run`, {
          hint: 'Run `secdef generate --watch` again.',
        })
      }
    }
  } finally {
    watching.close()
  }
}

/** What the search for a configuration looks at, there or not: all of it, where nothing is there. */
function configPaths(cwd: string, given: string | undefined): readonly string[] {
  const asked: string[] = []
  const nothing = {
    kindOf: (path: string) => {
      asked.push(path)
      return undefined
    },
    namesIn: () => [],
    read: () => Buffer.alloc(0),
    beforeImport: () => {},
  }
  try {
    findConfig(cwd, given, defaultRegistry.document, nothing)
  } catch (error) {
    // One that was given and is not there.
    if (!(error instanceof Failure)) throw error
  }
  return asked
}

function inputsOf({root, registries}: Project): string[] {
  return registries.flatMap((registry) => [
    join(root, registry.document),
    ...planOutputs(registry).flatMap(({path, region, source}) => [
      ...('template' in source ? [join(root, source.template)] : []),
      ...(region === undefined ? [] : [join(root, path)]),
    ]),
  ])
}
