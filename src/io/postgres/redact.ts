/** Errors without the password, causes and stacks too. */

/** An error to keep as a cause: message, code and stack of another one, and none of its further fields. */
export function redactError(error: unknown, password: string | undefined): Error {
  const source = error instanceof Error ? error : new Error(String(error))
  const copy = new Error(redact(source.message, password))
  copy.name = source.name
  copy.stack = redact(source.stack ?? '', password)
  const code = codeOf(error)
  return code === undefined ? copy : Object.assign(copy, {code})
}

/** As it is, and as it stands in a URL. */
export function redact(text: string, password: string | undefined): string {
  if (password === undefined || password === '') return text
  return text.replaceAll(password, '***').replaceAll(encodeURIComponent(password), '***')
}

/** Node's error code, or PostgreSQL's SQLSTATE. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
