/** A configuration in JavaScript or TypeScript → its value. Loaded only where there is one. */
import {pathToFileURL} from 'node:url'
import {Failure} from '../model/failure.ts'

/** @throws Failure, with the line where it can be told, if it does not run or exports nothing. */
export async function importConfig(path: string, file: string): Promise<unknown> {
  const url = pathToFileURL(path).href
  try {
    return defaultExport(await (/ts$/.test(path) ? importTypeScript(url) : import(url)), file)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure(`Cannot load ${file}${lineOf(error, [url, path])}: ${reason}`, {
      hint: 'Mend the error in the configuration.',
      cause: error,
    })
  }
}

/** As it is where Node strips types, and by tsx elsewhere or where stripping them is not enough. */
async function importTypeScript(url: string): Promise<unknown> {
  if (Reflect.get(process.features, 'typescript')) {
    try {
      return await import(url)
    } catch (error) {
      if (!(error instanceof Error && Reflect.get(error, 'code') === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'))
        throw error
    }
  }
  const {tsImport} = await import('tsx/esm/api')
  return await tsImport(url, import.meta.url)
}

/**
 * `:line` or `:line:column` of the first place in the configuration itself that a stack names. Under tsx it names
 * what was compiled, under another name, and does not count.
 */
function lineOf(error: unknown, names: readonly string[]): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const behind = names.flatMap((name) => stack.split(name).slice(1))
  const lines = behind.map((text) => /^:\d+(?::\d+)?/.exec(text)?.[0])
  return lines.find((line) => line !== undefined) ?? ''
}

/** A CommonJS module that was compiled from an ES module holds its default export one level deeper. */
function defaultExport(module: unknown, file: string): unknown {
  const outer = isRecord(module) ? module : {}
  const isCompiled = isRecord(outer.default) && '__esModule' in outer.default
  const exported = isCompiled && isRecord(outer.default) ? outer.default : outer
  if ('default' in exported) return exported.default
  throw new Failure(`${file} has no default export`, {
    hint: 'Write `export default {…}`, or `export default defineConfig({…})`.',
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
