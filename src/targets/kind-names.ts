/** What the whitelists of each kind of exception are called in code. */
import type {Entry} from '../model/entry.ts'
import {type Kind, kinds} from '../model/kind.ts'

export type KindNames = {
  readonly list: string
  readonly type: string
  readonly guard: string
  readonly records: string
  /** A private function that makes an entry of the records. */
  readonly entry: string
  /** What is listed, to be read after "Every". */
  readonly what: string
}

const names: Readonly<Record<Kind, KindNames>> = {
  'security-definer': {
    list: 'ALLOWED_SEC_DEFINERS',
    type: 'AllowedSecDefiner',
    guard: 'isAllowedSecDefiner',
    records: 'SEC_DEFINER_EXCEPTIONS',
    entry: 'allowedSecDefiner',
    what: 'routine that may run as SECURITY DEFINER',
  },
  'definer-view': {
    list: 'ALLOWED_DEFINER_VIEWS',
    type: 'AllowedDefinerView',
    guard: 'isAllowedDefinerView',
    records: 'DEFINER_VIEW_EXCEPTIONS',
    entry: 'allowedDefinerView',
    what: 'view that may lack security_invoker',
  },
  'no-rls': {
    list: 'ALLOWED_TABLES_WITHOUT_RLS',
    type: 'AllowedTableWithoutRls',
    guard: 'isAllowedTableWithoutRls',
    records: 'NO_RLS_EXCEPTIONS',
    entry: 'allowedTableWithoutRls',
    what: 'table that may lack row level security',
  },
  grant: {
    list: 'ALLOWED_GRANTS',
    type: 'AllowedGrant',
    guard: 'isAllowedGrant',
    records: 'GRANT_EXCEPTIONS',
    entry: 'allowedGrant',
    what: 'object on which an API role or PUBLIC may hold privileges',
  },
}

/**
 * The kinds that an output lists, each with its entries.
 *
 * Definers are always there, so that an import of their whitelist compiles in every project; another kind is
 * there when the registry has a row of it, so that importing a list that nobody keeps does not.
 */
export function listKinds(entries: readonly Entry[]): {names: KindNames; entries: readonly Entry[]}[] {
  return kinds
    .map(({id}) => ({id, names: names[id], entries: entries.filter((entry) => entry.kind === id)}))
    .filter((kind) => kind.id === 'security-definer' || kind.entries.length > 0)
}
