/** What holds where a configuration says nothing, and without one. Apart from the schema, which costs time. */

/** The outputs that come with the tool, in the order in which they are written. */
export const targetIds = ['typescript', 'python', 'sql', 'json', 'json-schema', 'pgtap'] as const
export type TargetId = (typeof targetIds)[number]

export const defaultRegistry = {
  document: 'docs/SECURITY_EXCEPTIONS.md',
  outputDir: 'generated',
  outputs: [...targetIds],
  columns: {},
  schemas: {include: [] as string[], exclude: [] as string[]},
}
