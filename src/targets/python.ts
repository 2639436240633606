/** The Python whitelist: a frozenset, and the records as frozen dataclasses. */
import type {Entry} from '../model/entry.ts'
import {listKinds} from './kind-names.ts'
import {pyOptional, pyString, pyTuple} from './python-literal.ts'
import type {Target} from './target.ts'

export const python: Target = {
  id: 'python',
  file: 'security_exceptions.py',
  template: 'python',
  comment: '#',
  prologue: ['# fmt: off', '# ruff: noqa', '# flake8: noqa', '# isort: skip_file'],
  view: ({source, entries, options}) => ({
    docstring: pyString(`Documented security exceptions: the rows of ${source}.`),
    records: options.records,
    kinds: listKinds(entries).map((kind) => ({
      ...kind.names,
      entries: kind.entries.map((entry) => ({id: pyString(entry.id), record: record(entry)})),
    })),
  }),
}

/** The arguments of a `SecurityException`, in the order of its fields. */
function record(entry: Entry): string {
  const signature = entry.signature === null ? 'None' : pyTuple(entry.signature)
  const grant = entry.grant && `Grant(${pyTuple(entry.grant.privileges)}, ${pyString(entry.grant.grantee)})`
  const extra = Object.entries(entry.extra).map(
    ([heading, text]) => `${pyString(heading)}: ${pyString(text)}`,
  )
  return [
    `id=${pyString(entry.id)}`,
    `kind=${pyString(entry.kind)}`,
    `schema=${pyString(entry.schema)}`,
    `name=${pyString(entry.name)}`,
    `signature=${signature}`,
    `why=${pyString(entry.why)}`,
    `risks=${pyString(entry.risks)}`,
    `same_as=${pyOptional(entry.sameAs)}`,
    `approval=Approval(${pyString(entry.approval.by)}, ${pyString(entry.approval.date)})`,
    `grant=${grant ?? 'None'}`,
    `section=${pyTuple(entry.section)}`,
    `extra=MappingProxyType({${extra.join(', ')}})`,
  ].join(', ')
}
