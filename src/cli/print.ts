/** Findings in the format that was asked for. */
import type {Finding} from '../model/rules.ts'
import type {Context} from './context.ts'
import type {Environment} from './environment.ts'

export type Printable = {
  readonly command: string
  readonly format: string
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
}

/** Print findings for a person or as workflow commands; JSON is printed whole by the command. */
export async function printFindings(
  {stdout}: Environment,
  {showPath, style, width}: Context,
  {format, findings, sources}: Printable,
): Promise<void> {
  if (findings.length === 0) return
  if (format === 'github') {
    const {githubFindings} = await import('../report/github.ts')
    stdout.write(githubFindings(findings, showPath))
    return
  }
  const {prettyFindings} = await import('../report/pretty-findings.ts')
  stdout.write(prettyFindings({findings, sources, showPath, style, width}))
}
