/** What a database contains, as facts: one shape, wherever they come from. Rules see nothing else. */
import type {Location} from './place.ts'

/**
 * A fact that could not be established is `null`, never a guess and never left out: a rule that needs it must
 * answer "unknown". Lists are complete unless `coverage.unknowns` says otherwise.
 */
export type Unknown = null

export type Inventory = {
  /** Where the facts come from, and what to call it in a message: a folder, a host and database. */
  readonly source: {readonly kind: 'migrations' | 'replay' | 'database'; readonly label: string}
  /** Sorted by id. System schemas are never in here. */
  readonly routines: readonly Routine[]
  /** Tables, views, materialised views, foreign tables and sequences, sorted by id. */
  readonly relations: readonly Relation[]
  /** All but PostgreSQL's own, also those that were left out: a path may name them. `coverage` tells them apart. */
  readonly schemas: readonly SchemaFacts[]
  readonly defaultPrivileges: readonly DefaultPrivilege[]
  /** Known only where the statements are: a database keeps no trace of what did nothing. */
  readonly idleRevokes?: readonly IdleRevoke[]
  /** Roles that own something or hold a privilege, and the API roles that exist, with those that they reach. */
  readonly roles: readonly Role[]
  /** Sorted by member and role. What several grantors granted is one membership. */
  readonly memberships: readonly Membership[]
  readonly coverage: Coverage
}

/** One privilege that one role holds on one object, as `aclexplode` yields it: defaults are spelled out. */
export type Grant = {
  /** A role's name, or `PUBLIC`. */
  readonly grantee: string
  /** Upper case, such as `EXECUTE`. */
  readonly privilege: string
  readonly grantable: boolean
}

/** Where in the migrations an object got its present definition, and when, if the file's name has a date. */
export type Origin = Location & {
  /** `YYYY-MM-DD`, from the file's version. */
  readonly date: string | Unknown
}

/** A function, procedure or aggregate: a row of `pg_proc`. */
export type Routine = {
  /** `schema.name(type, type)`, quoted as registry ids are. */
  readonly id: string
  readonly schema: string
  readonly name: string
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window'
  /** Input types as `format_type` prints them with an empty search_path; unknown for `%TYPE`. */
  readonly signature: readonly string[] | Unknown
  /** Names of the input arguments, '' where one has none. */
  readonly argumentNames: readonly string[]
  /** As `pg_get_function_result` prints it; `null` for a procedure too. */
  readonly returns: string | Unknown
  readonly language: string
  readonly volatility: 'immutable' | 'stable' | 'volatile'
  readonly securityDefiner: boolean | Unknown
  /** `proconfig`, in order: name in lower case, value as it is stored. */
  readonly settings: readonly {readonly name: string; readonly value: string}[] | Unknown
  readonly owner: string | Unknown
  readonly grants: readonly Grant[] | Unknown
  /** `prosrc`, or the printed body of a `BEGIN ATOMIC` one; unknown for what is not SQL or PL text. */
  readonly body: string | Unknown
  /** The extension that it belongs to. */
  readonly extension: string | null
  readonly origin: Origin | null
}

/** A row of `pg_class`. */
export type Relation = {
  /** `schema.name`. */
  readonly id: string
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table' | 'sequence'
  readonly owner: string | Unknown
  /** Tables alone: `relrowsecurity` and `relforcerowsecurity`. */
  readonly rowSecurity: {readonly enabled: boolean; readonly forced: boolean} | Unknown
  readonly policies: readonly Policy[]
  /** Id of the table that it is a partition of. */
  readonly partitionOf: string | null
  /** `reloptions`, names in lower case: views have `security_invoker` and `security_barrier` here. */
  readonly options: Readonly<Record<string, string>>
  readonly grants: readonly Grant[] | Unknown
  readonly columnGrants: readonly (Grant & {readonly column: string})[]
  readonly extension: string | null
  readonly origin: Origin | null
}

/** A row of `pg_policy`. */
export type Policy = {
  readonly name: string
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  readonly permissive: boolean
  /** Role names, or `PUBLIC`. */
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
}

export type SchemaFacts = {
  readonly name: string
  readonly owner: string | Unknown
  readonly grants: readonly Grant[] | Unknown
}

/** A row of `pg_default_acl`: what objects created later by `owner` will be open to. */
export type DefaultPrivilege = {
  readonly owner: string
  /** `null`: everywhere, in place of PostgreSQL's own defaults. Else added to them in this schema. */
  readonly schema: string | null
  readonly objects: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas'
  readonly grants: readonly Grant[]
  readonly origin: Origin | null
}

/** An `ALTER DEFAULT PRIVILEGES … IN SCHEMA … REVOKE` of what was never granted in that schema. */
export type IdleRevoke = Pick<DefaultPrivilege, 'owner' | 'objects' | 'origin'> & {
  readonly schema: string
  readonly grantee: string
}

export type Role = {
  readonly name: string
  readonly superuser: boolean | Unknown
  readonly bypassRls: boolean | Unknown
}

/** A row of `pg_auth_members`: what `GRANT role TO member` makes. */
export type Membership = {
  readonly role: string
  readonly member: string
  /** Holds the privileges of the role without doing anything for it. */
  readonly inherits: boolean | Unknown
  /** May become the role by SET ROLE; before PostgreSQL 16 every member may. */
  readonly canSet: boolean | Unknown
  /** May grant the role, to itself too. */
  readonly isAdmin: boolean | Unknown
}

/** What was looked at and what was not. It is printed with every verdict. */
export type Coverage = {
  readonly schemas: readonly string[]
  readonly leftOut: readonly {readonly schema: string; readonly why: string; readonly definers: number}[]
  /** Statements of migrations; `null` for a live server. */
  readonly statements: {readonly applied: number; readonly failed: number} | null
  /** Files of a migrations folder that its tool does not apply, sorted by path. */
  readonly leftOutFiles?: readonly {readonly path: string; readonly why: string}[]
  readonly unknowns: readonly Unseen[]
}

/** Something that may have changed the facts and could not be followed. */
export type Unseen = {
  /** What it is about, such as an object's id, or a DO block. */
  readonly subject: string
  readonly why: string
  readonly location: Location | null
  /** What alone it can have changed, where that is sure; else it may have changed anything. */
  readonly about?: 'relations' | 'extension'
}
