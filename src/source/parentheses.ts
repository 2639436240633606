/** Lists in parentheses, in the words of SQL: quotes and nested parentheses are passed over. */

/** One quoted name or string, or one character. In one reading only: a pattern with two would take forever. */
const token = /"(?:[^"]|"")*"(?!")|'(?:[^']|'')*'(?!')|[\s\S]/y

/** The list that begins at an offset, from parenthesis to parenthesis, or `undefined` where none begins or ends. */
export function listAt(text: string, offset: number): string | undefined {
  if (text[offset] !== '(') return undefined
  let depth = 0
  for (const {value, end} of tokens(text, offset)) {
    if (value === '(') depth++
    if (value === ')') depth--
    if (depth === 0) return text.slice(offset, end)
  }
  return undefined
}

/** Split at the commas that stand outside of parentheses, brackets and quotes. */
export function splitArguments(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const {value, end} of tokens(list, 0)) {
    if (value === '(' || value === '[') depth++
    if (value === ')' || value === ']') depth--
    if (value !== ',' || depth !== 0) continue
    parts.push(list.slice(from, end - 1))
    from = end
  }
  return [...parts, list.slice(from)]
}

function* tokens(text: string, from: number): Generator<{value: string; end: number}> {
  const pattern = new RegExp(token)
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    yield {value: match[0], end: pattern.lastIndex}
}
