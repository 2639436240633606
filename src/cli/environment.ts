/** What the command line touches of the world: given from outside, so that a run is a function. */

export type Output = {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number | undefined
}

/** The signal by which a run is asked to end. */
export type Ending = 'SIGINT' | 'SIGTERM'

/** Where a person can be asked. */
export type Terminal = {readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream}

export type Wire = {readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream}

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
  /** Listens for a signal from now on, so that only who runs until it is ended calls it. */
  readonly ended?: () => Promise<Ending>
  /** Where a program of an editor speaks to us; opening stdin costs time, so only who listens calls it. */
  readonly wire?: () => Wire
  readonly now: () => Date
  /** Milliseconds from any start that only goes forward. */
  readonly clock: () => number
}
