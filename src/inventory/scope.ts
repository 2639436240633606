/** Which schemas are looked at, and why the others are not. */
import {compareCodePoints} from '../model/compare.ts'
import type {Coverage, Routine, Unseen} from '../model/inventory.ts'
import {isPlatformSchema} from '../model/platform-schemas.ts'
import {count} from '../model/words.ts'

const ofPlatform = 'of the platform'

export type SchemaChoice = {
  /** The configuration's: these alone, if there are any. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Schemas of the registry's entries: always looked at. */
  readonly documented: readonly string[]
}

export type SchemaToChoose = {
  readonly name: string
  readonly definers: number
  /** Of the role that reads; absent where nobody needs a right to read. */
  readonly usage?: boolean | null
}

export type Scope<Schema> = {
  readonly seen: readonly Schema[]
  readonly leftOut: Coverage['leftOut']
  readonly unknowns: readonly Unseen[]
}

/** The choice is the one that the pgTAP output makes, in the same words. */
export function chooseSchemas<Schema extends SchemaToChoose>(
  rows: readonly Schema[],
  choice: SchemaChoice,
): Scope<Schema> {
  const seen: Schema[] = []
  const leftOut: Coverage['leftOut'][number][] = []
  for (const row of rows.toSorted((a, b) => compareCodePoints(a.name, b.name))) {
    const why = whyLeftOut(row.name, choice)
    if (why === undefined) seen.push(row)
    else if (row.definers > 0 || !isScratch(row.name))
      leftOut.push({schema: row.name, why, definers: row.definers})
  }
  return {seen, leftOut, unknowns: [...wanted(rows, choice), ...withoutUsage(seen), ...strangers(rows)]}
}

function whyLeftOut(name: string, {include, exclude, documented}: SchemaChoice): string | undefined {
  if (isSystem(name)) return 'PostgreSQL’s own'
  if (documented.includes(name)) return undefined
  if (include.length > 0) return include.includes(name) ? undefined : 'not one to include'
  if (exclude.includes(name)) return 'one to exclude'
  return isPlatformSchema(name) ? ofPlatform : undefined
}

/** PostgreSQL keeps `pg_` for itself, temporary schemas among them. */
export function isSystem(name: string): boolean {
  return name === 'information_schema' || name.startsWith('pg_')
}

/** TOAST tables and what sessions keep for themselves: nothing to tell unless a definer hides there. */
function isScratch(name: string): boolean {
  return name === 'pg_toast' || /^pg_(?:toast_)?temp_/.test(name)
}

/** PostgreSQL makes no routine of its own SECURITY DEFINER: one in its schemas was put there. */
function* strangers(rows: readonly SchemaToChoose[]): Generator<Unseen> {
  for (const {name, definers} of rows) {
    if (definers === 0 || !isSystem(name)) continue
    const why = `${count(definers, 'SECURITY DEFINER routine')} in a schema of PostgreSQL’s own, which has none`
    yield {subject: name, why, location: null}
  }
}

/** What was asked for by name and cannot be looked at. */
function* wanted(rows: readonly SchemaToChoose[], choice: SchemaChoice): Generator<Unseen> {
  const existing = new Set(rows.map(({name}) => name))
  for (const name of new Set([...choice.include, ...choice.documented].sort(compareCodePoints))) {
    if (isSystem(name)) yield {subject: name, why: 'Schemas of PostgreSQL’s own are not read', location: null}
    else if (!existing.has(name)) yield {subject: name, why: 'There is no such schema', location: null}
  }
}

/**
 * The catalogues tell of objects in them nonetheless, on every version tried. But what a provider hides behind a
 * missing USAGE cannot be told from here.
 */
function* withoutUsage(seen: readonly SchemaToChoose[]): Generator<Unseen> {
  for (const {name, usage} of seen) {
    if (usage === false || usage === null)
      yield {subject: name, why: 'This role has no USAGE on the schema', location: null}
  }
}

/** Whether a schema was left out by its name alone, without anybody's word. */
export function isPlatforms({why}: Coverage['leftOut'][number]): boolean {
  return why === ofPlatform
}

/**
 * Definers that migrations of the project made in a schema that was left out as a platform's: what a project makes is
 * its own to answer for, whatever the schema is called.
 */
export function hiddenDefiners(routines: readonly Routine[]): Unseen[] {
  return routines
    .filter(({securityDefiner, origin}) => securityDefiner !== false && origin !== null)
    .map(({id, schema, origin}) => ({
      subject: id,
      why:
        `it is SECURITY DEFINER, and in schema ${schema}, which was left out as the platform’s: ` +
        'document it, or name the schema in `schemas.exclude`',
      location: origin,
    }))
    .sort((a, b) => compareCodePoints(a.subject, b.subject))
}
