/** The text that EXECUTE runs, as far as it stands in the migration. */
import type {Node} from 'libpg-query'
import {stringOf} from './names.ts'
import type {Parser} from './parser.ts'
import {constantOf} from './setting-value.ts'

/** Stands in the text for a value that only the server knows. */
export const blank = 'secdef_any'

export type Dynamic = {
  readonly text: string
  /** Nothing is left open: it is as good as a statement that is written out. */
  readonly whole: boolean
  /** What is left open is quoted, so that it can only be a name or a value, and never more SQL. */
  readonly safe: boolean
}

const nothing: Dynamic = {text: '', whole: true, safe: true}
const open: Dynamic = {text: ` ${blank} `, whole: false, safe: false}

/** @param expression The expression after EXECUTE. @returns `undefined` if nothing of the text is written there. */
export function dynamicText(parser: Parser, expression: string): Dynamic | undefined {
  try {
    const [statement] = parser.parse(`SELECT ${expression}`)
    const node = statement?.stmt
    const target = node !== undefined && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined
    const found = target !== undefined && 'ResTarget' in target ? read(target.ResTarget.val) : open
    return found.text.replaceAll(blank, '').trim() === '' ? undefined : found
  } catch {
    return undefined
  }
}

function read(node: Node | undefined): Dynamic {
  const constant = constantOf(node)
  if (constant !== undefined) return {text: constant, whole: true, safe: true}
  if (node === undefined) return open
  if ('TypeCast' in node) return read(node.TypeCast.arg)
  if ('A_Expr' in node && stringOf(node.A_Expr.name?.[0]) === '||') {
    return join([read(node.A_Expr.lexpr), read(node.A_Expr.rexpr)])
  }
  if (!('FuncCall' in node)) return open
  const {args = []} = node.FuncCall
  switch (stringOf(node.FuncCall.funcname?.at(-1))) {
    case 'quote_ident':
      return {text: constantOf(args[0]) ?? blank, whole: constantOf(args[0]) !== undefined, safe: true}
    case 'quote_literal':
    case 'quote_nullable':
      return {
        text: `'${constantOf(args[0])?.replaceAll("'", "''") ?? blank}'`,
        whole: constantOf(args[0]) !== undefined,
        safe: true,
      }
    case 'concat':
      return join(args.map(read))
    case 'format':
      return format(constantOf(args[0]), args.slice(1))
    default:
      return open
  }
}

function join(parts: readonly Dynamic[]): Dynamic {
  return parts.reduce(
    (sum, part) => ({
      text: sum.text + part.text,
      whole: sum.whole && part.whole,
      safe: sum.safe && part.safe,
    }),
    nothing,
  )
}

/** `format()`, with its `%I`, `%L`, `%s`, `%%` and their positions. */
function format(template: string | undefined, args: readonly Node[]): Dynamic {
  if (template === undefined) return open
  let next = 0
  let [whole, safe] = [true, true]
  const text = template.replace(
    /%(?:(\d+)\$)?(?:-?\d*)?([ILs%])/g,
    (_, position: string | undefined, type: string) => {
      if (type === '%') return '%'
      next = position === undefined ? next + 1 : Number(position)
      const value = constantOf(args[next - 1])
      whole &&= value !== undefined
      safe &&= value !== undefined || type !== 's'
      if (type === 'L') return `'${value?.replaceAll("'", "''") ?? blank}'`
      if (type === 'I' && value !== undefined) return `"${value.replaceAll('"', '""')}"`
      return value ?? blank
    },
  )
  return {text, whole, safe}
}
