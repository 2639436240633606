/** A project's own template: checked, then rendered with the helpers that turn text into literals. */
import Handlebars from 'handlebars'
import {quoteIdentifier} from '../model/identifier.ts'
import {readBanner} from './banner.ts'
import {compileOptions, guardView, prepareEnvironment, TemplateError, Text} from './checked-handlebars.ts'
import {checkTemplate} from './custom-check.ts'
import {customShape, customView} from './custom-view.ts'
import {pyString} from './python-literal.ts'
import {sqlText} from './sql-literal.ts'
import type {TargetInput} from './target.ts'
import {jsonLine, tsString} from './typescript-literal.ts'

const helpers = {
  json: (value: unknown) => jsonLine(plain(value)),
  ts: (value: unknown) => tsString(textOf(value)),
  python: (value: unknown) => pyString(textOf(value)),
  sql: (value: unknown) => sqlText(textOf(value)),
  identifier: (value: unknown) => quoteIdentifier(textOf(value)),
  /** One line, for a comment that ends with the line. */
  line: (value: unknown) => textOf(value).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
  /** As it is, line feeds and all: only where the language at hand gives no character a meaning. */
  raw: (value: unknown) => textOf(value),
}

const helperNames = Object.keys(helpers)
const helperKinds = Object.fromEntries(
  helperNames.map((name) => [name, name === 'json' ? ('any' as const) : ('text' as const)]),
)

function textOf(value: unknown): string {
  if (value instanceof Text) return Text.read(value)
  if (typeof value === 'string') return value
  throw new TemplateError(`Unexpected ${value === undefined ? 'undefined' : typeof value}, expected text`)
}

/** For `json`: the value without wrappers, lists and objects too. */
function plain(value: unknown): unknown {
  if (value instanceof Text) return Text.read(value)
  if (Array.isArray(value)) return Array.from({length: value.length}, (_, index) => plain(value[index]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
}

/**
 * Render a project's own Handlebars template.
 *
 * @param template Its source.
 * @param whole Whether it makes a whole file, which must show the banner, or a region of one.
 * @returns Lines with line feeds, whatever the template's are.
 * @throws {TemplateError} when the template does not parse, asks for what is not there, or leaves text unquoted.
 */
export function renderCustom(template: string, input: TargetInput, whole: boolean): string {
  const environment = prepareEnvironment(Handlebars.create(), helpers)
  const source = template.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  checkTemplate(parse(source), customShape, helperKinds)
  const render = environment.compile(source, compileOptions(helperNames))
  const rendered = render(guardView(customView(input)))
  const text = rendered === '' || rendered.endsWith('\n') ? rendered : `${rendered}\n`
  if (whole && readBanner(text) !== input.source) {
    throw new TemplateError('Unexpected file without its banner, expected {{banner}} in a comment at the top')
  }
  return text
}

function parse(source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    throw new TemplateError(explain(error instanceof Error ? error.message : String(error)))
  }
}

/** The parser names the kinds of token that it would take, in words of its grammar. */
function explain(message: string): string {
  const found = /^Parse error on (line \d+):\n([\s\S]*)\nExpecting .*, got '(\w+)'$/.exec(message)
  if (found === null) return message
  const [, line, pointer, token] = found
  const actual = token === 'EOF' ? 'end of the template' : 'token where the mark points'
  return `Unexpected ${actual}, expected every {{ and every block to be closed (${line})\n${pointer}`
}
