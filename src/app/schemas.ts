/** Registries → the schemas of the database that are held against them. */
import type {SchemaChoice} from '../inventory/scope.ts'
import type {DocumentRead} from './read.ts'

/** Registries of one database are audited together: a schema is seen if any of them wants it seen. */
export function schemasOf(documents: readonly DocumentRead[]): SchemaChoice {
  const choices = documents.map(({config}) => config.schemas)
  const open = choices.filter(({include}) => include.length === 0)
  const included = choices.flatMap(({include}) => include)
  const [first] = open
  const isExcluded = (name: string) =>
    !included.includes(name) && open.every(({exclude}) => exclude.includes(name))
  return {
    include: first === undefined ? included : [],
    exclude: first === undefined ? [] : first.exclude.filter(isExcluded),
    documented: [
      ...new Set(documents.flatMap(({registry}) => registry.entries.map(({value}) => value.schema))),
    ],
  }
}
