/** A statement that may or may not have run, or on nobody knows what: which facts it puts in doubt. */
import type {AlterTableStmt, Node, ObjectWithArgs, RangeVar} from 'libpg-query'
import {concernOf} from './concerns.ts'
import type {Fold} from './context.ts'
import {defElements} from './def-elements.ts'
import {blank} from './dynamic.ts'
import {type Name, nameOf, rangeName, show, stringOf, words} from './names.ts'
import {routineId} from './routine-lookup.ts'
import {type Doubt, put, type RelationState, type RoutineState} from './world.ts'

type About = {
  readonly what: 'routine' | 'relation' | 'schema' | 'other'
  readonly name: Name
  readonly doubts: readonly Doubt[]
}

/**
 * Put the facts in doubt that a statement could have changed. A name that is {@link blank} is any name.
 *
 * @returns What it is about, in words as narrow as the statement allows; `undefined` if no fact is.
 */
export function doubt(fold: Fold, node: Node): {subject: string; about?: 'relations'} | undefined {
  if (concernOf(node) !== 'facts') return undefined
  const abouts = aboutOf(node)
  const subjects = new Set(abouts.map((about) => doubtOne(fold, about)))
  // What is dropped with CASCADE can take routines along.
  const isOfRelations =
    abouts.length > 0 &&
    abouts.every(({what}) => what === 'relation') &&
    !('DropStmt' in node && node.DropStmt.behavior === 'DROP_CASCADE')
  return {
    subject: subjects.size === 0 ? 'what it is about' : [...subjects].join(', '),
    ...(isOfRelations && {about: 'relations'}),
  }
}

function doubtOne(fold: Fold, about: About): string {
  if (about.what === 'routine') {
    const found = [...fold.world.routines.byOid.values()].filter((routine) => matches(routine, about.name))
    for (const routine of found) {
      put(fold.world, fold.world.routines, {
        ...routine,
        doubts: new Set([...routine.doubts, ...about.doubts]),
      })
    }
    const [only] = found
    if (only !== undefined && found.length === 1 && about.name.name !== blank)
      return routineId(fold.world, only)
  } else if (about.what === 'relation') {
    for (const relation of [...fold.world.relations.byOid.values()]) {
      if (!matches(relation, about.name)) continue
      put(fold.world, fold.world.relations, {
        ...relation,
        doubts: new Set([...relation.doubts, ...about.doubts]),
      })
    }
    const found = [...fold.world.relations.byOid.values()].filter((relation) => matches(relation, about.name))
    const [only] = found
    if (only !== undefined && found.length === 1 && about.name.name !== blank) return show(only)
  }
  return inWords(about)
}

/** A name without a schema may mean any schema's: where it runs, the search_path may be another one. */
function matches(item: RoutineState | RelationState, name: Name): boolean {
  return (
    (name.schema === null || name.schema === blank || name.schema === item.schema) &&
    (name.name === blank || name.name === item.name)
  )
}

function inWords({what, name}: About): string {
  if (name.name !== blank) return show({schema: name.schema === blank ? null : name.schema, name: name.name})
  const some = what === 'other' ? 'objects' : `${what}s`
  return name.schema === null || name.schema === blank
    ? some
    : `${some} of ${show({schema: null, name: name.schema})}`
}

function aboutOf(node: Node): About[] {
  const relation = (range: RangeVar | undefined, doubts: readonly Doubt[]): About => ({
    what: 'relation',
    name: rangeName(range),
    doubts,
  })
  const routine = (object: ObjectWithArgs | undefined, doubts: readonly Doubt[]): About => ({
    what: 'routine',
    name: nameOf(object?.objname),
    doubts,
  })
  if ('GrantStmt' in node) {
    const {objtype, targtype, objects = []} = node.GrantStmt
    const onRoutines = /FUNCTION|PROCEDURE|ROUTINE/.test(objtype ?? '')
    return objects.map((object): About => {
      if ('ObjectWithArgs' in object) return routine(object.ObjectWithArgs, ['grants'])
      if ('RangeVar' in object) return relation(object.RangeVar, ['grants'])
      const name = stringOf(object)
      if (targtype !== 'ACL_TARGET_ALL_IN_SCHEMA')
        return {what: 'schema', name: {schema: null, name}, doubts: []}
      return {
        what: onRoutines ? 'routine' : 'relation',
        name: {schema: name, name: blank},
        doubts: ['grants'],
      }
    })
  }
  if ('AlterFunctionStmt' in node) {
    const actions = defElements(node.AlterFunctionStmt.actions).map((action) => action.defname)
    const doubts: Doubt[] = []
    if (actions.includes('set')) doubts.push('settings')
    if (actions.includes('security')) doubts.push('securityDefiner')
    return [routine(node.AlterFunctionStmt.func, doubts)]
  }
  if ('CreateFunctionStmt' in node) {
    const doubts: Doubt[] = ['settings', 'securityDefiner']
    return [{what: 'routine', name: nameOf(node.CreateFunctionStmt.funcname), doubts}]
  }
  if ('AlterOwnerStmt' in node) {
    const {object, objectType} = node.AlterOwnerStmt
    if (object !== undefined && 'ObjectWithArgs' in object)
      return [routine(object.ObjectWithArgs, ['owner', 'grants'])]
    const name =
      object !== undefined && 'List' in object
        ? nameOf(object.List.items)
        : {schema: null, name: stringOf(object)}
    return [{what: objectType === 'OBJECT_SCHEMA' ? 'schema' : 'other', name, doubts: []}]
  }
  if ('AlterTableStmt' in node) return [relation(node.AlterTableStmt.relation, doubtsOf(node.AlterTableStmt))]
  if ('CreatePolicyStmt' in node) return [relation(node.CreatePolicyStmt.table, [])]
  if ('AlterPolicyStmt' in node) return [relation(node.AlterPolicyStmt.table, [])]
  if ('CreateStmt' in node) return [relation(node.CreateStmt.relation, [])]
  if ('ViewStmt' in node) return [relation(node.ViewStmt.view, ['options'])]
  if ('DropStmt' in node) {
    return (node.DropStmt.objects ?? []).map((object): About => {
      if ('ObjectWithArgs' in object) return routine(object.ObjectWithArgs, [])
      if ('TypeName' in object) return {what: 'other', name: nameOf(object.TypeName.names), doubts: []}
      const parts = 'List' in object ? words(object.List.items) : [stringOf(object)]
      // A policy stands behind its table.
      const own = node.DropStmt.removeType === 'OBJECT_POLICY' ? parts.slice(0, -1) : parts
      return {what: 'relation', name: {schema: own.at(-2) ?? null, name: own.at(-1) ?? ''}, doubts: []}
    })
  }
  if ('CreateSchemaStmt' in node) {
    return [{what: 'schema', name: {schema: null, name: node.CreateSchemaStmt.schemaname ?? ''}, doubts: []}]
  }
  return []
}

function doubtsOf(statement: AlterTableStmt): Doubt[] {
  const found = new Set<Doubt>()
  for (const node of statement.cmds ?? []) {
    const subtype = 'AlterTableCmd' in node ? (node.AlterTableCmd.subtype ?? '') : ''
    if (subtype.endsWith('RowSecurity')) found.add('rowSecurity')
    if (subtype === 'AT_ChangeOwner') found.add('owner').add('grants')
    if (subtype.endsWith('RelOptions')) found.add('options')
  }
  return [...found]
}
