/** What a run found, in the format that was asked for. */
import type {JsonReport} from '../report/json.ts'
import type {Context} from './context.ts'
import type {Environment} from './environment.ts'

export type Printable = JsonReport & {
  readonly format: string
  readonly exitCode: number
  readonly sources: ReadonlyMap<string, string>
}

/**
 * Print a run whole, in a format that programs read.
 *
 * @returns Whether that was the format that was asked for; else the command prints it, in words.
 */
export async function printWhole(
  {stdout, version}: Environment,
  {showPath}: Pick<Context, 'showPath'>,
  run: Printable,
): Promise<boolean> {
  switch (run.format) {
    case 'json': {
      const {jsonReport} = await import('../report/json.ts')
      stdout.write(jsonReport(run))
      return true
    }
    case 'sarif': {
      const {sarifReport} = await import('../report/sarif.ts')
      const auditPages = run.audit === undefined ? [] : (await import('../app/audit-rules.ts')).auditRulePages
      stdout.write(sarifReport({...run, version, showPath, auditPages}))
      return true
    }
    case 'markdown': {
      const {markdownReport} = await import('../report/markdown.ts')
      stdout.write(markdownReport({...run, showPath}))
      return true
    }
    default:
      return false
  }
}

/** Print findings, and what is judged of the database, for a person or as workflow commands. */
export async function printFindings(
  {stdout}: Environment,
  {showPath, style, width}: Context,
  {format, findings, sources, audit}: Pick<Printable, 'format' | 'findings' | 'sources' | 'audit'>,
): Promise<void> {
  if (format === 'github') {
    if (findings.length > 0) {
      const {githubFindings} = await import('../report/github.ts')
      stdout.write(githubFindings(findings, showPath))
    }
    if (audit !== undefined) {
      const {githubAudit} = await import('../report/github-audit.ts')
      stdout.write(githubAudit(audit, showPath))
    }
    return
  }
  if (findings.length > 0) {
    const {prettyFindings} = await import('../report/pretty-findings.ts')
    stdout.write(prettyFindings({findings, sources, showPath, style, width}))
  }
  if (audit !== undefined && audit.judgements.length > 0) {
    const {prettyJudgements} = await import('../report/pretty-audit.ts')
    stdout.write(prettyJudgements({report: audit, sources, showPath, style, width}))
  }
}
