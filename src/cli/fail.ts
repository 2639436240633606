/** What is printed when the environment keeps a command from deciding. */
import type {Failure} from '../model/failure.ts'
import {chooseStyle} from '../report/style.ts'
import {visibleLines} from '../report/visible.ts'
import type {Environment} from './environment.ts'

/** In words on stderr, whatever the format; a program that reads stdout is told in its format, too. */
export async function printFailure(
  {stdout, stderr, env}: Environment,
  {command, format}: {readonly command: string; readonly format: string | undefined},
  {message, hint}: Failure,
): Promise<void> {
  const style = chooseStyle({isTTY: stderr.isTTY, env})
  const entry = (label: string, text: string) =>
    `${label}  ${visibleLines(text).replaceAll('\n', '\n       ')}\n`
  stderr.write(entry(style('red', 'error'), message))
  if (hint !== undefined) stderr.write(entry(style('cyan', ' mend'), hint))
  if (format === 'json') {
    const {jsonReport} = await import('../report/json.ts')
    const failure = {message, mend: hint ?? null}
    stdout.write(jsonReport({command, findings: [], documents: [], outputs: [], failure}))
  }
  if (format === 'github') {
    const {githubMessage} = await import('../report/github.ts')
    stdout.write(githubMessage('error', hint === undefined ? message : `${message}. ${hint}`))
  }
}
