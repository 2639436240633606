/** The kinds of exception that a registry can hold, and what each one's rows name. */

/** What the Object Name of a row is: a routine may have a signature, a relation never has one. */
export type ObjectClass = 'routine' | 'relation' | 'any'

export type KindInfo = {
  readonly id: string
  /** Heading of the justification column; it tells the kind of the table. */
  readonly justification: string
  readonly object: ObjectClass
  /** What a row of this kind excuses, to be read after "excuses". */
  readonly excuses: string
}

/** Every kind, in the order in which outputs list them. */
export const kinds = [
  {
    id: 'security-definer',
    justification: 'Why SECURITY DEFINER',
    object: 'routine',
    excuses: 'a routine that runs as its owner',
  },
  {
    id: 'definer-view',
    justification: 'Why Definer View',
    object: 'relation',
    excuses: 'a view without security_invoker',
  },
  {
    id: 'no-rls',
    justification: 'Why No RLS',
    object: 'relation',
    excuses: 'a table without row level security enabled and forced',
  },
  {
    id: 'grant',
    justification: 'Why Granted',
    object: 'any',
    excuses: 'privileges that one API role or PUBLIC holds on one object',
  },
] as const satisfies readonly KindInfo[]

export type Kind = (typeof kinds)[number]['id']

export const kindIds = kinds.map((kind) => kind.id) as [Kind, ...Kind[]]
