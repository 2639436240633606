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

/** Words that are no literal yet: placing them without a helper that quotes them is an error, not an injection. */
export class Text {
  readonly #words: string

  constructor(words: string) {
    this.#words = words
  }

  static read(text: Text): string {
    return text.#words
  }

  [Symbol.toPrimitive](): never {
    const shown = JSON.stringify(this.#words.slice(0, 40))
    throw new TemplateError(`Unexpected bare text ${shown}, expected a helper around it`)
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
    if (list.length === 0) return options.inverse(this)
    // A guarded list has no methods and no iterator of its own.
    const items = Array.from({length: list.length}, (_, index) => renew(list[index]))
    return items
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

/**
 * The same item as another object. Handlebars takes a block whose item is the very object of the block around it
 * for no new level, so that `../` in a list inside itself would mean one level too far out, for that one item.
 */
function renew(item: unknown): unknown {
  if (item instanceof Text) return new Text(Text.read(item))
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
  return Object.create(Object.getPrototypeOf(item), Object.getOwnPropertyDescriptors(item))
}

/** The names of the blocks that a template may open. */
export const blockNames: readonly string[] = Object.keys(blockHelpers)

function flag(helper: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new TemplateError(`Unexpected ${show(value)} in {{#${helper}}}, expected true or false`)
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`
  if (typeof value === 'object' && value !== null) return `object with ${Object.keys(value).join(', ')}`
  return typeof value === 'string' ? `text ${JSON.stringify(value.slice(0, 40))}` : String(value)
}

/** How every template is compiled, at build time and at run time alike. */
export function compileOptions(helpers: readonly string[] = []): Record<string, unknown> {
  const gone = {with: false, lookup: false, log: false, helperMissing: false, blockHelperMissing: false}
  const known = Object.fromEntries([...blockNames, ...helpers].map((name) => [name, true]))
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

/**
 * Copy a view so that what Handlebars would pass over without a word throws instead: a field that nothing was
 * written into, a list or an object where text belongs (`a,b`, `[object Object]`), a field that JavaScript
 * gives to every object (`constructor` is there and renders as nothing).
 *
 * @param path Where in the view the value stands, for the message.
 * @throws {TemplateError} for a value that no template can place.
 */
export function guardView(value: unknown, path = 'the view'): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value
  if (typeof value !== 'object' || value === null)
    throw new TemplateError(
      `Unexpected ${show(value)} as ${path}, expected text, a number, a flag, a list or fields`,
    )
  if (value instanceof Text) return value
  const copy: object = Array.isArray(value)
    ? Object.setPrototypeOf(
        value.map((item, index) => guardView(item, `${path}.${index}`)),
        null,
      )
    : Object.assign(
        Object.create(null),
        Object.fromEntries(
          Object.entries(value).map(([key, field]) => [key, guardView(field, `${path}.${key}`)]),
        ),
      )
  const refuse = (): never => {
    const expected = Array.isArray(copy) ? '{{#each}} over it' : 'one of its fields'
    throw new TemplateError(`Unexpected ${show(copy)} as ${path}, expected ${expected}`)
  }
  return Object.defineProperty(copy, Symbol.toPrimitive, {value: refuse})
}
