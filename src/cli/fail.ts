/** What is printed when the environment keeps a command from deciding. */
import type {Failure} from '../model/failure.ts'
import {chooseStyle} from '../report/style.ts'
import {visibleLines} from '../report/visible.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'
import {printWhole} from './print.ts'

/** In words on stderr, whatever the format; a program that reads stdout is told in its format, too. */
export async function printFailure(
  environment: Environment,
  {command, format = 'pretty'}: {readonly command: string; readonly format: string | undefined},
  {message, hint}: Failure,
): Promise<void> {
  const {stdout, stderr, env} = environment
  const style = chooseStyle({isTTY: stderr.isTTY, env})
  const entry = (label: string, text: string) =>
    `${label}  ${visibleLines(text).replaceAll('\n', '\n       ')}\n`
  stderr.write(entry(style('red', 'error'), message))
  if (hint !== undefined) stderr.write(entry(style('cyan', ' mend'), hint))
  const nothing = {findings: [], documents: [], outputs: [], sources: new Map()}
  const failure = {message, mend: hint ?? null}
  const exitCode = exitCodes.undecided
  const showPath = (path: string) => path
  await printWhole(environment, {showPath}, {command, format, exitCode, failure, ...nothing})
  if (format === 'github') {
    const {githubMessage} = await import('../report/github.ts')
    stdout.write(githubMessage('error', hint === undefined ? message : `${message}. ${hint}`))
  }
}
