/** A cursor over a cell that reads identifiers as PostgreSQL's lexer does. */

import {listAt} from './parentheses.ts'

/** A name as the catalogue holds it, and as it was written. */
export type ScannedName = {readonly name: string; readonly written: string; readonly quoted: boolean}

export type Scanner = {
  /** Skip blanks, then tell whether all has been read. */
  done(): boolean
  /** Skip blanks, then read what a sticky pattern matches here, or nothing. */
  take(pattern: RegExp): string | undefined
  /** Skip blanks, then read one identifier, quoted or not, or nothing. */
  takeName(): ScannedName | undefined
  /** Skip blanks, then read a list in parentheses, with them, or nothing. */
  takeList(): string | undefined
  /** What has not been read. */
  rest(): string
}

/** @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const bare = /[\p{L}_][\p{L}\p{M}\p{N}_$]*/u
const quoted = /"(?:[^"]|"")+"/u

export function scan(text: string): Scanner {
  let offset = 0

  function skipBlanks(): void {
    while (text[offset] === ' ') offset++
  }

  function take(pattern: RegExp): string | undefined {
    skipBlanks()
    const sticky = new RegExp(pattern.source, `${pattern.flags.replace('y', '')}y`)
    sticky.lastIndex = offset
    const found = sticky.exec(text)?.[0]
    if (found !== undefined) offset += found.length
    return found
  }

  return {
    take,
    takeName() {
      const inQuotes = take(quoted)
      if (inQuotes !== undefined) {
        return {name: inQuotes.slice(1, -1).replaceAll('""', '"'), written: inQuotes, quoted: true}
      }
      const word = take(bare)
      return word === undefined ? undefined : {name: foldCase(word), written: word, quoted: false}
    },
    takeList() {
      skipBlanks()
      const list = listAt(text, offset)
      offset += list?.length ?? 0
      return list
    },
    done() {
      skipBlanks()
      return offset >= text.length
    },
    rest: () => text.slice(offset),
  }
}

/** PostgreSQL folds ASCII letters alone in a UTF-8 database; others stay as they are. */
function foldCase(word: string): string {
  return word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
