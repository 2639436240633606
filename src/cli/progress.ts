/** Progress on stderr, for what takes longer than a second, on a terminal alone. */
import {count} from '../model/words.ts'
import {visible} from '../report/visible.ts'
import type {Environment} from './environment.ts'
import {adaptToRows} from './long-run.ts'

const quietMs = 1000
const intervalMs = 100

export type Progress = {
  readonly show: (text: string) => void
  /** While a document is read, with the rows that it has so far. */
  readonly onRows: (path: string, rows: number) => void
  readonly clear: () => void
}

export function createProgress({stderr, clock}: Environment): Progress {
  const start = clock()
  let last = -Infinity
  let shown = false
  const show = (text: string): void => {
    const time = clock()
    if (!stderr.isTTY || time - start < quietMs || time - last < intervalMs) return
    last = time
    shown = true
    stderr.write(`\r\u001b[K${text}`)
  }
  return {
    show,
    onRows(path, rows) {
      adaptToRows(rows)
      show(`reading ${visible(path)}: ${count(rows, 'row')}`)
    },
    clear() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
