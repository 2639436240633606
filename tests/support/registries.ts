/** Registries for the targets: this repository's own, one of every sort of entry, and arbitrary hostile ones. */
import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {inputOf, planOutputs} from '../../src/app/outputs.ts'
import {defaultRegistry} from '../../src/model/default-registry.ts'
import type {AuditEvent, Entry} from '../../src/model/entry.ts'
import {kindIds} from '../../src/model/kind.ts'
import type {Registry} from '../../src/model/registry.ts'
import {readRegistry} from '../../src/source/registry.ts'
import type {TargetInput, TargetOptions} from '../../src/targets/target.ts'
import {routineEntry} from './entries.ts'

/** What every output of this repository is rendered from. */
export function ownInput(): TargetInput {
  const path = defaultRegistry.document
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const {registry, findings} = readRegistry(text, {path, today: '9999-12-31'})
  if (findings.length > 0) throw new Error(`${path} has findings`)
  return inputFrom(registry)
}

/** As the command makes it for the JSON output of a project without a configuration. */
export function inputFrom(registry: Registry): TargetInput {
  const output = planOutputs(defaultRegistry).find(
    ({source}) => 'target' in source && source.target === 'json',
  )
  if (output === undefined) throw new Error('The default outputs have no JSON')
  return inputOf(output, registry)
}

/** Records as a registry holds them; nothing that renders looks at the places. */
export function registryOf(entries: readonly Entry[], history: readonly AuditEvent[] = []): Registry {
  const point = {line: 1, column: 1, offset: 0}
  const located = <Value>(value: Value) => ({value, row: {start: point, end: point}, cells: {}})
  return {path: defaultRegistry.document, entries: entries.map(located), history: history.map(located)}
}

export const fullOptions: TargetOptions = {
  records: true,
  missing: 'notice',
  manifestSchema: './security-exceptions.schema.json',
  schemas: {include: [], exclude: []},
}

/** An input with these records, in the order given. */
export function recordsInput(entries: readonly Entry[], fields: Partial<TargetInput> = {}): TargetInput {
  return {
    source: defaultRegistry.document,
    name: null,
    entries,
    history: [{date: '2025-06-30', auditor: 'Core Team', action: 'Reviewed "all" rows'}],
    options: fullOptions,
    ...fields,
  }
}

/** One of every sort: each kind, with and without a signature, each optional field filled and left out. */
export const sortsOfEntries: readonly Entry[] = [
  routineEntry({
    schema: 'ops',
    name: 'claim_job',
    section: ['OPS', 'Queue'],
    extra: {Ticket: 'SEC-1', constructor: 'own'},
  }),
  routineEntry({schema: 'ops', name: 'none', signature: []}),
  routineEntry({schema: 'ops', name: 'two', signature: ['uuid', 'app_role[]'], sameAs: 'ops.none()'}),
  {...routineEntry({schema: 'api', name: 'view', section: ['API views']}), kind: 'definer-view'},
  {...routineEntry({schema: 'api', name: 'codes'}), kind: 'no-rls'},
  {
    ...routineEntry({schema: 'api', name: 'codes', id: 'api.codes to anon'}),
    kind: 'grant',
    grant: {privileges: ['INSERT', 'SELECT'], grantee: 'anon'},
  },
]

/** The fields in one order, so that two records that say the same are the same text, own `__proto__` and all. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  )
}

/** What cuts, quotes, escapes, comments, hides or interpolates, in some language. */
const fragments = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '\\"',
    "\\'",
    '\\u0041',
    '\\x41',
    '\\',
    '"""',
    "'''",
    '$$',
    '$secdef$',
    '$1',
    '$&',
  ],
  ...[
    '*/',
    '/*',
    '//',
    '--',
    '-->',
    '<!--',
    '</script>',
    '<script>',
    ']]>',
    '#',
    '#{x}',
    '$'.concat('{x}'),
    '%s',
    '%(x)s',
  ],
  ...[
    '{{x}}',
    '{{{x}}}',
    '{{#each',
    '}}',
    '\\{{',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    ':',
    ';',
    '|',
    '&amp;',
    '@',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\v',
    '\f',
    '\b',
    '\x1b[31m',
    '\x7f',
    '\x85',
    '\u2028',
    '\u2029',
    '\u00a0',
    '\ufeff',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200f',
    '\u200d',
    '\u00ad',
    '😀',
    '👩‍👩‍👧',
    '𝒳',
    '\u{e0041}',
    'e\u0301',
    'é',
    '日本',
    '\uffff',
  ],
  ...[
    '__proto__',
    'constructor',
    'None',
    'null',
    'undefined',
    'true',
    '0',
    '-0',
    '# type: ignore',
    ' ',
    'x'.repeat(10_000),
  ],
]

/** Any text that a cell could hold and more; halves of surrogate pairs and NUL are no text anywhere. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      {weight: 4, arbitrary: fc.constantFrom(...fragments)},
      fc.string({unit: 'binary', maxLength: 5}),
      fc.string({unit: 'grapheme', maxLength: 5}),
    ),
    {minLength: 1, maxLength: 6},
  )
  .map((parts) =>
    parts
      .join('')
      .replaceAll('\0', '')
      .replace(/@graphql\(|secdef:/g, ''),
  )
  .filter((text) => text !== '' && !/\p{Cs}/u.test(text))

const date = fc.constantFrom('2025-01', '2024-02-29')

const hostileEntry: fc.Arbitrary<Entry> = fc.record({
  id: hostileText,
  kind: fc.constantFrom(...kindIds, 'security-definer'),
  schema: hostileText,
  name: hostileText,
  signature: fc.option(fc.array(hostileText, {maxLength: 3})),
  why: hostileText,
  risks: hostileText,
  sameAs: fc.option(hostileText),
  approval: fc.record({by: hostileText, date}),
  grant: fc.option(
    fc.record({privileges: fc.array(hostileText, {minLength: 1, maxLength: 2}), grantee: hostileText}),
  ),
  section: fc.array(hostileText, {maxLength: 2}),
  extra: fc
    .array(
      fc.tuple(fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', '1', '')), hostileText),
      {
        maxLength: 3,
      },
    )
    .map((pairs) => Object.fromEntries(pairs)),
})

/** Entries, each id once within its kind as the reader sees to it, and a history. */
export const hostileRegistry: fc.Arbitrary<Registry> = fc
  .tuple(
    fc.uniqueArray(hostileEntry, {selector: ({kind, id}) => `${kind} ${id}`, maxLength: 8}),
    fc.array(fc.record({date: fc.constant('2025-06-30'), auditor: hostileText, action: hostileText}), {
      maxLength: 2,
    }),
  )
  .map(([entries, history]) => registryOf(entries, history))
