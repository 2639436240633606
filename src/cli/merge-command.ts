/** What `secdef merge` does; its description stands in the table of commands. */
import {type MergeOutcome, mergeDocument, mergeGenerated} from '../app/merge.ts'
import {latestDay} from '../model/day.ts'
import {Failure} from '../model/failure.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

/** What conflict markers are known by; shorter ones would be taken for rows of a table. */
const leastMarker = 7

export async function runMerge(environment: Environment, values: CommandValues): Promise<number> {
  const [base = '', ours = '', theirs = '', path] = values.arguments
  const merge = values.options.generated === true ? mergeGenerated : mergeDocument
  const outcome = await merge({
    cwd: environment.cwd,
    files: {base, ours, theirs},
    path,
    today: latestDay(environment.now()),
    markerSize: markerSize(values),
    labels: {
      base: label(values, 'baseLabel', 'base'),
      ours: label(values, 'oursLabel', 'ours'),
      theirs: label(values, 'theirsLabel', 'theirs'),
    },
  })
  for (const line of describeOutcome(outcome))
    environment.stderr.write(`${visible(`${path ?? ours}: ${line}`)}\n`)
  return outcome.state === 'merged' ? exitCodes.clean : exitCodes.findings
}

function describeOutcome({rows, notes}: MergeOutcome): string[] {
  return [...rows.map((id) => `the row of ${id} is in conflict: decide between its markers`), ...notes]
}

/** A version of git that does not know a placeholder hands it over as it stands. */
function label(values: CommandValues, name: string, usual: string): string {
  const given = textOption(values, name)
  return given === undefined || given === '' || /^%[A-Z]$/.test(given) ? usual : given
}

function markerSize(values: CommandValues): number {
  const given = textOption(values, 'markerSize') ?? String(leastMarker)
  if (given === '%L') return leastMarker
  if (!/^\d{1,4}$/.test(given)) {
    throw new Failure(`Unexpected --marker-size ${JSON.stringify(given)}, expected a number`, {
      hint: 'git gives it as %L.',
    })
  }
  return Math.max(Number(given), leastMarker)
}
