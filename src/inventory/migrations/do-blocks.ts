/** DO blocks: what is plain to see is applied, what is not is reported. */
import type {CreateRoleStmt, DoStmt, Node} from 'libpg-query'
import {attach, attachNames} from './attached.ts'
import {deedOf, firstWords, guessCall, guessDeed, madeNow, noteCalls} from './calls.ts'
import {concernOf} from './concerns.ts'
import {type Fold, note} from './context.ts'
import {defElements} from './def-elements.ts'
import {doubt} from './doubt.ts'
import {dynamicText} from './dynamic.ts'
import {type Effect, effectsOf} from './effects.ts'
import {nameOf, stringOf} from './names.ts'
import {Refusal} from './refusal.ts'
import {attributes} from './roles.ts'
import {knowRole} from './roles-named.ts'
import {candidates, routineId} from './routine-lookup.ts'
import {rollBack, setEntry} from './world.ts'

/** @param apply How to apply a statement that runs for sure. */
export function doBlock(fold: Fold, statement: DoStmt, apply: (node: Node) => void): void {
  const parts = defElements(statement.args)
  const body = stringOf(parts.find((part) => part.defname === 'as')?.arg)
  const language = stringOf(parts.find((part) => part.defname === 'language')?.arg).toLowerCase() || 'plpgsql'
  const effects = language === 'plpgsql' ? read(fold, body) : undefined
  if (effects === undefined) {
    const deed = guessDeed(body) ?? guessCall(fold, body, new Set(), madeNow(fold))
    if (deed !== undefined) note(fold, 'a DO block', `${deed}: ${firstWords(body)}`)
    return
  }
  for (const effect of effects) applyEffect(fold, effect, apply)
}

function read(fold: Fold, body: string): Effect[] | undefined {
  const {text, start, end} = fold.source
  try {
    return effectsOf(fold.parser.parseBody(text.slice(start, end)))
  } catch {
    // The block may stand inside another statement's text: take the body alone.
    try {
      const tag = '$secdef_body$'
      return body.includes(tag) ? undefined : effectsOf(fold.parser.parseBody(`DO ${tag}${body}${tag}`))
    } catch {
      return undefined
    }
  }
}

function applyEffect(fold: Fold, effect: Effect, apply: (node: Node) => void): void {
  if (effect.kind === 'expression') {
    if (/^SELECT /.test(effect.sql) && !effect.sql.includes('(')) return
    const query = parse(fold, effect.sql)
    if (query === undefined)
      note(fold, 'a DO block', `it runs what could not be read: ${firstWords(effect.sql)}`)
    else for (const node of query) uncertain(fold, node, effect, true, apply)
    return
  }
  const dynamic = effect.kind === 'dynamic' ? dynamicText(fold.parser, effect.sql) : undefined
  const sql = effect.kind === 'dynamic' ? dynamic?.text : effect.sql
  const nodes = sql === undefined ? undefined : parse(fold, sql)
  if (nodes === undefined) {
    const why = effect.kind === 'dynamic' ? 'EXECUTE of' : 'it runs'
    note(fold, 'a DO block', `${why} what could not be read: ${firstWords(effect.sql)}`)
    return
  }
  const whole = effect.kind === 'statement' || dynamic?.whole === true
  for (const node of nodes) {
    if (whole && effect.certain) apply(node)
    else uncertain(fold, node, effect, whole, apply)
  }
  if (
    effect.kind === 'dynamic' &&
    dynamic?.safe === false &&
    nodes.every((node) => concernOf(node) !== 'facts')
  ) {
    note(
      fold,
      'a DO block',
      `EXECUTE of a text that is put together where it runs: ${firstWords(effect.sql)}`,
    )
  }
}

function parse(fold: Fold, sql: string): Node[] | undefined {
  try {
    return fold.parser.parse(sql).flatMap(({stmt}) => (stmt === undefined ? [] : [stmt]))
  } catch {
    return undefined
  }
}

