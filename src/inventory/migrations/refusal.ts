/** A statement that PostgreSQL would refuse, or whose object the folder never made. */

/** Thrown while a statement is applied; what it has changed by then is undone, and the reason is reported. */
export class Refusal extends Error {
  /** What it is about, such as an object's id; the statement itself where nothing narrower is known. */
  readonly subject: string | undefined

  constructor(why: string, subject?: string) {
    super(why)
    this.name = 'Refusal'
    this.subject = subject
  }
}
