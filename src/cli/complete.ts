/** What `secdef __complete` does: a key that was pressed gets words, or silence. */
import {type Lookup, lookUp} from '../app/look-up.ts'
import {latestDay} from '../model/day.ts'
import {visible} from '../report/visible.ts'
import type {CommandValues} from './command.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

export async function runComplete(
  {cwd, stdout, now}: Environment,
  {arguments: [what, ...line]}: CommandValues,
): Promise<number> {
  try {
    const options = {cwd, config: configIn(line), today: latestDay(now())}
    const words = await lookUp(what as Lookup, options)
    // A word is a line, and goes to a terminal as it is.
    for (const word of words.filter((one) => visible(one) === one)) stdout.write(`${word}\n`)
  } catch {
    // Whoever types is not to be interrupted; the command itself will say what is wrong.
  }
  return exitCodes.clean
}

/** The configuration that the line names. bash takes `--config=file` apart at the sign. */
function configIn(line: readonly string[]): string | undefined {
  for (const [index, word] of line.entries()) {
    if (word.startsWith('--config=')) return word.slice('--config='.length)
    if (word === '--config') return line[index + 1] === '=' ? line[index + 2] : line[index + 1]
  }
  return undefined
}
