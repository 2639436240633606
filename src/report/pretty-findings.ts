/** Findings for a person at a terminal: where, what, the line itself, how to mend it. */
import {describe, type Finding, type RuleId, rules, type Severity} from '../model/rules.ts'
import {frames, wrap} from './frame.ts'
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

/** From how many findings on they are counted by rule at the end: more than a screen holds. */
const countedFrom = 10

/** A line of prose is hard to read beyond, and of no use below. */
const [minProse, maxProse] = [40, 100]

export const severityColors: Readonly<Record<Severity, Parameters<Style>[0]>> = {
  fatal: ['red', 'bold'],
  error: 'red',
  warning: 'yellow',
  info: 'blue',
}

/** The pieces that what is told of a place is made of. */
export function layout({sources, style, width}: Pick<FindingsView, 'sources' | 'style' | 'width'>) {
  const prose = Math.min(Math.max(width, minProse), maxProse)
  return {
    /** The line of a place, underlined; nothing where its text is not at hand. */
    frame: frames(sources, width, style),
    /** Sentences below a heading. */
    paragraph: (text: string) => wrap(visible(text), prose - 2).map((line) => `  ${line}`),
    /** A label in the margin, and its text beside it. */
    entry: (label: string, text: string, margin = 4) =>
      wrap(visible(text), prose - margin - 4).map(
        (line, index) => `  ${style('cyan', (index === 0 ? label : '').padEnd(margin))}  ${line}`,
      ),
  }
}

/** Findings are printed in the order given. */
export function prettyFindings({findings, sources, showPath, style, width}: FindingsView): string {
  const {frame, paragraph, entry} = layout({sources, style, width})
  const lines: string[] = []
  for (const [index, finding] of findings.entries()) {
    const {severity, message, mend} = describe(finding)
    const {ruleId, path, place, related = []} = finding
    const at = place ? `:${place.start.line}:${place.start.column}` : ''
    const where = style('underline', visible(showPath(path)) + at)
    lines.push(`${where}  ${style(severityColors[severity], severity)}  ${style('dim', ruleId)}`)
    lines.push(...paragraph(message), ...frame(path, place))
    const next = findings[index + 1]
    if (next !== undefined && isBare(finding) && isBare(next) && describe(next).mend === mend) continue
    lines.push(...entry('mend', mend))
    for (const {note, path: other, place: there} of related) {
      lines.push(
        ...entry('see', `${note}: ${showPath(other)}:${there?.start.line ?? 1}`),
        ...frame(other, there),
      )
    }
    lines.push('')
  }
  if (findings.length > countedFrom) lines.push(...tally(findings, style), '')
  return lines.map((line) => `${line}\n`).join('')
}

/** Without a line of source below it: several of these that are mended alike are told together. */
function isBare({place, related}: Finding): boolean {
  return place === undefined && related === undefined
}

/** How often each rule is broken, the most frequent first: where to begin with hundreds of findings. */
function tally(findings: readonly Finding[], style: Style): string[] {
  const counts = new Map<RuleId, number>()
  for (const {ruleId} of findings) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  const digits = String(sorted[0]?.[1] ?? 0).length
  const ids = Math.max(...sorted.map(([id]) => id.length))
  return sorted.map(
    ([id, number]) =>
      `  ${String(number).padStart(digits)}  ${id.padEnd(ids)}  ${style('dim', rules[id].title)}`,
  )
}
