/** What stands before the first migration, by name: exposure depends on it, so it is chosen, and said. */
import type {ProfileName} from '../../model/default-registry.ts'
import {auth} from './auth.ts'
import {legacyGrants} from './legacy-grants.ts'
import {roles} from './roles.ts'
import {schemas} from './schemas.ts'
import {storage} from './storage.ts'

export type Profile = {
  readonly name: ProfileName
  /** Run as one script, before anything else, by a superuser `postgres`. */
  readonly prelude: string
  /** What an unqualified name means at the start of every file, as `search_path` lists it. */
  readonly searchPath: readonly string[]
}

const platform = `${roles}${schemas}${auth}${storage}`

/** As the roles of Supabase have it. */
const platformPath = ['$user', 'public', 'extensions']

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  /** Supabase since 2026: nothing is granted by name. PUBLIC’s EXECUTE is PostgreSQL’s own, and stands. */
  'supabase-2026': {name: 'supabase-2026', prelude: platform, searchPath: platformPath},
  /** Supabase before: ALL on tables, sequences and functions in `public`, to anon, authenticated, service_role. */
  'supabase-legacy': {
    name: 'supabase-legacy',
    prelude: `${platform}${legacyGrants}`,
    searchPath: platformPath,
  },
  /** PostgreSQL alone: no roles, no schemas, no grants. */
  plain: {name: 'plain', prelude: '', searchPath: ['$user', 'public']},
}
