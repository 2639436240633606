/** The configuration of a new project: it marks the root, and names the document and the migrations. */
import {defaultRegistry, type ProfileName} from '../../model/default-registry.ts'
import {createFile, nearest, type Site, type Step} from './plan.ts'

export type Chosen = {
  /** Relative to the root of the project. */
  readonly migrations: string | undefined
  readonly profile: ProfileName | undefined
}

const schema = './node_modules/secdef/dist/schemas/config.schema.json'

/** @throws Failure if nothing may be written there. */
export function planConfiguration(site: Site, {migrations, profile}: Chosen): Step {
  const config = {
    // Where there are no packages, the schema is not where an editor could find it.
    ...(nearest(site, ['package.json']) !== undefined && {$schema: schema}),
    document: defaultRegistry.document,
    ...(migrations !== undefined && {
      migrations: profile === undefined ? migrations : {folder: migrations, profile},
    }),
  }
  return createFile(site, `${site.prefix}secdef.config.json`, `${JSON.stringify(config, null, 2)}\n`)
}
