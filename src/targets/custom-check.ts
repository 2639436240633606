/** A project's own template against the shape of what it sees: a typo is an error, whatever the registry holds. */
import type {} from 'handlebars'
import {blockNames} from './checked-handlebars.ts'
import {fault, isScoped, nearest, type Scope, shapeOfPath} from './custom-scope.ts'
import type {Shape} from './custom-view.ts'

/** Helpers by name: whether each takes text alone, or any value. */
export type HelperKinds = Readonly<Record<string, 'text' | 'any'>>

type Call = hbs.AST.BlockStatement | hbs.AST.MustacheStatement | hbs.AST.SubExpression

/**
 * Check every place of a template, those that no entry reaches today too.
 *
 * Handlebars' own strictness ends at blocks and at fields that every JavaScript object has, and looks only where
 * it renders: a typo in a block over no entry would wait for the first one.
 *
 * @throws {TemplateError} for the first thing that the template asks for and its view does not hold.
 */
export function checkTemplate(template: hbs.AST.Program, view: Shape, helpers: HelperKinds): void {
  const helperNames = Object.keys(helpers)
  checkBody(template, {root: view, shape: view, parent: undefined, names: {}})

  function checkBody(program: hbs.AST.Program, scope: Scope): void {
    for (const statement of program.body) {
      if (statement.type === 'MustacheStatement') checkPlaced(statement as hbs.AST.MustacheStatement, scope)
      else if (statement.type === 'BlockStatement') checkBlock(statement as hbs.AST.BlockStatement, scope)
      else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
        throw fault(statement, 'partial or decorator', 'a template of one piece')
      }
    }
  }

  function checkPlaced(node: hbs.AST.MustacheStatement, scope: Scope): void {
    if (!node.escaped) throw fault(node, '{{{…}}} or {{&…}}', '{{…}}, which escapes nothing either')
    const shape = shapeOfCall(node, scope)
    const written = `\`${originalOf(node.path)}\``
    if (shape.is === 'text')
      throw fault(node, `bare text ${written}`, `a helper around it: ${helperNames.join(', ')}`)
    if (shape.is === 'flag') throw fault(node, `flag ${written}`, '{{#if}} or {{#unless}} of it')
    if (shape.is === 'list') throw fault(node, `list ${written}`, '{{#each}} over it')
    if (shape.is === 'record')
      throw fault(node, `record ${written}`, `one of its fields: ${Object.keys(shape.fields).join(', ')}`)
  }

  function checkBlock(node: hbs.AST.BlockStatement, scope: Scope): void {
    const {program, inverse} = node
    const name = originalOf(node.path)
    // A raw block, in four braces, has no such marks; its content would be taken as it stands.
    const isRaw = !('open' in node.openStrip)
    if (isRaw || !isBare(node.path) || !blockNames.includes(name))
      throw fault(node, `block \`${name}\``, '{{#each …}}, {{#if …}} or {{#unless …}}')
    if (program === undefined) throw fault(node, `{{^${name} …}}`, `{{#${name} …}} with an {{else}}`)
    const argument = onlyArgument(node, name)
    const shape = shapeOf(argument, scope)
    const given = `${shape.is} \`${originalOf(argument)}\` in {{#${name}}}`
    if (name === 'each') {
      if (shape.is !== 'list') throw fault(node, given, 'a list')
      checkBody(program, {...scope, shape: shape.of, parent: scope, names: namesIn(node, shape.of, scope)})
    } else {
      if (shape.is !== 'flag') throw fault(node, given, 'a flag; for an empty list {{#each}} has an {{else}}')
      // Nothing would be written into it.
      if (program.blockParams) throw fault(node, `\`as |…|\` in {{#${name}}}`, 'it in {{#each}} alone')
      checkBody(program, scope)
    }
    if (inverse !== undefined) checkBody(inverse, scope)
  }

  /** Block parameters inside an {{#each}}: an item, and its number. */
  function namesIn(node: hbs.AST.BlockStatement, item: Shape, {names}: Scope): Scope['names'] {
    const {blockParams = []} = node.program
    const [itemName, numberName, surplus] = blockParams
    const taken = blockParams.find((name) => [...helperNames, ...blockNames].includes(name))
    const wrong = surplus ?? taken
    if (wrong !== undefined)
      throw fault(node, `block parameter \`${wrong}\``, 'own names for the item and its number')
    return {
      ...names,
      ...(itemName === undefined ? {} : {[itemName]: item}),
      ...(numberName === undefined ? {} : {[numberName]: {is: 'number'}}),
    }
  }

  function shapeOfCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope): Shape {
    const name = originalOf(node.path)
    const isCall = node.params.length > 0 || node.hash !== undefined || node.type === 'SubExpression'
    if (isBare(node.path) && helperNames.includes(name)) {
      const argument = onlyArgument(node, name)
      const {is} = shapeOf(argument, scope)
      if (helpers[name] === 'any' || is === 'text' || is === 'word') return {is: 'word'}
      throw fault(node, `${is} \`${originalOf(argument)}\` in {{${name}}}`, 'text')
    }
    if (isBare(node.path) && blockNames.includes(name))
      throw fault(node, `\`${name}\` as a helper`, `{{#${name} …}} … {{/${name}}}`)
    if (isCall) throw fault(node, `helper \`${name}\``, nearest(name, helperNames))
    return shapeOf(node.path, scope)
  }

  function shapeOf(node: hbs.AST.Expression, scope: Scope): Shape {
    if (isPath(node)) return shapeOfPath(node, scope)
    if (node.type === 'SubExpression') return shapeOfCall(node as hbs.AST.SubExpression, scope)
    throw fault(node, `literal \`${originalOf(node)}\``, 'a field')
  }
}

function onlyArgument(node: Call, name: string): hbs.AST.Expression {
  const [argument] = node.params
  if (argument !== undefined && node.params.length === 1 && node.hash === undefined) return argument
  const found = node.hash === undefined ? `${node.params.length} values` : 'named value'
  throw fault(node, `${found} for \`${name}\``, 'one value')
}

function isPath(node: hbs.AST.Expression): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}

/** Whether a name can mean a helper: no `this.`, no `../`, no `@`. */
function isBare(node: hbs.AST.Expression): boolean {
  return isPath(node) && !node.data && node.depth === 0 && node.parts.length === 1 && !isScoped(node)
}

function originalOf(node: hbs.AST.Expression): string {
  if (node.type === 'SubExpression') return `(${originalOf((node as hbs.AST.SubExpression).path)} …)`
  return 'original' in node ? String(node.original) : 'undefined'
}
