/** Findings as workflow commands, which GitHub shows beside the lines of a pull request. */
import {describe, type Finding} from '../model/rules.ts'

/** GitHub shows ten annotations of a kind for a step and drops the rest without a word. */
const shownFindings = 10

/**
 * @param showPath Path relative to the workspace.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubFindings(findings: readonly Finding[], showPath: (path: string) => string): string {
  const lines = findings.slice(0, shownFindings).map((finding) => {
    const {severity, message, mend} = describe(finding)
    const {path, place} = finding
    const properties = {
      file: showPath(path),
      line: place?.start.line,
      endLine: place?.end.line,
      // GitHub takes columns only within one line.
      col: place && place.start.line === place.end.line ? place.start.column : undefined,
      endColumn: place && place.start.line === place.end.line ? place.end.column : undefined,
      title: `secdef ${finding.ruleId}`,
    }
    const list = Object.entries(properties).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
    )
    return `::${commands[severity]} ${list.join(',')}::${escapeData(`${message}. ${mend}`)}\n`
  })
  const rest = findings.length - shownFindings
  if (rest > 0)
    lines.push(
      `::error title=secdef::${escapeData(`${rest} more findings; run the check locally to see them all`)}\n`,
    )
  return lines.join('')
}

const commands = {fatal: 'error', error: 'error', warning: 'warning', info: 'notice'} as const

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
