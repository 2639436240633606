/** What a row is to say, as a person typed it, and the name that it is to have. */
import {Failure} from '../../model/failure.ts'
import {showIdentifier} from '../../model/identifier.ts'
import {type Kind, kinds, type ObjectClass} from '../../model/kind.ts'
import {type ObjectName, readObjectName} from '../object-name.ts'

/** The texts of a row; `undefined` where nobody has said anything. */
export type RowTexts = {
  readonly why?: string | undefined
  readonly risks?: string | undefined
  readonly approvedBy?: string | undefined
  /** Kind `grant` alone. */
  readonly privileges?: string | undefined
  readonly grantedTo?: string | undefined
}

/** A routine or relation with its schema. */
export type QualifiedName = ObjectName & {readonly schema: string}

export function objectClassOf(kind: Kind): ObjectClass {
  return kinds.find(({id}) => id === kind)?.object ?? 'any'
}

export function justificationOf(kind: Kind): string {
  return kinds.find(({id}) => id === kind)?.justification ?? ''
}

/** Columns by the text that goes into them. */
export function columnOf(field: keyof RowTexts, kind: Kind): string {
  if (field === 'why') return justificationOf(kind)
  return {
    risks: 'Risks Mitigated',
    approvedBy: 'Approved By',
    privileges: 'Privileges',
    grantedTo: 'Granted To',
  }[field]
}

/** @throws Failure if the text is no name, or one without a schema and none is given. */
export function parseName(text: string, kind: Kind, schema?: string): QualifiedName {
  const name = readObjectName(text.trim(), objectClassOf(kind))
  if ('ruleId' in name) {
    if (name.ruleId === 'upper-case-name') {
      throw new Failure(`Unexpected name ${name.actual}, expected ${name.folded}`, {
        hint: `PostgreSQL folds it to ${name.folded}; write "${name.actual}" with its quotation marks if that is its name.`,
      })
    }
    throw new Failure(`Unexpected name ${JSON.stringify(text)}: ${name.reason}`, {
      hint: 'Write `schema.name`, or `schema.name(type, type)` for one of several overloads.',
    })
  }
  const known = name.schema ?? schema
  if (known !== undefined) return {...name, schema: known}
  throw new Failure(`Unexpected name ${text} without a schema, expected schema.${text}`, {
    hint: 'A name alone does not say which object is meant.',
  })
}

/** The name as an Object Name cell states it. */
export function showName({schema, name, signature}: ObjectName): string {
  const types = signature === null ? '' : `(${signature.join(', ')})`
  return `${schema === undefined ? '' : `${showIdentifier(schema)}.`}${showIdentifier(name)}${types}`
}
