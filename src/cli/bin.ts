#!/usr/bin/env node
/** The executable: the world, handed to `run`. */
import './short-run.ts'
import {visibleLines} from '../report/visible.ts'
import type {Environment, Output} from './environment.ts'
import {exitCodes} from './exit-codes.ts'
import {run} from './run.ts'

/** Replaced by the build. */
declare const SECDEF_VERSION: string

const version = typeof SECDEF_VERSION === 'string' ? SECDEF_VERSION : 'development'

// Whatever ends the process before something was decided must not look like a decision.
process.exitCode = exitCodes.undecided

function output(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may close the pipe; what it did not want to read is no error.
    if (error.code === 'EPIPE') return
    process.exitCode = exitCodes.undecided
    if (stream === process.stdout) process.stderr.write(`error  Cannot write to stdout: ${error.message}\n`)
  })
  return {write: (text) => void stream.write(text), isTTY: stream.isTTY === true, columns: stream.columns}
}

try {
  const environment: Environment = {
    version,
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    terminal: () =>
      process.stdin.isTTY && process.stdout.isTTY
        ? {input: process.stdin, output: process.stdout}
        : undefined,
    ended: () =>
      new Promise((resolve) => {
        // Once: a second one ends the process as it always does.
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
      }),
    wire: () => ({input: process.stdin, output: process.stdout}),
    now: () => new Date(),
    clock: () => performance.now(),
  }
  process.exitCode = await run(environment)
} catch (error) {
  // A bug of ours. Node would end with 1, which says that something was decided.
  process.exitCode = exitCodes.undecided
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`secdef ${version} has a bug: nothing was decided.\n${visibleLines(stack)}\n`)
}
