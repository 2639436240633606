/** What an expression or a query refers to, so that DROP … CASCADE can take along what depends on it. */
import type {Fold} from './context.ts'
import {findRelation, type Name, nameOf} from './names.ts'
import {candidates} from './routine-lookup.ts'
import type {RoutineState, Uses} from './world.ts'

/** Any part of a tree: the walk looks at every key, as the grammar has several hundred. */
type Tree = unknown

/** Every node of one name below a tree, in the order of the text. */
export function nodesNamed(tree: Tree, name: string): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = []
  walk(tree, (key, node) => {
    if (key === name) found.push(node)
  })
  return found
}

export function walk(
  tree: Tree,
  visit: (key: string, node: Readonly<Record<string, unknown>>) => void,
): void {
  // No recursion: an expression may be as deep as the parser allows.
  const rest: Tree[] = [tree]
  while (rest.length > 0) {
    const node = rest.pop()
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index--) rest.push(node[index])
    } else if (isRecord(node)) {
      for (const key of Object.keys(node).reverse()) {
        const child = node[key]
        if (isRecord(child) && !Array.isArray(child)) visit(key, child)
        rest.push(child)
      }
    }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/**
 * Relations and routines that a tree names, by oid. Which overload a call means only the server can say: each one
 * that it could be is there with a minus sign.
 */
export function usesOf(fold: Fold, tree: Tree): Uses {
  const found = new Set<number>()
  for (const range of nodesNamed(tree, 'RangeVar')) {
    const relation = findRelation(fold, {
      schema: textAt(range, 'schemaname'),
      name: textAt(range, 'relname') ?? '',
    })
    if (relation !== undefined) found.add(relation.oid)
  }
  for (const call of calledNames(tree)) {
    const routines = candidates(fold, call).filter((routine) => takes(routine, call.args))
    for (const {oid} of routines) found.add(routines.length === 1 ? oid : -oid)
  }
  return found
}

/** Whether a function can be called with so many arguments. An array at the end may be VARIADIC. */
function takes({kind, inputs, defaults}: RoutineState, args: number): boolean {
  if (kind === 'procedure') return false
  const variadic = inputs.at(-1)?.array === true
  const least = inputs.length - defaults - (variadic ? 1 : 0)
  return args >= least && (variadic || args <= inputs.length)
}

type Call = {readonly schema: string | null; readonly name: string; readonly args: number}

/** Functions that a tree calls, as it names them. */
export function calledNames(tree: Tree): Call[] {
  // CALL holds its function under a key of its own.
  return [...nodesNamed(tree, 'FuncCall'), ...nodesNamed(tree, 'funccall')].map((call) => {
    const parts = Array.isArray(call.funcname) ? call.funcname : []
    return {...nameOf(parts), args: Array.isArray(call.args) ? call.args.length : 0}
  })
}

/**
 * Functions that a definition names: those it calls, and those of triggers, operators, casts and the like, which the
 * parser keeps apart. A name of a type is among them, as the parser takes `FUNCTION = f` for one.
 */
export function mentionedNames(tree: Tree): Name[] {
  const found: Name[] = calledNames(tree)
  walk(tree, (key, node) => {
    const inDefinition = key === 'DefElem' && isRecord(node.arg) && isRecord(node.arg.TypeName)
    const parts = [
      node.funcname,
      node.func_name,
      node.objname,
      node.plhandler,
      node.plinline,
      node.plvalidator,
      inDefinition && isRecord(node.arg) && isRecord(node.arg.TypeName) ? node.arg.TypeName.names : undefined,
    ]
    if (key === 'FuncCall' || key === 'funccall') return
    for (const one of parts) if (Array.isArray(one) && one.length > 0) found.push(nameOf(one))
  })
  return found
}

function textAt(node: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = node[key]
  return typeof value === 'string' ? value : null
}
