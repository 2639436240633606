/** The bytes of a client, message by message: what is between messages is told and left out. */

/** A document of this many bytes is none that an editor sends. */
const mostBytes = 2 ** 29

/** Bytes in which the end of a header must be found. */
const longestHeader = 4096

const end = Buffer.from('\r\n\r\n')

/**
 * Pass on whole messages alone.
 *
 * Behind a header that is none, the protocol's own reader waits for more before it looks at what is there already, and
 * a wrong length makes it take the next header for a body.
 *
 * @param complain Gets what was left out, in words.
 * @see https://microsoft.github.io/language-server-protocol/specifications/base/0.9/specification/#baseProtocol
 */
export async function* wellFramed(
  input: AsyncIterable<Buffer>,
  complain: (message: string) => void,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  let length: number | undefined
  const keep = (rest: Buffer) => {
    held = [rest]
    size = rest.length
  }
  for await (const chunk of input) {
    held.push(chunk)
    size += chunk.length
    for (;;) {
      if (length === undefined) {
        const [header, rest] = splitHeader(Buffer.concat(held))
        keep(rest)
        if (header === undefined) break
        length = lengthIn(header)
        if (length === undefined) complain(`Unexpected ${JSON.stringify(header)}, expected a Content-Length`)
        continue
      }
      if (size < length) break
      const all = Buffer.concat(held)
      yield Buffer.concat([Buffer.from(`Content-Length: ${length}\r\n\r\n`), all.subarray(0, length)])
      keep(all.subarray(length))
      length = undefined
    }
  }
}

/** A header without its end, and what follows; without an end in sight, only what may be the beginning of one. */
function splitHeader(bytes: Buffer): [string | undefined, Buffer] {
  const index = bytes.indexOf(end)
  if (index === -1) return [undefined, bytes.length > longestHeader ? bytes.subarray(-longestHeader) : bytes]
  return [
    bytes.toString('latin1', Math.max(index - longestHeader, 0), index),
    bytes.subarray(index + end.length),
  ]
}

/** What is left of a message with a wrong length may stand before the header of the next. */
function lengthIn(header: string): number | undefined {
  const digits = [...header.matchAll(/content-length:[ \t]*(\d+)[ \t]*(?=\r\n|$)/gi)].at(-1)?.[1]
  const length = digits === undefined ? undefined : Number(digits)
  return length === undefined || length > mostBytes ? undefined : length
}
