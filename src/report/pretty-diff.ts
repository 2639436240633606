/** Changes for a person at a terminal, the gravest first. */
import type {Part} from '../diff/change.ts'
import type {Level} from '../diff/concerns.ts'
import {abridge, type DiffView, remarksOf, showBase, tally, tell} from './diff-words.ts'
import {layout} from './pretty-findings.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

export type PrettyDiff = DiffView & {
  /** Path as the reader can open it from where they are. */
  readonly showPath: (path: string) => string
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
}

const colors = {danger: 'red', review: 'yellow', note: 'blue'} as const satisfies Record<
  Level,
  Parameters<Style>[0]
>

/** Letters that are shown of a stretch without a change. */
const shownSame = 160

const margin = 20

export function prettyDiff(view: PrettyDiff): string {
  const {base, registries, showPath, style, width} = view
  const {paragraph, entry} = layout({sources: new Map(), style, width})
  const lines = [style('bold', visible(`Changes since ${showBase(base)}`))]
  lines.push(...remarksOf(view).flatMap(paragraph), '')
  for (const registry of registries) {
    for (const change of registry.changes) {
      const {subject, says, facts, where} = tell(change, registry, base)
      // A path with a revision before it is git's, and stands for no file from here.
      const isOld = change.type === 'removed' || change.type === 'event-removed'
      const path = isOld ? where.path : showPath(where.path)
      const at = `${visible(path)}:${where.place?.start.line}`
      const level = style(colors[change.level], change.level)
      lines.push(`${level}  ${style('bold', visible(subject))}  ${style('dim', at)}`)
      lines.push(...says.flatMap(paragraph))
      for (const {label, parts} of facts)
        lines.push(...entry(visible(label).slice(0, margin), showParts(parts), margin))
      lines.push('')
    }
  }
  return lines.map((line) => `${line}\n`).join('')
}

export function diffLine({registries}: DiffView, style: Style): string {
  const isDangerous = registries.some(({changes}) => changes.some(({level}) => level === 'danger'))
  return `${isDangerous ? style('red', '!') : style('green', '✓')} ${tally(registries)}`
}

/** As `git diff --word-diff` marks them. */
function showParts(parts: readonly Part[]): string {
  const marks = {same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}']} as const
  return abridge(parts, shownSame)
    .map(({kind, text}) => `${marks[kind][0]}${text.replaceAll('\n', ' ↵ ')}${marks[kind][1]}`)
    .join('')
}
