/** What a name in a project's own template means, by its place: paths → shapes. */
import type {} from 'handlebars'
import {suggest} from '../model/suggest.ts'
import {TemplateError} from './checked-handlebars.ts'
import type {Shape} from './custom-view.ts'

/** What the names of a template mean at one place in it. */
export type Scope = {
  /** Of `@root`. */
  readonly root: Shape
  /** Of `this`. */
  readonly shape: Shape
  /** What `../` means; `undefined` outside of any {{#each}}. */
  readonly parent: Scope | undefined
  /** Block parameters in sight. */
  readonly names: Readonly<Record<string, Shape>>
}

/** What Handlebars knows of each round of {{#each}}. */
const eachVariables: Readonly<Record<string, Shape>> = {
  index: {is: 'number'},
  first: {is: 'flag'},
  last: {is: 'flag'},
}

/** @throws {TemplateError} for a path that leads nowhere. */
export function shapeOfPath(path: hbs.AST.PathExpression, scope: Scope): Shape {
  const parts: readonly string[] = path.parts
  const [first = '', ...rest] = parts
  const from = climb(path, scope)
  if (path.data) return walk(path, shapeOfVariable(path, first, from), rest)
  const parameter = path.depth === 0 && !isScoped(path) ? ownValue(scope.names, first) : undefined
  return parameter === undefined ? walk(path, from.shape, parts) : walk(path, parameter, rest)
}

function climb(path: hbs.AST.PathExpression, scope: Scope): Scope {
  let from: Scope | undefined = scope
  for (let step = 0; step < path.depth; step++) from = from?.parent
  if (from !== undefined) return from
  throw fault(path, `\`${path.original}\``, 'no more `../` than there are {{#each}} around it')
}

function shapeOfVariable(path: hbs.AST.PathExpression, name: string, scope: Scope): Shape {
  if (name === 'root') return scope.root
  const shape = scope.parent === undefined ? undefined : ownValue(eachVariables, name)
  if (shape !== undefined) return shape
  throw fault(path, `\`${path.original}\``, '@root, or inside {{#each}} @index, @first, @last')
}

function walk(path: hbs.AST.PathExpression, shape: Shape, parts: readonly string[]): Shape {
  const [part, ...rest] = parts
  if (part === undefined) return shape
  if (shape.is === 'list' && part === 'length') return walk(path, {is: 'number'}, rest)
  const fields = shape.is === 'record' ? shape.fields : {}
  const field = ownValue(fields, part)
  if (field !== undefined) return walk(path, field, rest)
  const where = path.original === part ? '' : ` in \`${path.original}\``
  const known = Object.keys(fields)
  throw fault(
    path,
    `field \`${part}\`${where}`,
    known.length > 0 ? nearest(part, known) : `no field of a ${shape.is}`,
  )
}

function ownValue<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Handlebars' own test of what cannot be a helper or a block parameter. */
export function isScoped({original}: hbs.AST.PathExpression): boolean {
  return /^\.|this\b/.test(original)
}

/** The name that was probably meant, or all of them. */
export function nearest(name: string, known: readonly string[]): string {
  const near = suggest(name, known)
  return near === undefined ? `one of ${known.join(', ')}` : `\`${near}\``
}

export function fault({loc}: hbs.AST.Node, actual: string, expected: string): TemplateError {
  const place = `line ${loc.start.line}, column ${loc.start.column + 1}`
  return new TemplateError(`Unexpected ${actual}, expected ${expected} (${place})`)
}
