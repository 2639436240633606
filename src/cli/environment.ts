/** What the command line touches of the world: given from outside, so that a run is a function. */

export type Output = {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number | undefined
}

export type Environment = {
  /** Without the program and the script. */
  readonly argv: readonly string[]
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly now: () => Date
  /** Milliseconds from any start that only goes forward. */
  readonly clock: () => number
}
