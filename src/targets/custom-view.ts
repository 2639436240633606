/** What a project's own template sees: every field, its shape, and how it is read from a registry. */
import type {AuditEvent, Entry} from '../model/entry.ts'
import {type Kind, kinds} from '../model/kind.ts'
import {banner} from './banner.ts'
import {Text} from './checked-handlebars.ts'
import type {TargetInput} from './target.ts'

/** What a value of the view may be used for; known without a registry, so that a typo is found in any. */
export type Shape =
  /** Words of the document: a helper must quote them. */
  | {readonly is: 'text'}
  /** Letters, digits and signs that mean nothing in any language. */
  | {readonly is: 'word'}
  | {readonly is: 'number'}
  | {readonly is: 'flag'}
  | {readonly is: 'list'; readonly of: Shape}
  | {readonly is: 'record'; readonly fields: Readonly<Record<string, Shape>>}

type Field<From> = {readonly shape: Shape; readonly read: (from: From) => unknown}
type Fields<From> = Readonly<Record<string, Field<From>>>

const word = <From>(read: (from: From) => string): Field<From> => ({shape: {is: 'word'}, read})
const flag = <From>(read: (from: From) => boolean): Field<From> => ({shape: {is: 'flag'}, read})

function text<From>(read: (from: From) => string): Field<From> {
  return {shape: {is: 'text'}, read: (from) => new Text(read(from))}
}

function texts<From>(read: (from: From) => readonly string[]): Field<From> {
  return {shape: {is: 'list', of: {is: 'text'}}, read: (from) => read(from).map((item) => new Text(item))}
}

function list<From, Item>(fields: Fields<Item>, read: (from: From) => readonly Item[]): Field<From> {
  return {
    shape: {is: 'list', of: shapeOf(fields)},
    read: (from) => read(from).map((item) => readFields(fields, item)),
  }
}

function shapeOf<From>(fields: Fields<From>): Shape {
  const shapes = Object.entries(fields).map(([name, {shape}]) => [name, shape])
  return {is: 'record', fields: Object.fromEntries(shapes)}
}

function readFields<From>(fields: Fields<From>, from: From): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, {read}]) => [name, read(from)]))
}

const entryFields: Fields<Entry> = {
  id: text(({id}) => id),
  kind: word(({kind}) => kind),
  schema: text(({schema}) => schema),
  name: text(({name}) => name),
  hasSignature: flag(({signature}) => signature !== null),
  signature: texts(({signature}) => signature ?? []),
  why: text(({why}) => why),
  risks: text(({risks}) => risks),
  hasSameAs: flag(({sameAs}) => sameAs !== null),
  sameAs: text(({sameAs}) => sameAs ?? ''),
  approvedBy: text(({approval}) => approval.by),
  approvedOn: word(({approval}) => approval.date),
  isGrant: flag(({grant}) => grant !== null),
  privileges: texts(({grant}) => grant?.privileges ?? []),
  grantee: text(({grant}) => grant?.grantee ?? ''),
  section: texts(({section}) => section),
  extra: list(
    {
      heading: text(([heading]: [string, string]) => heading),
      text: text(([, cell]: [string, string]) => cell),
    },
    ({extra}) => Object.entries(extra),
  ),
}

const historyFields: Fields<AuditEvent> = {
  date: word(({date}) => date),
  auditor: text(({auditor}) => auditor),
  action: text(({action}) => action),
}

const ofKind = (entries: readonly Entry[], kind: Kind) => entries.filter((entry) => entry.kind === kind)

const kindFields: Fields<{kind: Kind; entries: readonly Entry[]}> = {
  kind: word(({kind}) => kind),
  entries: list(entryFields, ({entries}) => entries),
}

/** @see docs/templates.md */
const fields: Fields<TargetInput> = {
  banner: word(({source}) => banner(source)),
  source: text(({source}) => source),
  registry: text(({name}) => name ?? ''),
  entries: list(entryFields, ({entries}) => entries),
  kinds: list(kindFields, ({entries}) => kinds.map(({id}) => ({kind: id, entries: ofKind(entries, id)}))),
  securityDefiners: list(entryFields, ({entries}) => ofKind(entries, 'security-definer')),
  definerViews: list(entryFields, ({entries}) => ofKind(entries, 'definer-view')),
  tablesWithoutRls: list(entryFields, ({entries}) => ofKind(entries, 'no-rls')),
  grants: list(entryFields, ({entries}) => ofKind(entries, 'grant')),
  auditHistory: list(historyFields, ({history}) => history),
}

export const customShape: Shape = shapeOf(fields)

export function customView(input: TargetInput): Record<string, unknown> {
  return readFields(fields, input)
}
