/** Findings as workflow commands, which GitHub shows beside the lines of a pull request. */
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

/**
 * What does not fit into GitHub's annotations is printed into the log, and the last annotation says so.
 *
 * @param showPath Path relative to the workspace.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubFindings(findings: readonly Finding[], showPath: (path: string) => string): string {
  const lines = (['error', 'warning', 'notice'] as const).flatMap((command) => {
    const group = findings.filter((finding) => commands[describe(finding).severity] === command)
    const shown = group.length > shownAnnotations ? group.slice(0, shownAnnotations - 1) : group
    const rest = group.slice(shown.length)
    return [
      ...shown.map((finding) => annotation(finding, showPath)),
      ...(rest.length > 0
        ? [githubMessage(command, `${rest.length} more findings are in the log of this step`)]
        : []),
      ...rest.map((finding) => logLine(finding, showPath)),
    ]
  })
  return lines.join('')
}

/** An annotation without a place. */
export function githubMessage(command: 'error' | 'warning' | 'notice', message: string): string {
  return `::${command} title=secdef::${escapeData(visible(message))}\n`
}

function annotation(finding: Finding, showPath: (path: string) => string): string {
  const {severity, message, mend} = describe(finding)
  const {path, place} = finding
  const isOneLine = place !== undefined && place.start.line === place.end.line
  const properties = {
    file: showPath(path),
    line: place?.start.line,
    endLine: place?.end.line,
    // GitHub takes columns only within one line.
    col: isOneLine ? place.start.column : undefined,
    endColumn: isOneLine ? place.end.column : undefined,
    title: `secdef ${finding.ruleId}`,
  }
  const list = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(visible(String(value)))}`],
  )
  return `::${commands[severity]} ${list.join(',')}::${escapeData(visible(`${message}. ${mend}`))}\n`
}

/** Begins with a word of ours: a line that begins with `::` would be a command. */
function logLine(finding: Finding, showPath: (path: string) => string): string {
  const {severity, message, mend} = describe(finding)
  const {path, place, ruleId} = finding
  const at = place ? `:${place.start.line}:${place.start.column}` : ''
  return `${severity}  ${visible(`${showPath(path)}${at}  ${message}. ${mend}`)}  ${ruleId}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
