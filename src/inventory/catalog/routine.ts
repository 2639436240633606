/** A row of pg_proc → a routine. */
import {showIdentifier} from '../../model/identifier.ts'
import type {Origin, Routine} from '../../model/inventory.ts'
import type {RoutineRow} from './queries/routines.ts'
import type {Roles} from './roles.ts'
import {stillThere} from './still-there.ts'

const kinds = {f: 'function', p: 'procedure', a: 'aggregate', w: 'window'} as const
const volatilities = {i: 'immutable', s: 'stable', v: 'volatile'} as const

/** IN, INOUT and VARIADIC: those that are given in a call. */
const inputModes: ReadonlySet<string> = new Set(['i', 'b', 'v'])

export function toRoutine(row: RoutineRow, roles: Roles, origin: Origin | null): Routine {
  const name = `${showIdentifier(row.schema)}.${showIdentifier(row.name)}`
  const signature = row.types.map((type) => stillThere(type, name))
  return {
    id: `${name}(${signature.join(', ')})`,
    schema: row.schema,
    name: row.name,
    kind: kinds[row.kind],
    signature,
    argumentNames: argumentNames(row),
    returns: row.kind === 'p' ? null : stillThere(row.returns, name),
    language: row.language,
    volatility: volatilities[row.volatility],
    securityDefiner: row.definer,
    settings: (row.settings ?? []).map(splitSetting),
    owner: roles.owner(row.owner),
    grants: roles.grants(row.grants),
    body: row.hasAtomicBody ? stillThere(row.atomicBody, name) : row.source,
    extension: row.extension,
    origin,
  }
}

function argumentNames({types, names, modes}: RoutineRow): string[] {
  if (names === null) return types.map(() => '')
  return modes === null ? names : names.filter((_, index) => inputModes.has(modes[index] ?? ''))
}

/** A value may hold `=` itself; a name cannot. */
function splitSetting(setting: string): {name: string; value: string} {
  const at = setting.indexOf('=')
  if (at < 1) throw new Error(`Unexpected setting of a routine, expected name=value: ${setting}`)
  return {name: setting.slice(0, at).toLowerCase(), value: setting.slice(at + 1)}
}
