/** A document as an editor needs it: its text, what was read from it, and where its tables stand. */
import {indexLines, type Lines} from '../model/lines.ts'
import type {Registry} from '../model/registry.ts'
import type {Finding} from '../model/rules.ts'
import {type Outline, outline} from '../source/edit/outline.ts'
import {type ReadOptions, readRegistry} from '../source/registry.ts'

/** Of reading, what an editor says: the text is all that it has, and it is read at once. */
export type EditorOptions = Omit<ReadOptions, 'tree' | 'onRows'>

export type Reading = {
  /** Behind the byte order mark. Places and offsets count from here. */
  readonly text: string
  readonly lines: Lines
  readonly options: EditorOptions
  readonly registry: Registry
  readonly findings: readonly Finding[]
  /** Made when it is first asked for; `undefined` where nothing could be read. */
  readonly outline: () => Outline | undefined
}

/** Findings that keep the reader from reading any row. */
const blinding: ReadonlySet<string> = new Set(['conflict-marker', 'deep-nesting', 'invalid-utf8'])

export function readForEditor(document: string, options: EditorOptions): Reading {
  const text = document.startsWith('\ufeff') ? document.slice(1) : document
  const {registry, findings} = readRegistry(text, options)
  const isBlind = findings.some(({ruleId}) => blinding.has(ruleId))
  let made: Outline | undefined
  return {
    text,
    lines: indexLines(text),
    options,
    registry,
    findings,
    outline() {
      if (!isBlind) made ??= outline(text, options.columns ?? {}, registry)
      return made
    },
  }
}

/** Whether a rule judges a row by itself, so that it can be judged again without the rest of the document. */
export function isAboutOneRow({ruleId}: Finding): boolean {
  return !/^(?:same-as-|duplicate-|mixed-|no-|stray-row|table-header|text-in-table|unread-table)/.test(ruleId)
}