/** A statement that may not run, or on a name that only the server knows. */
function uncertain(
  fold: Fold,
  node: Node,
  effect: Effect,
  whole: boolean,
  apply: (node: Node) => void,
): void {
  const concern = concernOf(node)
  attach(fold, node)
  if (concern === 'nothing') return
  if (concern === 'calls') {
    noteCalls(fold, node)
    return
  }
  if (whole && 'CreateRoleStmt' in node) {
    createRoleIfAbsent(fold, node.CreateRoleStmt)
    return
  }
  if (whole && 'AlterRoleStmt' in node) {
    doubtRole(fold, node)
    return
  }
  if (whole && (isNameOnly(node) || (effect.forgiven && isCreation(node)))) {
    tolerate(fold, () => apply(node))
    return
  }
  if ('VariableSetStmt' in node || 'AlterRoleSetStmt' in node) {
    note(fold, 'the session', `a DO block may run ${firstWords(effect.sql)}`)
    return
  }
  const doubted = doubt(fold, node)
  if (doubted === undefined) return
  const how = effect.kind === 'dynamic' ? 'by EXECUTE ' : ''
  const when = effect.certain ? 'on what only the server knows' : 'only under a condition, or several times'
  note(fold, doubted.subject, `a DO block runs ${how}${firstWords(effect.sql)}, ${when}`, doubted.about)
}

/** Made here, or there before; either way it exists, or nothing of it matters. */
function createRoleIfAbsent(fold: Fold, statement: CreateRoleStmt): void {
  const name = statement.role ?? ''
  if (fold.rolesBefore === undefined) {
    // With attributes that nobody knows.
    knowRole(fold.world, name)
    return
  }
  if (fold.rolesBefore.has(name)) return
  const {superuser = false, bypassRls = false} = attributes(statement.options)
  const {superuser: wasSuperuser, bypassRls: bypassedRls} = fold.world.roles.get(name) ?? {
    superuser,
    bypassRls,
  }
  setEntry(fold.world, fold.world.roles, name, {
    name,
    superuser: wasSuperuser === superuser ? superuser : null,
    bypassRls: bypassedRls === bypassRls ? bypassRls : null,
  })
}

/** Types stand in signatures, whichever way they came to exist; an extension is a note of its own. */
function isNameOnly(node: Node): boolean {
  return (
    'CreateEnumStmt' in node ||
    'CreateDomainStmt' in node ||
    'CompositeTypeStmt' in node ||
    'CreateRangeStmt' in node ||
    'CreateExtensionStmt' in node ||
    'GrantRoleStmt' in node
  )
}

/** What fails in a block that carries on leaves what was there. */
function isCreation(node: Node): boolean {
  return (
    'CreateStmt' in node ||
    'CreatePolicyStmt' in node ||
    'CreateSchemaStmt' in node ||
    'CreateSeqStmt' in node
  )
}

function tolerate(fold: Fold, act: () => void): void {
  const mark = fold.world.undo.length
  try {
    act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    rollBack(fold.world, mark)
  }
}

function doubtRole(fold: Fold, node: Node): void {
  if (!('AlterRoleStmt' in node)) return
  const name = node.AlterRoleStmt.role?.rolename
  const old = name === undefined ? undefined : fold.world.roles.get(name)
  if (name === undefined || old === undefined) return
  const touched = attributes(node.AlterRoleStmt.options)
  setEntry(fold.world, fold.world.roles, name, {
    ...old,
    superuser: touched.superuser === undefined ? old.superuser : null,
    bypassRls: touched.bypassRls === undefined ? old.bypassRls : null,
  })
}

/** CREATE EVENT TRIGGER: its function runs after every statement that it is for. */
export function createEventTrigger(
  fold: Fold,
  name: string,
  functionName: readonly Node[] | undefined,
): void {
  setEntry(fold.world, fold.world.eventTriggers, name, functionName?.map(stringOf) ?? [])
  const [routine] = candidates(fold, nameOf(functionName))
  const deed =
    routine === undefined
      ? 'its function is not in the folder'
      : deedOf(fold, routine, new Set(), madeNow(fold))
  if (deed === undefined) {
    // It may be replaced by one that does more.
    attachNames(fold, [nameOf(functionName)])
    return
  }
  const runs = routine === undefined ? '' : ` runs ${routineId(fold.world, routine)}`
  note(fold, `event trigger ${name}`, `from here on it${runs} after other statements: ${deed}`)
}
