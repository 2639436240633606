/** Findings for a person at a terminal: where, what, the line itself, how to mend it. */
import {describe, type Finding, type Severity} from '../model/rules.ts'
import {drawFrame} from './frame.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

export type FindingsView = {
  readonly findings: readonly Finding[]
  /** Texts that places point into, by path. */
  readonly sources: ReadonlyMap<string, string>
  /** Path as the reader can open it from where they are. */
  readonly showPath: (path: string) => string
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
}

const colors: Readonly<Record<Severity, Parameters<Style>[0]>> = {
  fatal: ['red', 'bold'],
  error: 'red',
  warning: 'yellow',
  info: 'blue',
}

/** Findings are printed in the order given; each ends in an empty line. */
export function prettyFindings({findings, sources, showPath, style, width}: FindingsView): string {
  const lines: string[] = []
  for (const finding of findings) {
    const {severity, message, mend} = describe(finding)
    const {path, place, related} = finding
    const at = place ? `:${place.start.line}:${place.start.column}` : ''
    lines.push(
      `${style('underline', visible(showPath(path)) + at)}  ${style(colors[severity], severity)}  ${visible(message)}  ${style('dim', finding.ruleId)}`,
    )
    const source = sources.get(path)
    if (place && source !== undefined) lines.push(...drawFrame(source, place, width, style))
    lines.push(`  ${style('cyan', 'mend')}  ${visible(mend)}`)
    for (const other of related ?? []) {
      const text = sources.get(other.path)
      lines.push(
        `  ${style('cyan', 'see')}   ${other.note}, ${visible(showPath(other.path))}:${other.place?.start.line ?? 1}`,
      )
      if (other.place && text !== undefined) lines.push(...drawFrame(text, other.place, width, style))
    }
    lines.push('')
  }
  return lines.map((line) => `${line}\n`).join('')
}
