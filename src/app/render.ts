/** Registries → the files that should be. Reads templates and the hosts of regions, writes nothing. */
import {decodeUtf8} from '../io/files.ts'
import type {ProjectFiles} from '../io/project-files.ts'
import type {Artifact} from '../model/artifact.ts'
import {Failure} from '../model/failure.ts'
import {indexLines, placeOfLines} from '../model/lines.ts'
import type {Registry} from '../model/registry.ts'
import {collectFindings, type Finding, type Report} from '../model/rules.ts'
import {TemplateError} from '../targets/checked-handlebars.ts'
import {targets} from '../targets/index.ts'
import {replaceRegion} from '../targets/region.ts'
import {renderBody, renderFile} from '../targets/render.ts'
import {type Clash, findClashes} from './clashes.ts'
import {inputOf, type Output, planOutputs} from './outputs.ts'
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
  // A configuration that was loaded has none; a project can be made by hand.
  const [clash] = findClashes(project.registries, project.file)
  if (clash) throw new Failure(`Unexpected output of ${nameOf(project, clash)}: ${clash.reason}`)

  const files = new Map<string, PlannedFile>()
  const sources = new Map<string, string>()
  const findings: Finding[] = []
  for (const {registry, config} of documents) {
    for (const output of planOutputs(config)) {
      const text = await renderOutput(project.files, output, registry)
      if (output.region === undefined) {
        files.set(output.path, {path: output.path, text, isRegion: false})
        continue
      }
      const host = files.get(output.path)?.text ?? readHost(project.files, output.path)
      sources.set(output.path, host)
      const faults = collectFindings(output.path)
      const replaced = placeRegion(host, output.region, text, faults.report)
      findings.push(...faults.findings)
      if (replaced !== undefined) files.set(output.path, {path: output.path, text: replaced, isRegion: true})
    }
  }
  return {files: [...files.values()], findings, sources}
}

function nameOf({registries}: Project, {registry}: Clash): string {
  return registries[registry]?.name ?? registries[registry]?.document ?? 'a registry'
}

async function renderOutput(from: ProjectFiles, output: Output, registry: Registry): Promise<string> {
  const input = inputOf(output, registry)
  const whole = output.region === undefined
  if ('target' in output.source) {
    const target = targets[output.source.target]
    return whole ? renderFile(target, input) : renderBody(target, input)
  }
  const path = output.source.template
  const template = readUtf8(from, path, `render ${path}`)
  if (template === undefined) {
    throw new Failure(`No template at ${path}`, {
      hint: 'Create it, or correct its path in the configuration.',
    })
  }
  const {renderCustom} = await import('../targets/custom.ts')
  try {
    return renderCustom(template, input, whole)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new Failure(`Cannot render ${path}: ${error.message}`, {
      hint: 'Mend the template; docs/templates.md of secdef lists what it sees and its helpers.',
      cause: error,
    })
  }
}

function readHost(from: ProjectFiles, path: string): string {
  const text = readUtf8(from, path, `write a region into ${path}`)
  if (text !== undefined) return text
  throw new Failure(`No file at ${path} to hold a region`, {
    hint: 'Create the file with the two marks of the region, or leave `region` out for a whole file.',
  })
}

/** @param doing What is to be done with it, to be read after "Cannot". */
function readUtf8(from: ProjectFiles, path: string, doing: string): string | undefined {
  const bytes = from.read(path)
  const text = bytes && decodeUtf8(bytes)
  if (bytes === undefined || text !== undefined) return text
  throw new Failure(`Cannot ${doing}: it is not UTF-8`, {hint: 'Save the file as UTF-8.'})
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
