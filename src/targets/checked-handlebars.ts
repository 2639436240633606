/** Handlebars without its ways of saying nothing: a typo in a template throws instead of rendering less. */
import type HandlebarsType from 'handlebars'
import Runtime from 'handlebars/runtime.js'

/** A template asked for something that its view does not hold. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TemplateError'
  }
}

type Options = HandlebarsType.HelperOptions
type Helper = (this: unknown, ...args: never[]) => unknown

/**
 * Replacements for the block helpers that stay silent even in strict mode, where `{{#each nope}}` and
 * `{{#if nope}}` render nothing. `{{lookup}}`, `{{with}}` and `{{log}}` have no safe use here and are gone.
 */
const blockHelpers = {
  each(this: unknown, list: unknown, options: Options): string {
    if (!Array.isArray(list))
      throw new TemplateError(`Unexpected ${show(list)} in {{#each}}, expected a list`)
    return list
      .map((item, index) => {
        const data = Runtime.createFrame(options.data ?? {})
        Object.assign(data, {index, first: index === 0, last: index === list.length - 1})
        return options.fn(item, {data, blockParams: [item, index]})
      })
      .join('')
  },
  if(this: unknown, condition: unknown, options: Options): string {
    return flag('if', condition) ? options.fn(this) : options.inverse(this)
  },
  unless(this: unknown, condition: unknown, options: Options): string {
    return flag('unless', condition) ? options.inverse(this) : options.fn(this)
  },
}

function flag(helper: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new TemplateError(`Unexpected ${show(value)} in {{#${helper}}}, expected true or false`)
}

function show(value: unknown): string {
  return value === undefined ? 'undefined' : `${typeof value} ${JSON.stringify(value)?.slice(0, 40)}`
}

/** How every template is compiled, at build time and at run time alike. */
export function compileOptions(helpers: readonly string[] = []): Record<string, unknown> {
  const gone = {with: false, lookup: false, log: false, helperMissing: false, blockHelperMissing: false}
  const known = Object.fromEntries([...Object.keys(blockHelpers), ...helpers].map((name) => [name, true]))
  return {strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers: {...gone, ...known}}
}

/** Equip an environment, the runtime's or the full compiler's, with the checked helpers and nothing else. */
export function prepareEnvironment(
  environment: typeof HandlebarsType,
  helpers: Readonly<Record<string, Helper>> = {},
): typeof HandlebarsType {
  for (const name of Object.keys(environment.helpers)) environment.unregisterHelper(name)
  for (const [name, helper] of Object.entries({...blockHelpers, ...helpers})) {
    environment.registerHelper(name, helper as HandlebarsType.HelperDelegate)
  }
  return environment
}

/** An environment that runs templates precompiled with {@link compileOptions}. */
export function createRuntime(): typeof HandlebarsType {
  return prepareEnvironment(Runtime.create())
}
