/** Writes a page for every rule into `docs/rules`, and with `--check` tells which are stale. */
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {auditRulePages} from '../src/app/audit-rules.ts'
import type {Rule} from '../src/model/rules/rule.ts'
import {rules} from '../src/model/rules.ts'
import {type RulePage, rulePage} from '../src/report/rule-page.ts'

const folder = path.resolve(import.meta.dirname, '../docs/rules')
const isCheck = process.argv.includes('--check')

const ofDocument: readonly RulePage[] = Object.entries<Rule<never>>(rules).map(([id, rule]) => ({
  id,
  ...rule,
}))
const pages = new Map([...ofDocument, ...auditRulePages].map((page) => [`${page.id}.md`, rulePage(page)]))
if (pages.size !== ofDocument.length + auditRulePages.length) throw new Error('Two rules have one id')

const list = (rows: readonly RulePage[]) => [
  '| Rule | Severity | About |',
  '| --- | --- | --- |',
  ...rows.map(({id, severity, title}) => `| [\`${id}\`](${id}.md) | ${severity} | ${title} |`),
  '',
]
pages.set(
  'README.md',
  [
    ...['# Rules', '', '## About the document', '', ...list(ofDocument)],
    ...['## About the database', '', 'What `secdef audit` judges.', '', ...list(auditRulePages)],
  ].join('\n'),
)

mkdirSync(folder, {recursive: true})
const onDisk = new Set(readdirSync(folder))
const stale = [...pages].filter(
  ([name, text]) => !onDisk.has(name) || readFileSync(path.join(folder, name), 'utf8') !== text,
)
const orphans = [...onDisk].filter((name) => !pages.has(name))

if (!isCheck) {
  for (const [name, text] of stale) writeFileSync(path.join(folder, name), text)
  for (const name of orphans) rmSync(path.join(folder, name))
}
for (const name of [...stale.map(([page]) => page), ...orphans])
  console.log(`${isCheck ? 'stale' : 'written'}  docs/rules/${name}`)
const clean = stale.length + orphans.length === 0
console.log(
  clean ? `rule pages: ${pages.size} fresh` : `rule pages: ${isCheck ? 'run `npm run docs`' : 'done'}`,
)
process.exitCode = isCheck && !clean ? 1 : 0
