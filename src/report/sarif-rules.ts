/** Rules as SARIF's descriptors, with their pages as help. */
import {compareCodePoints} from '../model/compare.ts'
import type {Rule} from '../model/rules/rule.ts'
import {rules, type Severity} from '../model/rules.ts'
import {type RulePage, rulePage} from './rule-page.ts'

export const levels = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Record<Severity, string>

/** GitHub refuses a longer description. */
const longestDescription = 1024

/** What no rule of the audit says, as none sees more than one source. */
export const differencePage: RulePage = {
  id: 'sources-differ',
  severity: 'error',
  title: 'Sources that contradict each other',
  why: 'What one of them says of an object is not so in another: a verdict on one does not hold for the other.',
  resolve: 'Bring the databases to the same state, or audit only the one that the document is about.',
}

/** Sorted by id. @param pages Of the rules of the audit, where it was one. */
export function collectPages(pages: readonly RulePage[]): RulePage[] {
  const own = Object.entries<Rule<never>>(rules).map(([id, rule]): RulePage => ({id, ...rule}))
  const audited = pages.length === 0 ? [] : [...pages, differencePage]
  return [...own, ...audited].sort((a, b) => compareCodePoints(a.id, b.id))
}

/** Markdown is its own plain text here: rules hold no links, and code in it reads well. */
export function describeRule(page: RulePage) {
  const {id, title, why, resolve, severity} = page
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: {text: `${title}.`},
    fullDescription: {text: shorten(why.replaceAll('\n', ' '))},
    help: {text: resolve === undefined ? why : `${why}\n\n${resolve}`, markdown: rulePage(page)},
    defaultConfiguration: {level: levels[severity]},
    properties: {tags: ['security']},
  }
}

function shorten(text: string): string {
  return text.length > longestDescription ? `${text.slice(0, longestDescription - 1)}…` : text
}
