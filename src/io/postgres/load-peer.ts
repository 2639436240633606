/** Packages that only some commands need, and that are installed by those who run them. */
import {Failure} from '../../model/failure.ts'

/**
 * @param load `() => import('…')`, written out where it is called so that a bundler sees it.
 * @throws Failure with the command to run, if the package is not installed.
 */
export async function loadPeer<Module>(
  name: string,
  why: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw new Failure(`${why} needs the package ${name}, which is not installed`, {
      hint: `npm install --save-dev ${name}`,
    })
  }
}

/** A package that is there but lacks one of its own dependencies is another fault. */
function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const isNotFound = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND'
  return isNotFound && (error.message.includes(`'${name}'`) || error.message.includes(`/${name}/`))
}
