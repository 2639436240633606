/** What stands before the first migration, by name: exposure depends on it, so it is chosen, and said. */
import {auth} from './auth.ts'
import {legacyGrants} from './legacy-grants.ts'
import {roles} from './roles.ts'
import {schemas} from './schemas.ts'
import {storage} from './storage.ts'

export type Profile = {
  /** Run as one script, before anything else. */
  readonly prelude: string
  /** What an unqualified name means at the start of every file. */
  readonly searchPath: string
}

const platform = `${roles}${schemas}${auth}${storage}`

/** As the roles of Supabase have it. */
const platformPath = '"$user", public, extensions'

export const profiles = {
  /** Supabase since 2026: nothing is granted by name. PUBLIC’s EXECUTE is PostgreSQL’s own, and stands. */
  'supabase-2026': {prelude: platform, searchPath: platformPath},
  /** Supabase before: ALL on tables, sequences and functions in `public`, to anon, authenticated, service_role. */
  'supabase-legacy': {prelude: `${platform}${legacyGrants}`, searchPath: platformPath},
  /** PostgreSQL alone: no roles, no schemas, no grants. */
  plain: {prelude: '', searchPath: '"$user", public'},
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof profiles
