/** Tells the engine that a run turns out to be long: what `short-run.ts` took away is wanted back. */
import {setFlagsFromString} from 'node:v8'

/** Rows after which the optimising compiler earns back what it costs. */
const manyRows = 500

export function adaptToRows(rows: number): void {
  if (rows >= manyRows) expectLongRun()
}

export function expectLongRun(): void {
  setFlagsFromString('--opt')
}
