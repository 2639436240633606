/** The error for a bad environment: the tool could not decide. */

/**
 * Something outside the document keeps the tool from deciding: usage, configuration, an unreadable file,
 * no document, a full disk. It is shown without a stack and ends with exit code 2.
 *
 * Anything else that is thrown is a bug of our own and keeps its stack.
 */
export class Failure extends Error {
  /** What to do next, as one sentence or a command. */
  readonly hint: string | undefined

  constructor(message: string, options: {hint?: string; cause?: unknown} = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause})
    this.name = 'Failure'
    this.hint = options.hint
  }
}
