/** Compiles the templates beside the targets, so that no run pays for the Handlebars compiler. */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import Handlebars from 'handlebars'
import * as z from 'zod/mini'
import {Manifest} from '../src/model/manifest.ts'
import {compileOptions} from '../src/targets/checked-handlebars.ts'

const folder = path.resolve(import.meta.dirname, '../src/targets')

/** Write `src/targets/templates.gen.ts`; returns the names compiled. */
export function compileTemplates(): string[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => path.basename(file, '.hbs'))
    .sort()
  const specifications = names.map((name) => {
    const source = readFileSync(path.join(folder, `${name}.hbs`), 'utf8')
    return `  ${JSON.stringify(name)}: ${Handlebars.precompile(source, compileOptions())},`
  })
  const text = [
    '// Compiled from the .hbs files beside it by scripts/templates.ts. Not committed.',
    '// @ts-nocheck',
    "import type {TemplateSpecification} from './render.ts'",
    'export const templates: Readonly<Record<string, TemplateSpecification>> = {',
    ...specifications,
    '}',
    `export const manifestSchemaFields: string = ${JSON.stringify(fieldsOf(z.toJSONSchema(Manifest)))}`,
    '',
  ].join('\n')
  const target = path.join(folder, 'templates.gen.ts')
  if (readIfThere(target) !== text) writeFileSync(target, text)
  return names
}

/** The fields of an object as JSON, without the braces, to stand in a template that has its own first field. */
function fieldsOf(value: object): string {
  return JSON.stringify(value, null, 2).slice(1, -1).trim()
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
