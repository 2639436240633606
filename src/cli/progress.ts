/** Progress on stderr, for what takes longer than a second, on a terminal alone. */
import type {Environment} from './environment.ts'

const quietMs = 1000
const intervalMs = 100

export type Progress = {show(text: string): void; clear(): void}

export function createProgress({stderr, clock}: Environment): Progress {
  const start = clock()
  let last = -Infinity
  let shown = false
  return {
    show(text) {
      const time = clock()
      if (!stderr.isTTY || time - start < quietMs || time - last < intervalMs) return
      last = time
      shown = true
      stderr.write(`\r\u001b[K${text}`)
    },
    clear() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
