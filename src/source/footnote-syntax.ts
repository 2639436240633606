/** Footnotes as a syntax of the parser: what stands below one belongs to it, as to a quote. */
import type {gfmTable} from 'micromark-extension-gfm-table'

type Extension = ReturnType<typeof gfmTable>
type Construct = Exclude<NonNullable<Extension['document']>[string], readonly unknown[] | undefined>
type Tokenizer = Construct['tokenize']
type Code = Parameters<ReturnType<Tokenizer>>[0]

const code = {
  tab: -2,
  virtualSpace: -1,
  space: 32,
  colon: 58,
  opening: 91,
  backslash: 92,
  closing: 93,
  caret: 94,
}

/** How far the further lines of a footnote are indented. */
const indentation = 4

/**
 * `[^label]: text`, and all that is indented by four spaces below it; its first paragraph may go on without.
 *
 * It becomes a quote in the tree, which is another container that nobody asks more of. Only documents with footnotes
 * need it.
 *
 * @see https://github.com/micromark/micromark-extension-gfm-footnote
 */
export const footnoteSyntax: Extension = {
  document: {
    [code.opening]: {
      name: 'footnote',
      tokenize: tokenizeStart,
      continuation: {tokenize: tokenizeContinuation},
      exit: (effects) => void effects.exit('blockQuote'),
    },
  },
}

function tokenizeStart(...[effects, ok, nok]: Parameters<Tokenizer>): ReturnType<Tokenizer> {
  let length = 0
  return (first) => {
    effects.enter('blockQuote')._container = true
    effects.enter('blockQuotePrefix')
    effects.consume(first)
    return caret
  }

  function caret(next: Code) {
    if (next !== code.caret) return nok(next)
    effects.consume(next)
    return label
  }

  function label(next: Code): ReturnType<typeof ok> {
    if (next === code.closing && length > 0) {
      effects.consume(next)
      return colon
    }
    const ends = next === code.closing || next === code.opening || isBlank(next) || isEnd(next)
    if (ends || length > 999) return nok(next)
    length++
    effects.consume(next)
    return next === code.backslash ? escaped : label
  }

  function escaped(next: Code): ReturnType<typeof ok> {
    if (next !== code.opening && next !== code.closing && next !== code.backslash) return label(next)
    length++
    effects.consume(next)
    return label
  }

  function colon(next: Code) {
    if (next !== code.colon) return nok(next)
    effects.consume(next)
    return blanks
  }

  function blanks(next: Code): ReturnType<typeof ok> {
    if (isBlank(next)) {
      effects.consume(next)
      return blanks
    }
    effects.exit('blockQuotePrefix')
    return ok(next)
  }
}

/** A blank line, or one that is indented far enough. */
function tokenizeContinuation(...[effects, ok, nok]: Parameters<Tokenizer>): ReturnType<Tokenizer> {
  return effects.check(
    {tokenize: tokenizeBlankLine},
    ok,
    effects.attempt({tokenize: tokenizeIndentation}, ok, nok),
  )
}

function tokenizeBlankLine(...[effects, ok, nok]: Parameters<Tokenizer>): ReturnType<Tokenizer> {
  let isOpen = false
  return inside

  function inside(next: Code): ReturnType<typeof ok> {
    if (isBlank(next)) {
      if (!isOpen) effects.enter('linePrefix')
      isOpen = true
      effects.consume(next)
      return inside
    }
    if (isOpen) effects.exit('linePrefix')
    return isEnd(next) ? ok(next) : nok(next)
  }
}

function tokenizeIndentation(...[effects, ok, nok]: Parameters<Tokenizer>): ReturnType<Tokenizer> {
  let width = 0
  return inside

  function inside(next: Code): ReturnType<typeof ok> {
    if (isBlank(next) && width < indentation) {
      if (width === 0) effects.enter('linePrefix')
      width++
      effects.consume(next)
      return inside
    }
    if (width > 0) effects.exit('linePrefix')
    return width === indentation ? ok(next) : nok(next)
  }
}

/** A tab is followed by as many virtual spaces as it is wide. */
function isBlank(next: Code): boolean {
  return next === code.space || next === code.tab || next === code.virtualSpace
}

/** The end of the line or of the text. */
function isEnd(next: Code): boolean {
  return next === null || next < code.tab
}
