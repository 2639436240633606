/** A project's own template: what it sees, and the helpers that turn text into literals. */
import Handlebars from 'handlebars'
import type {Entry} from '../model/entry.ts'
import {quoteIdentifier} from '../model/identifier.ts'
import {type Kind, kinds} from '../model/kind.ts'
import {banner, readBanner} from './banner.ts'
import {compileOptions, prepareEnvironment, TemplateError} from './checked-handlebars.ts'
import {pyString} from './python-literal.ts'
import {sqlText} from './sql-literal.ts'
import type {TargetInput} from './target.ts'
import {jsonLine, tsString} from './typescript-literal.ts'

/** Text of the document: placing it without a helper that quotes it is an error, not an injection. */
class Text {
  readonly value: string

  constructor(value: string) {
    this.value = value
  }

  toString(): never {
    throw new TemplateError(
      `Unexpected bare text ${JSON.stringify(this.value.slice(0, 40))}, expected a helper around it: ${helperNames.join(', ')}`,
    )
  }
}

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

function textOf(value: unknown): string {
  if (value instanceof Text) return value.value
  if (typeof value === 'string') return value
  throw new TemplateError(`Unexpected ${value === undefined ? 'undefined' : typeof value}, expected text`)
}

/** For `json`: the value without wrappers, lists and objects too. */
function plain(value: unknown): unknown {
  if (value === undefined) throw new TemplateError('Unexpected undefined, expected a value')
  if (value instanceof Text) return value.value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
}

/**
 * Render a project's own Handlebars template.
 *
 * @param template Its source.
 * @param whole Whether it makes a whole file, which must show the banner, or a region of one.
 * @throws {TemplateError} when the template asks for what is not there, or leaves text unquoted.
 */
export function renderCustom(template: string, input: TargetInput, whole: boolean): string {
  const environment = prepareEnvironment(Handlebars.create(), helpers)
  const rendered = environment.compile(template, compileOptions(helperNames))(viewOf(input))
  const text = rendered === '' || rendered.endsWith('\n') ? rendered : `${rendered}\n`
  if (whole && readBanner(text) === undefined) {
    throw new TemplateError('Unexpected file without its banner, expected {{banner}} in a comment at the top')
  }
  return text
}

/** @see docs/templates.md */
function viewOf({source, name, entries, history}: TargetInput): Record<string, unknown> {
  const ofKind = (kind: Kind) => entries.filter((entry) => entry.kind === kind).map(viewOfEntry)
  return {
    banner: banner(source),
    source: new Text(source),
    registry: new Text(name ?? ''),
    entries: entries.map(viewOfEntry),
    kinds: kinds.map(({id}) => ({kind: id, entries: ofKind(id)})),
    securityDefiners: ofKind('security-definer'),
    definerViews: ofKind('definer-view'),
    tablesWithoutRls: ofKind('no-rls'),
    grants: ofKind('grant'),
    auditHistory: history.map(({date, auditor, action}) => ({
      date,
      auditor: new Text(auditor),
      action: new Text(action),
    })),
  }
}

function viewOfEntry(entry: Entry): Record<string, unknown> {
  return {
    id: new Text(entry.id),
    kind: entry.kind,
    schema: new Text(entry.schema),
    name: new Text(entry.name),
    hasSignature: entry.signature !== null,
    signature: (entry.signature ?? []).map((type) => new Text(type)),
    why: new Text(entry.why),
    risks: new Text(entry.risks),
    hasSameAs: entry.sameAs !== null,
    sameAs: new Text(entry.sameAs ?? ''),
    approvedBy: new Text(entry.approval.by),
    approvedOn: entry.approval.date,
    isGrant: entry.grant !== null,
    privileges: entry.grant?.privileges ?? [],
    grantee: new Text(entry.grant?.grantee ?? ''),
    section: entry.section.map((heading) => new Text(heading)),
    extra: Object.entries(entry.extra).map(([heading, text]) => ({
      heading: new Text(heading),
      text: new Text(text),
    })),
  }
}
