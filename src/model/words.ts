/** Numbers in sentences. */

/** `1 entry`, `2 entries`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`
}

/** With a comma between thousands. `toLocaleString` would load all of ICU for it, at every start. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
