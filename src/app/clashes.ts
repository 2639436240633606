/** Outputs that would overwrite each other, or what they are made from. */
import {isInner} from '../io/inside-root.ts'
import {isOwnName} from '../io/own-names.ts'
import type {RegistryConfig} from '../model/config.ts'
import {type Output, planOutputs} from './outputs.ts'

/** A fault of a set of registries; `keys` leads from the registry to the setting. */
export type Clash = {
  readonly registry: number
  readonly keys: readonly (string | number)[]
  readonly reason: string
}

type Placed = Output & {readonly registry: RegistryConfig; readonly index: number; readonly number: number}

/** @param file Name of the configuration, if there is one. */
export function findClashes(
  registries: readonly RegistryConfig[],
  file: string | undefined,
): readonly Clash[] {
  const outputs = registries.flatMap((registry, number) =>
    planOutputs(registry).map((output, index): Placed => ({...output, registry, index, number})),
  )
  const inputs = inputsOf(registries, outputs, file)
  const clashes: Clash[] = []
  for (const [index, {document}] of registries.entries()) {
    if (registries.slice(0, index).some((other) => fold(other.document) === fold(document)))
      clashes.push({
        registry: index,
        keys: ['document'],
        reason: 'expected another document than that of an earlier registry',
      })
  }
  for (const [position, output] of outputs.entries()) {
    const clash = clashOf(output, outputs.slice(0, position), inputs)
    const isTold = clashes.some(
      ({registry, keys}) => registry === clash?.registry && keys.join() === clash.keys.join(),
    )
    if (clash !== undefined && !isTold) clashes.push(clash)
  }
  return clashes
}

function clashOf(
  output: Placed,
  earlier: readonly Placed[],
  inputs: ReadonlyMap<string, string>,
): Clash | undefined {
  const {number, index, registry} = output
  const isDefault = ({config}: Output) => typeof config === 'string' || config.path === undefined
  const twin =
    isDefault(output) &&
    earlier.find((other) => other.number !== number && other.path === output.path && isDefault(other))
  if (twin) {
    const where = 'where the outputs of an earlier registry go'
    const reason = `expected another folder than ${registry.outputDir}, ${where}`
    return {registry: number, keys: ['outputDir'], reason}
  }
  const reason = faultOf(output, earlier, inputs)
  return reason === undefined ? undefined : {registry: number, keys: ['outputs', index], reason}
}

/** Some file systems know no case, and some no difference between composed and decomposed letters. */
function fold(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

function inputsOf(
  registries: readonly RegistryConfig[],
  outputs: readonly Output[],
  file: string | undefined,
): ReadonlyMap<string, string> {
  const inputs = new Map<string, string>()
  for (const {source} of outputs) if ('template' in source) inputs.set(fold(source.template), 'a template')
  if (file !== undefined) inputs.set(fold(file), 'the configuration')
  for (const {document} of registries) inputs.set(fold(document), 'a document')
  return inputs
}

function faultOf(
  {path, region}: Output,
  earlier: readonly Output[],
  inputs: ReadonlyMap<string, string>,
): string | undefined {
  const name = fold(path)
  if (!isInner(path) || isOwnName(path)) return `expected another path than ${path}, which is not for outputs`
  const input = inputs.get(name)
  if (input !== undefined && region === undefined)
    return `expected another path than ${path}, which is ${input}`
  for (const other of earlier) {
    const otherName = fold(other.path)
    if (otherName.startsWith(`${name}/`) || name.startsWith(`${otherName}/`))
      return `expected another path than ${path}: an earlier output goes to ${other.path}`
    if (otherName !== name) continue
    if (other.path !== path)
      return `expected the same letters as in ${other.path}, not only the same but for case`
    if (region === undefined && other.region === undefined)
      return `expected another path than ${path}, where an earlier output goes`
    if (region === undefined || other.region === undefined)
      return `expected another path than ${path}, which would be a whole output and hold a region`
    if (region === other.region) return `expected another region than ${region}, where an earlier output goes`
  }
  return undefined
}
