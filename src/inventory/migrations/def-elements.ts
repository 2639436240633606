/** Options of a statement, as the parser lists them. */
import type {DefElem, Node} from 'libpg-query'

export function defElements(nodes: readonly Node[] | undefined): DefElem[] {
  return (nodes ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
}

/** Whether an option is there and true. */
export function isOn(option: DefElem | undefined): boolean {
  return option?.arg !== undefined && 'Boolean' in option.arg && option.arg.Boolean.boolval === true
}
