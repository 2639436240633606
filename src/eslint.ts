/** The ESLint plugin: every finding of a document at its place, with a suggestion where the mend is known. */
import type {Rule as EslintRule, Linter} from 'eslint'
import stringWidth from 'string-width'
import {findFixes} from './editor/fixes.ts'
import {type HostOptions, hostOptionsSchema, readingOptions} from './editor/host-options.ts'
import {type Reading, readForEditor} from './editor/reading.ts'
import {describe, type Finding, isError} from './model/rules.ts'
import {prettierWidth} from './source/format/prettier-width.ts'

export type EslintOptions = HostOptions

/** Replaced by the build. */
declare const SECDEF_VERSION: string

const meta = {
  name: 'secdef',
  version: typeof SECDEF_VERSION === 'string' ? SECDEF_VERSION : 'development',
  namespace: 'secdef',
}

/** ESLint has one severity for a rule, and we have two: what stops a commit, and what will soon. */
function createRule(description: string, concerns: (finding: Finding) => boolean): EslintRule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: {description, recommended: true},
      hasSuggestions: true,
      schema: [{type: 'object', properties: hostOptionsSchema, additionalProperties: false}],
    },
    create(context) {
      return {
        root() {
          const [options = {}]: EslintOptions[] = context.options
          const path = context.filename.replaceAll('\\', '/')
          const reading = readForEditor(context.sourceCode.text, readingOptions(path, options))
          for (const finding of reading.findings.filter(concerns)) report(context, reading, finding)
        },
      }
    },
  }
}

function report(context: EslintRule.RuleContext, reading: Reading, finding: Finding): void {
  const {message, mend} = describe(finding)
  const {place} = finding
  const start = place?.start ?? {line: 1, column: 1}
  const end = place?.end ?? start
  context.report({
    message: `${message}. ${mend} (${finding.ruleId})`,
    loc: {start: {line: start.line, column: start.column}, end: {line: end.line, column: end.column}},
    suggest: findFixes(reading, finding, prettierWidth(stringWidth)).map(({title, edits}) => ({
      desc: title,
      fix: (fixer) => edits.map(({start: from, end: to, text}) => fixer.replaceTextRange([from, to], text)),
    })),
  })
}

const rules = {
  registry: createRule('a registry of security exceptions that is sound', isError),
  'registry-warnings': createRule(
    'a registry of security exceptions that will stay sound',
    (finding) => !isError(finding),
  ),
}

const plugin = {meta, rules}

/** For the default document; `@eslint/markdown` has to be among the plugins, as `markdown`. */
const recommended: Linter.Config = {
  name: 'secdef/recommended',
  files: ['**/docs/SECURITY_EXCEPTIONS.md'],
  plugins: {secdef: plugin},
  language: 'markdown/gfm',
  rules: {'secdef/registry': 'error', 'secdef/registry-warnings': 'warn'},
}

export type SecdefPlugin = {
  readonly meta: {readonly name: string; readonly version: string; readonly namespace: string}
  readonly rules: Record<'registry' | 'registry-warnings', EslintRule.RuleModule>
  readonly configs: {readonly recommended: Linter.Config}
}

const exported: SecdefPlugin = {...plugin, configs: {recommended}}

export default exported
