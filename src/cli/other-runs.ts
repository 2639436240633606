/** What a command that writes says on stderr of other runs: that it waits for one, or has dealt with the rest of one. */
import type {GenerateOptions} from '../app/generate.ts'
import type {Environment} from './environment.ts'

export function tellOfOthers({
  stderr,
}: Pick<Environment, 'stderr'>): Required<Pick<GenerateOptions, 'onWait' | 'onRecovery'>> {
  return {
    onWait(holder) {
      const who = holder === undefined ? 'another run' : `process ${holder.pid}`
      stderr.write(`waiting for ${who} to finish writing\n`)
    },
    onRecovery: (recovery) => void stderr.write(`an interrupted run was ${recovery}\n`),
  }
}
