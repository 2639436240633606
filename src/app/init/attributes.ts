/** What git is told of the document and the outputs: `.gitattributes`, and the merge driver of this clone. */
import {posix} from 'node:path'
import {readSetting} from '../../io/git-hooks.ts'
import type {RegistryConfig} from '../../model/config.ts'
import {planOutputs} from '../outputs.ts'
import {mergeAttributes, mergeSettings} from './merge-driver.ts'
import {appendLines, type Site, type Step} from './plan.ts'

/** @throws Failure if nothing may be written there. */
export function planAttributes(site: Site, registries: readonly RegistryConfig[]): Step[] {
  if (site.repository === undefined) return []
  const lines = [
    ...generatedPatterns(registries).flatMap((pattern) => [
      `${quoted(pattern)} linguist-generated`,
      `${quoted(pattern)} ${mergeAttributes.output}`,
    ]),
    ...registries.map(({document}) => `${quoted(posix.normalize(document))} ${mergeAttributes.document}`),
  ]
  return [appendLines(site, `${site.prefix}.gitattributes`, lines, saysSo)]
}

/** One step for all of them: whoever has set one has set it up otherwise. */
export async function planMergeSettings({repository, prefix, base}: Site, run: string): Promise<Step[]> {
  // Git runs the driver at the top, where the packages of a folder below are not found.
  if (repository === undefined || prefix !== '') return []
  const settings = mergeSettings(run)
  const path = 'git config'
  for (const [key] of settings) {
    if ((await readSetting(base, key)) !== undefined) return [{action: 'leave', path, why: `${key} is set`}]
  }
  return settings.map(([key, value]) => ({action: 'set', path, key, value}))
}

/** The folders of the outputs, and those outputs by themselves that stand elsewhere. */
export function generatedPatterns(registries: readonly RegistryConfig[]): string[] {
  const patterns = registries.flatMap((registry) => {
    const folder = posix.normalize(registry.outputDir).replace(/\/$/, '')
    return planOutputs(registry)
      .filter(({region}) => region === undefined)
      .map(({path}) => (folder !== '.' && path.startsWith(`${folder}/`) ? `${folder}/**` : path))
  })
  return [...new Set(patterns)]
}

/** The attribute may stand among others, and somebody may have said the contrary. */
function saysSo(line: string, wanted: string): boolean {
  const [pattern, attribute] = splitLine(wanted)
  const [other, rest] = splitLine(line)
  return other === pattern && rest.split(/\s+/).some((one) => nameOf(one) === nameOf(attribute))
}

function nameOf(attribute: string): string {
  return attribute.replace(/^[-!]|=.*$/g, '')
}

function splitLine(line: string): [pattern: string, rest: string] {
  const found = /^("(?:[^"\\]|\\.)*"|\S+)\s+(.*)$/.exec(line)
  return [found?.[1] ?? line, found?.[2] ?? '']
}

/** Git takes a pattern with blanks in quotation marks, in which a backslash stands twice. */
function quoted(path: string): string {
  if (/^[\w./*-]+$/.test(path)) return path
  return `"${path.replace(/[[\]#!]/g, '\\\\$&')}"`
}
