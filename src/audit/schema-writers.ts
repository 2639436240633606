/** Who may create objects in a schema, and so decide what names on a path mean. */
import {isOpenTo, type Subject} from './subject.ts'

/** `isSure`: that the role is no superuser, who needs no privilege anyway. */
export type Writer = {readonly role: string; readonly isSure: boolean}

/** Stands for the owner of the database, who has it without being granted. */
const databaseOwner = 'pg_database_owner'

/**
 * Holders of CREATE besides those who could do as they like anyway: the schema's owner and superusers.
 *
 * @returns `null` where it is unknown.
 */
export function writersOf(schema: string, subject: Subject): readonly Writer[] | null {
  if (schema.startsWith('pg_') || schema === 'information_schema') return []
  const facts = subject.schemas.get(schema)
  if (facts?.grants == null) return null
  const {owner} = facts
  return facts.grants
    .filter(({grantee, privilege}) => privilege === 'CREATE' && grantee !== databaseOwner)
    .filter(({grantee}) => grantee !== owner || isOpenTo(subject, grantee, owner))
    .flatMap(({grantee}): Writer[] => {
      if (subject.apiRoles.has(grantee)) return [{role: grantee, isSure: true}]
      const isSuperuser = subject.roles.get(grantee)?.superuser ?? null
      return isSuperuser === true ? [] : [{role: grantee, isSure: isSuperuser === false && owner !== null}]
    })
}
