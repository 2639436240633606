/** Target × registry → text. */
import type Handlebars from 'handlebars'
import {banner} from './banner.ts'
import {createRuntime, guardView} from './checked-handlebars.ts'
import type {Target, TargetInput} from './target.ts'
import {templates} from './templates.gen.ts'

/** What `Handlebars.precompile` yields. */
export type TemplateSpecification = Parameters<typeof Handlebars.template>[0]

/**
 * Render what a target says of a registry, without the banner: this is what goes into a marked region.
 *
 * @throws {TemplateError} when the template and the view disagree; that is a bug of ours, not a finding.
 */
export function renderBody(target: Target, input: TargetInput): string {
  const specification = templates[target.template]
  if (specification === undefined) throw new Error(`No template ${target.template}.hbs was compiled`)
  return createRuntime().template(specification)(guardView(target.view(input)))
}

/** Render a whole file: the banner and the marks that keep formatters away, then the body. */
export function renderFile(target: Target, input: TargetInput): string {
  if (target.comment === null) return renderBody(target, input)
  const head = [`${target.comment} ${banner(input.source)}`, ...target.prologue]
  return `${head.join('\n')}\n\n${renderBody(target, input)}`
}
