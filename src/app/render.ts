/** Registries → the files that should be on disk. Reads templates and the hosts of regions, writes nothing. */
import {readBytes} from '../io/files.ts'
import type {Artifact} from '../model/artifact.ts'
import {Failure} from '../model/failure.ts'
import type {Registry} from '../model/registry.ts'
import {collectFindings, type Finding, type Report} from '../model/rules.ts'
import {indexLines, placeOfLines} from '../source/lines.ts'
import {TemplateError} from '../targets/checked-handlebars.ts'
import {targets} from '../targets/index.ts'
import {replaceRegion} from '../targets/region.ts'
import {renderBody, renderFile} from '../targets/render.ts'
import {inputOf, type Output, planOutputs, reportClashes} from './outputs.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'

/** A file to be; `isRegion` when only parts of it are ours. */
export type PlannedFile = Artifact & {readonly isRegion: boolean}

export type Rendering = {
  readonly files: readonly PlannedFile[]
  readonly findings: readonly Finding[]
  /** Texts that findings point into, by path. */
  readonly sources: ReadonlyMap<string, string>
}

/** @throws Failure if a template or the host of a region cannot be read, or a template does not fit. */
export async function renderProject(
  project: Project,
  documents: readonly DocumentRead[],
): Promise<Rendering> {
  const planned = documents.map(({config, registry}) => ({registry, outputs: planOutputs(config)}))
  const clashes = collectFindings(project.file ?? 'the configuration')
  const paths = documents.map(({config}) => config.document)
  reportClashes(
    planned.flatMap(({outputs}) => outputs),
    paths,
    clashes.report,
  )
  if (clashes.findings.length > 0) return {files: [], findings: clashes.findings, sources: new Map()}

  const files = new Map<string, PlannedFile>()
  const sources = new Map<string, string>()
  const findings: Finding[] = []
  for (const {registry, outputs} of planned) {
    for (const output of outputs) {
      const text = await renderOutput(project.root, output, registry)
      if (output.region === undefined) {
        files.set(output.path, {path: output.path, text, isRegion: false})
        continue
      }
      const host = files.get(output.path)?.text ?? readHost(project.root, output.path)
      sources.set(output.path, host)
      const faults = collectFindings(output.path)
      const replaced = placeRegion(host, output.region, text, faults.report)
      findings.push(...faults.findings)
      if (replaced !== undefined) files.set(output.path, {path: output.path, text: replaced, isRegion: true})
    }
  }
  return {files: [...files.values()], findings, sources}
}

async function renderOutput(root: string, output: Output, registry: Registry): Promise<string> {
  const input = inputOf(output, registry)
  const whole = output.region === undefined
  if ('target' in output.source) {
    const target = targets[output.source.target]
    return whole ? renderFile(target, input) : renderBody(target, input)
  }
  const path = output.source.template
  const template = readBytes(root, path)
  if (template === undefined) {
    throw new Failure(`No template at ${path}`, {
      hint: 'Create it, or correct its path in the configuration.',
    })
  }
  const {renderCustom} = await import('../targets/custom.ts')
  try {
    return renderCustom(Buffer.from(template).toString('utf8'), input, whole)
  } catch (error) {
    if (!(error instanceof TemplateError) && !isHandlebarsError(error)) throw error
    throw new Failure(`Cannot render ${path}: ${error.message}`, {
      hint: 'Mend the template; docs/templates.md lists what it sees and its helpers.',
      cause: error,
    })
  }
}

/** Handlebars reports a parse error and a strict look-up as plain errors; both speak of the template. */
function isHandlebarsError(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError)
}

function readHost(root: string, path: string): string {
  const bytes = readBytes(root, path)
  if (bytes === undefined) {
    throw new Failure(`No file at ${path} to hold a region`, {
      hint: 'Create the file with the two marks of the region, or leave `region` out for a whole file.',
    })
  }
  const text = Buffer.from(bytes).toString('utf8')
  if (Buffer.compare(Buffer.from(text), bytes) === 0) return text
  throw new Failure(`Cannot write a region into ${path}: it is not UTF-8`, {hint: 'Save the file as UTF-8.'})
}

function placeRegion(host: string, region: string, body: string, report: Report): string | undefined {
  const replaced = replaceRegion(host, region, body)
  if (typeof replaced === 'string') return replaced
  if (replaced.ruleId === 'region-missing') report('region-missing', undefined, {region})
  else {
    const place = placeOfLines(indexLines(host), replaced.line, replaced.line)
    report('region-damaged', place, {region, reason: replaced.reason})
  }
  return undefined
}
