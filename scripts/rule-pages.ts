/** Writes a page for every rule into `docs/rules`, and with `--check` tells which are stale. */
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {type RuleId, rules} from '../src/model/rules.ts'
import {rulePage} from '../src/report/rule-page.ts'

const folder = path.resolve(import.meta.dirname, '../docs/rules')
const isCheck = process.argv.includes('--check')

const pages = new Map(Object.keys(rules).map((id) => [`${id}.md`, rulePage(id as RuleId)]))
const rows = Object.entries(rules).map(
  ([id, {severity, title}]) => `| [\`${id}\`](${id}.md) | ${severity} | ${title} |`,
)
pages.set(
  'README.md',
  ['# Rules', '', '| Rule | Severity | About |', '| --- | --- | --- |', ...rows, ''].join('\n'),
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
