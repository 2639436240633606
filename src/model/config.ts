/** The configuration, as a schema; every field has a default that suits one document in `docs/`. */
import * as z from 'zod/mini'
import {knownColumns} from './column.ts'
import {
  defaultMigrations,
  defaultRegistry,
  migrationTools,
  profileNames,
  targetIds,
} from './default-registry.ts'

const describe = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.describe(description)) as Schema

/** Relative, with `/`, inside the folder of the configuration, and harmless in a comment of any language. */
const folderPath = z
  .string()
  .check(
    z.minLength(1, 'expected a path'),
    z.regex(/^(?![\\/]|[A-Za-z]:)/, 'expected a path relative to the configuration’s folder'),
    z.regex(/^(?!(?:.*\/)?\.\.(?:\/|$))/, 'expected a path inside the configuration’s folder'),
    z.regex(
      /^[^\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}*`"<>|?]+$/u,
      'expected a path with `/` and without special characters',
    ),
  )

const filePath = folderPath.check(z.regex(/[^/]$/, 'expected the path of a file'))

const word = z.string().check(z.regex(/^[A-Za-z0-9][\w.-]*$/, 'expected letters, digits, `_`, `.` and `-`'))
const name = z.string().check(z.minLength(1, 'expected a name'))
const names = z.array(name)

const placement = {
  path: describe(
    z.optional(filePath),
    'Where it goes; by default the target’s own file name in `outputDir`.',
  ),
  region: describe(
    z.optional(word),
    'Write between `secdef:begin NAME` and `secdef:end NAME` of an existing file instead of a whole file.',
  ),
}

/** A setting that a target does not know would be a setting that is not in force. */
const RecordsOutput = z.strictObject({
  target: z.enum(['typescript', 'python']),
  ...placement,
  records: describe(z.optional(z.boolean()), 'Write the full records beside the whitelist. Default: true.'),
})

const SqlOutput = z.strictObject({
  target: z.enum(['sql']),
  ...placement,
  missing: describe(
    z.optional(z.enum(['notice', 'error'])),
    'What a documented routine that is absent or no definer does. Default: notice.',
  ),
})

const PlainOutput = z.strictObject({target: z.enum(['json', 'json-schema', 'pgtap']), ...placement})

const CustomOutput = z.strictObject({
  template: describe(filePath, 'A Handlebars template; docs/templates.md tells what it sees.'),
  path: describe(filePath, 'Where it goes.'),
  region: placement.region,
})

const outputForms = [RecordsOutput, SqlOutput, PlainOutput, CustomOutput] as const

export const OutputConfig = z.union([z.enum(targetIds), ...outputForms])
export type OutputConfig = z.infer<typeof OutputConfig>

/** The option of {@link OutputConfig} that an object was meant to be, and the keys that it can have. */
export function outputForm(value: object): {readonly option: number; readonly keys: readonly string[]} {
  const target = Object.hasOwn(value, 'target') ? Reflect.get(value, 'target') : undefined
  const knows = (form: (typeof outputForms)[number]) =>
    'target' in form.shape && form.shape.target.safeParse(target).success
  const custom = outputForms.length - 1
  const known = outputForms.findIndex(knows)
  const form =
    known !== -1 ? known : Object.hasOwn(value, 'template') ? custom : outputForms.indexOf(PlainOutput)
  return {option: form + 1, keys: Object.keys(outputForms[form]?.shape ?? {})}
}

const columnSchema = z.strictObject(
  Object.fromEntries(knownColumns.map((column) => [column, z.optional(z.union([name, names]))])),
)

const months = z
  .number()
  .check(z.multipleOf(1, 'expected a whole number'), z.lte(1200, 'expected 1200 at most'))

const ApprovalsConfig = z
  .strictObject({
    maxAgeMonths: describe(
      z.optional(months.check(z.gte(1, 'expected 1 or more'))),
      'For how many months an approval holds. One that names a month counts from the end of it.',
    ),
    warnMonths: describe(
      z.optional(months.check(z.gte(0, 'expected 0 or more'))),
      'How many months before it expires the warning begins. Default: 1.',
    ),
    roster: describe(
      z.optional(names.check(z.minLength(1, 'expected at least one name'))),
      'Who may approve, letter by letter as in Approved By.',
    ),
  })
  .check(
    z.refine(
      ({maxAgeMonths, warnMonths}) =>
        warnMonths === undefined || (maxAgeMonths !== undefined && warnMonths < maxAgeMonths),
      {path: ['warnMonths'], error: 'expected a `maxAgeMonths` beside it that is greater'},
    ),
  )
export type ApprovalsConfig = z.infer<typeof ApprovalsConfig>
export const approvalsKeys: readonly string[] = Object.keys(ApprovalsConfig.shape)

const TableStyle = z.enum(['compact', 'aligned'])
/** `compact`: a blank on each side of a cell. `aligned`: padded to the widest cell of the column. */
export type TableStyle = z.infer<typeof TableStyle>

const registryFields = {
  name: describe(
    z.optional(word),
    'Tells apart several registries that describe one database. Required where there are several.',
  ),
  document: describe(z._default(filePath, defaultRegistry.document), 'The Markdown document.'),
  outputDir: describe(
    z._default(folderPath, defaultRegistry.outputDir),
    'Where outputs without a path of their own go.',
  ),
  outputs: describe(
    z._default(
      z.array(OutputConfig).check(z.minLength(1, 'expected at least one output')),
      defaultRegistry.outputs,
    ),
    'What is generated. Default: every target.',
  ),
  columns: describe(
    z._default(columnSchema, defaultRegistry.columns),
    'Further headings, by the heading that they stand for.',
  ),
  schemas: describe(
    z._default(
      z.strictObject({include: z._default(names, []), exclude: z._default(names, [])}),
      defaultRegistry.schemas,
    ),
    'The schemas that are held against the registry: `include` alone where it is not empty, never `exclude`.',
  ),
  approvals: describe(z.optional(ApprovalsConfig), 'How long an approval holds, and who may give it.'),
  tables: describe(
    z.optional(TableStyle),
    'How `secdef fmt` lays out the registry tables; by default each stays as it is found.',
  ),
}

const migrationFields = {
  folder: describe(z._default(folderPath, defaultMigrations), 'The folder of the migrations.'),
  tool: describe(
    z.optional(z.enum(migrationTools)),
    'Whose rules of naming and order hold; by default the names of the files tell.',
  ),
  profile: describe(
    z.optional(z.enum(profileNames)),
    'What stands before the first migration; it decides what is open by default.',
  ),
}

const MigrationsConfig = z.strictObject(migrationFields)
export type MigrationsConfig = z.infer<typeof MigrationsConfig>

const SeverityConfig = z.strictObject({
  severity: describe(z.enum(['error', 'warning', 'info']), 'In place of the rule’s own.'),
  reason: describe(
    z.string().check(z.regex(/\S/, 'expected who decided it, and why')),
    'Who decided it, and why; shown with every result.',
  ),
})

const AuditConfig = z.strictObject({
  apiRoles: describe(
    z.optional(names),
    'The roles that a client of the API can be, beside PUBLIC, which always is one. Default: anon and authenticated.',
  ),
  severities: describe(
    z._default(z.record(z.string(), SeverityConfig), {}),
    'Severities by the id of an audit rule. No rule can be silenced, and nothing unknown becomes clean.',
  ),
})
export type AuditConfig = z.infer<typeof AuditConfig>

/** Of the database, of which there is one, however many registries describe it. */
const projectFields = {
  $schema: z.optional(z.string()),
  migrations: describe(
    z.optional(z.union([folderPath, MigrationsConfig])),
    'The migrations that `check` and `audit` hold the registry against: a folder, or more about it.',
  ),
  audit: describe(z._default(AuditConfig, {severities: {}}), 'What the project decides about its audit.'),
}

/** Keys of the configuration as a whole, not of one registry. */
export const projectKeys: readonly string[] = Object.keys(projectFields)
export const migrationKeys: readonly string[] = Object.keys(migrationFields)
export const auditKeys: readonly string[] = Object.keys(AuditConfig.shape)

export const RegistryConfig = z.strictObject(registryFields)
export type RegistryConfig = z.infer<typeof RegistryConfig>

/** One registry. */
export const SingleConfig = z.strictObject({...projectFields, ...registryFields})

/** Several registries in one repository. */
export const ListConfig = z.strictObject({
  ...projectFields,
  registries: describe(
    z.array(RegistryConfig).check(z.minLength(1, 'expected at least one registry')),
    'Several registries in one repository.',
  ),
})

export const Config = z.union([SingleConfig, ListConfig])

/** What a person writes: everything may be left out. */
export type UserConfig = z.input<typeof Config>
