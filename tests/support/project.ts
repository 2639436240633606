/** Project folders that tests may ruin, and all that is in them. */
import * as fs from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {onTestFinished} from 'vitest'

/** What is in a folder: text by path for files, `→ text` for links, and the empty text for `folder/`. */
export type Tree = Readonly<Record<string, string>>

/** A new folder, which any user may enter, until the test is over. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'secdef-test-'))
  fs.chmodSync(folder, 0o755)
  onTestFinished(() => fs.rmSync(folder, {recursive: true, force: true}))
  return folder
}

/** A new folder with these files, until the test is over. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder()
  fill(root, files)
  return root
}

export function fill(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(root, path)), {recursive: true})
    fs.writeFileSync(join(root, path), text)
  }
}

/** Everything below `root`, empty folders and leftovers too. */
export function tree(root: string): Tree {
  const found: Record<string, string> = {}
  const walk = (folder: string): void => {
    for (const entry of fs.readdirSync(join(root, folder), {withFileTypes: true})) {
      const path = `${folder}${entry.name}`
      if (entry.isSymbolicLink()) found[path] = `→ ${fs.readlinkSync(join(root, path))}`
      else if (entry.isDirectory()) walk(`${path}/`)
      else found[path] = fs.readFileSync(join(root, path), 'utf8')
    }
    if (folder !== '') found[folder] = ''
  }
  walk('')
  return found
}
