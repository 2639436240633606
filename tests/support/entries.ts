/** Entries and inputs of targets, as short as a test's point. */
import type {Entry} from '../../src/model/entry.ts'
import type {TargetInput, TargetOptions} from '../../src/targets/target.ts'

/** A routine's entry with every field filled; `id` follows from the names unless it is given. */
export function routineEntry(
  fields: Partial<Entry> & {readonly schema: string; readonly name: string},
): Entry {
  const signature = fields.signature ?? null
  return {
    id: `${fields.schema}.${fields.name}${signature === null ? '' : `(${signature.join(', ')})`}`,
    kind: 'security-definer',
    why: 'Must work for every caller.',
    risks: 'Parameters are validated.',
    sameAs: null,
    approval: {by: 'Core Team', date: '2025-01'},
    grant: null,
    section: [],
    extra: {},
    ...fields,
    signature,
  }
}

/** Options of a target as a configuration that says nothing has them. */
export const defaultOptions: TargetOptions = {
  records: false,
  missing: 'notice',
  manifestSchema: null,
  schemas: {include: [], exclude: []},
}

/** What a target renders. The entries are taken as they stand: a caller sorts where order matters. */
export function targetInput(entries: readonly Entry[], fields: Partial<TargetInput> = {}): TargetInput {
  return {
    source: 'docs/SECURITY_EXCEPTIONS.md',
    name: null,
    entries,
    history: [],
    options: defaultOptions,
    ...fields,
  }
}
