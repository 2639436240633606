/** What every statement is applied with: the world, the parser, and a list for what could not be followed. */
import type {Origin, Unseen} from '../../model/inventory.ts'
import type {Location} from '../../model/place.ts'
import type {Attachment} from './attached.ts'
import type {Parser} from './parser.ts'
import type {RoutineState, World} from './world.ts'

export type Fold = {
  readonly world: World
  readonly parser: Parser
  /** Major version of the server whose defaults hold. */
  readonly version: number
  /** Whether each file is run in a transaction; `undefined` if nobody says. */
  readonly fileInTransaction: boolean | undefined
  /** Roles that stand before the first file; `undefined` if nobody has said which. */
  readonly rolesBefore: ReadonlySet<string> | undefined
  readonly unknowns: Unseen[]
  /** The statement that is being applied; `null` before the first file. */
  at: Location | null
  /** The date of its file. */
  date: string | null
  /** Its text, from which expressions and bodies are cut; `offset` is where `text` begins in bytes of the parser. */
  source: Source
  /** What is defined and runs functions when it is used. */
  readonly attachments: Attachment[]
  /** What ALTER … DEPENDS ON EXTENSION has said: it goes when the extension does. */
  readonly dependents: {readonly subject: string; readonly extension: string}[]
  /** Every definition that each routine ever had, by its oid. */
  readonly versions: Map<number, RoutineState[]>
  /** Names of statements for which a note was made, to make each one once. */
  readonly said: Set<string>
}

/** The text that was parsed, and how to cut it: the parser counts bytes. */
export type Source = {
  readonly text: string
  /** UTF-16 offset in `text` of a byte offset. */
  readonly unit: (byte: number) => number
  /** Of the statement, in UTF-16 units of `text`. */
  readonly start: number
  readonly end: number
}

export function originOf({at, date}: Fold): Origin | null {
  return at && {...at, date}
}

/**
 * Say that something may have changed, or may be otherwise, and could not be followed.
 *
 * @param about What alone it can have changed, where that is sure.
 */
export function note(fold: Fold, subject: string, why: string, about?: Unseen['about']): void {
  const key = `${subject}\0${why}\0${fold.at?.path}\0${fold.at?.place?.start.offset ?? -1}`
  if (fold.said.has(key)) return
  fold.said.add(key)
  fold.unknowns.push({subject, why, location: fold.at, ...(about && {about})})
}
