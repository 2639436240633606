/** Writes what in `docs` is made from the code: the pages of the rules and of the command line; `--check` tells what is stale. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {cliPage} from './cli-page.ts'
// Its verdict is in the exit code, which is only ever made worse here.
import './rule-pages.ts'

const file = path.resolve(import.meta.dirname, '../docs/cli.md')
const isCheck = process.argv.includes('--check')
const page = cliPage()
const isFresh = existsSync(file) && readFileSync(file, 'utf8') === page

if (!isFresh && !isCheck) writeFileSync(file, page)
if (!isFresh) console.log(`${isCheck ? 'stale' : 'written'}  docs/cli.md`)
console.log(`command line: ${isFresh ? 'fresh' : isCheck ? 'run `npm run docs`' : 'done'}`)
if (!isFresh && isCheck) process.exitCode = 1
