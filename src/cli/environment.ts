/** What the command line touches of the world: given from outside, so that a run is a function. */

export type Output = {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number | undefined
}

/** Where a person can be asked. */
export type Terminal = {readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream}

export type Environment = {
  /** Of the tool. */
  readonly version: string
  /** Without the program and the script. */
  readonly argv: readonly string[]
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  /** The terminal, where stdin and stdout are one. Opening stdin costs time, so only who asks calls it. */
  readonly terminal?: () => Terminal | undefined
  readonly now: () => Date
  /** Milliseconds from any start that only goes forward. */
  readonly clock: () => number
}
