/** A folder of migrations → its files, in the order in which its tool applies them, with their texts. */
import {type Migrations, orderMigrations} from '../../inventory/migrations/order.ts'
import {decodeUtf8} from '../../io/files.ts'
import type {ProjectFiles} from '../../io/project-files.ts'
import type {MigrationTool} from '../../model/default-registry.ts'
import {Failure} from '../../model/failure.ts'

/**
 * @param folder Relative to the root, with `/`.
 * @param tool Whose rules hold; without it the names of the files say.
 * @throws Failure if there is no such folder, no migration in it, or a file cannot be read.
 */
export function readMigrations(
  files: ProjectFiles,
  folder: string,
  tool: MigrationTool | undefined,
): Migrations {
  const paths = files.below(folder)
  if (paths === undefined) {
    throw new Failure(`No folder of migrations at ${folder} in ${files.where}`, {
      hint: 'Name it by `secdef audit --migrations DIR`, or as `migrations` in the configuration.',
    })
  }
  const order = orderMigrations(paths, tool)
  if (order.files.length === 0) {
    throw new Failure(
      `No migrations in ${folder}: ${paths.length === 0 ? 'it is empty' : order.leftOut[0]?.why}`,
      {
        hint: 'Name the folder of the migrations, and their tool as `migrations.tool` in the configuration.',
      },
    )
  }
  return {...order, files: order.files.map((file) => ({...file, text: readMigration(files, file.path)}))}
}

/** What a file would have done that cannot be read, nobody can say. */
function readMigration(files: ProjectFiles, path: string): string {
  const bytes = files.read(path)
  const text = bytes && decodeUtf8(bytes)
  if (text !== undefined) return text
  if (path.includes('\ufffd')) {
    throw new Failure(`Cannot read ${path}: its name is not UTF-8`, {hint: 'Give it another name.'})
  }
  throw new Failure(`Cannot read ${path}: it is ${bytes ? 'not UTF-8' : 'gone'}`, {
    hint: 'Save it as UTF-8, or take it out of the folder.',
  })
}
