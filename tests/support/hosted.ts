/** Projects into which the package as it is published and the tools that host it are installed. */
import * as fs from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {build, root} from './built.ts'
import {execute, type Result} from './hosts.ts'
import {project} from './project.ts'

/** A new folder with these files, our package, and links to the packages of this repository. */
export function hostedProject(files: Readonly<Record<string, string>>, packages: readonly string[]): string {
  const folder = project({
    'package.json': JSON.stringify({private: true, type: 'module'}),
    'node_modules/secdef/package.json': fs.readFileSync(join(root, 'package.json'), 'utf8'),
    ...files,
  })
  fs.symlinkSync(build(), join(folder, 'node_modules/secdef/dist'))
  for (const name of packages) {
    const link = join(folder, 'node_modules', name)
    fs.mkdirSync(dirname(link), {recursive: true})
    fs.symlinkSync(join(root, 'node_modules', name), link)
  }
  return folder
}

/** Run a command of a package to its end. */
export function runTool(folder: string, name: string, args: readonly string[], bin = name): Promise<Result> {
  const manifest = join(root, 'node_modules', name, 'package.json')
  const {bin: bins} = createRequire(import.meta.url)(manifest)
  const file = typeof bins === 'string' ? bins : bins[bin]
  return execute(folder, [join(dirname(manifest), file), ...args])
}
