/** The repository's own document, through every output, read back by that output's language: the same 111 names. */
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, it} from 'vitest'
import type {Entry} from '../src/model/entry.ts'
import {renderCustom} from '../src/targets/custom.ts'
import {targets} from '../src/targets/index.ts'
import {renderFile} from '../src/targets/render.ts'
import {installPgtap, readTap} from './support/pgtap.ts'
import {onEachHost} from './support/postgres.ts'
import {project} from './support/project.ts'
import {printRecords, withPython} from './support/python.ts'
import {ownInput} from './support/registries.ts'
import {cellsOf, valuesRows} from './support/sql-values.ts'
import {compile} from './support/typescript-compiler.ts'

const input = ownInput()
const render = (id: keyof typeof targets) => renderFile(targets[id], input)

/** Name, schema and the other cells of every row, by a reading that shares nothing with the tool's. */
const rows = readFileSync(new URL('../docs/SECURITY_EXCEPTIONS.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| *`\w+` *\| *\w+ *\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, name = '', schema = '', why = '']) => ({id: `${schema}.${name}`, schema, name, why}))
const ids = rows.map(({id}) => id).sort()

it('the document has 111 names', () => {
  expect(new Set(ids).size).toBe(111)
  expect(rows).toHaveLength(111)
})

describe('TypeScript', () => {
  it('compiled and imported, lists, guards and describes the same names', async () => {
    const {errors, written} = compile({'security-exceptions.ts': render('typescript')})
    expect(errors).toEqual([])
    const root = project({'security-exceptions.mjs': written['security-exceptions.js'] ?? ''})
    const module = await import(path.join(root, 'security-exceptions.mjs'))
    expect(module.ALLOWED_SEC_DEFINERS).toEqual(ids)
    expect(ids.filter(module.isAllowedSecDefiner)).toEqual(ids)
    const records: [string, Entry][] = [...module.SEC_DEFINER_EXCEPTIONS]
    expect(records.map(([id, {schema, name}]) => [id, `${schema}.${name}`])).toEqual(
      ids.map((id) => [id, id]),
    )
  })
})

withPython('Python', (run) => {
  it('imported, lists and describes the same names', () => {
    const root = project({'security_exceptions.py': render('python')})
    const {lists, records} = JSON.parse(run(printRecords, root, 'security_exceptions'))
    expect(lists).toEqual({ALLOWED_SEC_DEFINERS: ids})
    expect(records.SEC_DEFINER_EXCEPTIONS.map(([id]: [string]) => id)).toEqual(ids)
    expect(records.SEC_DEFINER_EXCEPTIONS.map(([, record]: [string, Entry]) => record)).toEqual(input.entries)
  })
})

describe('JSON', () => {
  it('valid by the generated schema, holds the same names', () => {
    const validate = new Ajv2020({strict: true}).compile(JSON.parse(render('json-schema')))
    const manifest = JSON.parse(render('json'))
    validate(manifest)
    expect(validate.errors).toBe(null)
    expect(manifest.entries.map(({id}: Entry) => id)).toEqual(ids)
    expect(manifest.entries).toEqual(input.entries)
  })
})

describe('a template of a project', () => {
  it('places the same names', () => {
    const template = '{{#each securityDefiners}}\n{{line schema}}.{{line name}}\n{{/each}}\n'
    expect(renderCustom(template, input, false)).toBe(`${ids.join('\n')}\n`)
  })
})

onEachHost((session) => {
  const stubs = [
    ...new Set(rows.map(({schema}) => `CREATE SCHEMA IF NOT EXISTS ${schema};`)),
    ...rows.map(
      ({id}) => `CREATE FUNCTION ${id}() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    ),
  ].join('\n')

  it('SQL annotates the same names, each with its own words', async () => {
    const listed = await session.run(valuesRows(render('sql'), 7))
    expect(cellsOf(listed.rows).map(([schema, name]) => `${schema}.${name}`)).toEqual(ids)
    await session.run(stubs)
    const {notices} = await session.run(render('sql'))
    expect(notices).toEqual([])
    const {rows: comments} = await session.run(`
      SELECT pronamespace::regnamespace || '.' || proname AS id, obj_description(proc.oid, 'pg_proc') AS comment
      FROM pg_proc AS proc WHERE obj_description(proc.oid, 'pg_proc') LIKE '%[secdef:begin]%'`)
    expect(comments.map(({id}) => id).sort()).toEqual(ids)
    for (const {id, why} of rows) {
      const comment = String(comments.find((row) => row.id === id)?.comment)
      expect(comment.split('\n')).toContain(`Why: ${why}`)
    }
  })

  it('pgTAP looks for the same names, is green with them, and red without one', async () => {
    const listed = await session.run(valuesRows(render('pgtap'), 3))
    expect(cellsOf(listed.rows).map(([schema, name]) => `${schema}.${name}`)).toEqual(ids)
    await installPgtap(session, 'tap')
    await session.run(stubs)
    const test = async () => {
      const tap = readTap(await session.run(`SET search_path = tap; ${render('pgtap')}`))
      expect(tap.results).toHaveLength(tap.plan)
      return tap.results.filter(({ok}) => !ok).flatMap(({said}) => said)
    }
    expect(await test()).toEqual([])
    await session.run(`DROP FUNCTION ops.queue_job();
      CREATE FUNCTION ops.rogue() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`)
    const said = await test()
    expect(said).toContain('ops.rogue()')
    expect(said).toContain('ops.queue_job is documented but does not exist')
  })
})
