/** Findings as workflow commands, which GitHub shows beside the lines of a pull request. */
import type {Place} from '../model/place.ts'
import {describe, type Finding, type Severity} from '../model/rules.ts'
import {visible} from './visible.ts'

/** GitHub shows ten annotations of a kind for a step and drops the rest without a word. */
const shownAnnotations = 10

const commands = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'notice',
} as const satisfies Record<Severity, string>

/** What is told at a line, whoever found it. */
export type Annotation = {
  readonly severity: Severity
  readonly ruleId: string
  readonly message: string
  readonly mend: string
  /** Without a path, it is told of the run. */
  readonly path?: string | undefined
  readonly place?: Place | undefined
}

/** @param showPath Path relative to the workspace. */
export function githubFindings(findings: readonly Finding[], showPath: (path: string) => string): string {
  return githubAnnotations(
    findings.map((finding) => {
      const {severity, message, mend} = describe(finding)
      const {ruleId, path, place} = finding
      return {severity, ruleId, message, mend, path, place}
    }),
    showPath,
  )
}

/**
 * What does not fit into GitHub's annotations is printed into the log, and the last annotation says so.
 *
 * @param showPath Path relative to the workspace.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations(all: readonly Annotation[], showPath: (path: string) => string): string {
  const lines = (['error', 'warning', 'notice'] as const).flatMap((command) => {
    const group = all.filter(({severity}) => commands[severity] === command)
    const shown = group.length > shownAnnotations ? group.slice(0, shownAnnotations - 1) : group
    const rest = group.slice(shown.length)
    return [
      ...shown.map((one) => annotation(one, showPath)),
      ...(rest.length > 0
        ? [githubMessage(command, `${rest.length} more findings are in the log of this step`)]
        : []),
      ...rest.map((one) => logLine(one, showPath)),
    ]
  })
  return lines.join('')
}

/** An annotation without a place. */
export function githubMessage(command: 'error' | 'warning' | 'notice', message: string): string {
  return `::${command} title=secdef::${escapeData(visible(message))}\n`
}

function annotation(one: Annotation, showPath: (path: string) => string): string {
  const {severity, ruleId, message, mend, path, place} = one
  const isOneLine = place !== undefined && place.start.line === place.end.line
  const properties = {
    file: path === undefined ? undefined : showPath(path),
    line: place?.start.line,
    endLine: place?.end.line,
    // GitHub takes columns only within one line.
    col: isOneLine ? place.start.column : undefined,
    endColumn: isOneLine ? place.end.column : undefined,
    title: `secdef ${ruleId}`,
  }
  const list = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(visible(String(value)))}`],
  )
  return `::${commands[severity]} ${list.join(',')}::${escapeData(visible(`${message}. ${mend}`))}\n`
}

/** Begins with a word of ours: a line that begins with `::` would be a command. */
function logLine(one: Annotation, showPath: (path: string) => string): string {
  const {severity, ruleId, message, mend, path, place} = one
  const at = place ? `:${place.start.line}:${place.start.column}` : ''
  const where = path === undefined ? '' : `${showPath(path)}${at}  `
  return `${severity}  ${logSafe(`${where}${message}. ${mend}`)}  ${ruleId}\n`
}

/** Text for a line of a log: the older form of GitHub's commands is obeyed in the middle of a line, too. */
export function logSafe(text: string): string {
  return visible(text).replaceAll('##[', '#\\u{23}[')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
