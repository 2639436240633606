/** What holds where a configuration says nothing, and without one. Apart from the schema, which costs time. */

/** The outputs that come with the tool, in the order in which they are written. */
export const targetIds = ['typescript', 'python', 'sql', 'json', 'json-schema', 'pgtap'] as const
export type TargetId = (typeof targetIds)[number]

/** Migration tools whose names of files and whose order are known. */
export const migrationTools = ['supabase', 'flyway', 'prisma', 'numbered', 'alphabetical'] as const
export type MigrationTool = (typeof migrationTools)[number]

/** What may stand before the first migration. */
export const profileNames = ['supabase-2026', 'supabase-legacy', 'plain'] as const
export type ProfileName = (typeof profileNames)[number]

/** Where the Supabase CLI keeps them. */
export const defaultMigrations = 'supabase/migrations'

export const defaultRegistry = {
  document: 'docs/SECURITY_EXCEPTIONS.md',
  outputDir: 'generated',
  outputs: [...targetIds],
  columns: {},
  schemas: {include: [] as string[], exclude: [] as string[]},
}
