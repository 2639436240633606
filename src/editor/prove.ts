/** What a fix would leave behind: the text is read again with it, so that none is offered that does not mend. */
import type {Finding} from '../model/rules.ts'
import {applyEdits, type TextEdit} from '../source/edit/text-edit.ts'
import {readRegistry} from '../source/registry.ts'
import {keepsRows} from './kept-rows.ts'
import {isAboutOneRow, type Reading} from './reading.ts'
import {type RowSite, rowSiteAt} from './row-site.ts'
import {windowOn} from './row-window.ts'

/**
 * How many findings an edit would bring to light; `undefined` where the one that it is meant for would stay, or a row
 * that was read would be lost.
 */
export function judgeEdits(
  reading: Reading,
  finding: Finding,
  edits: readonly TextEdit[],
): number | undefined {
  const {options} = reading
  const site = finding.place && rowSiteAt(reading, finding.place.start.line)
  const isLocal =
    site !== undefined && isAboutOneRow(finding) && edits.every((edit) => isInLine(reading, site, edit))
  if (!isLocal) {
    const after = readRegistry(applyEdits(reading.text, edits), options)
    return keepsRows(reading.registry, after.registry)
      ? compare(reading.findings, after.findings, finding)
      : undefined
  }
  const {text, shift} = windowAt(reading, site)
  const moved = edits.map((edit) => ({...edit, start: edit.start - shift, end: edit.end - shift}))
  const [before, after] = [readRegistry(text, options), readRegistry(applyEdits(text, moved), options)]
  return keepsRows(before.registry, after.registry)
    ? compare(before.findings.filter(isInSight), after.findings.filter(isInSight), finding)
    : undefined
}

/** What a row refers to is out of sight of its window. */
function isInSight({ruleId}: Finding): boolean {
  return !ruleId.startsWith('same-as-')
}

function compare(
  before: readonly Finding[],
  after: readonly Finding[],
  {ruleId}: Finding,
): number | undefined {
  const [old, fresh] = [count(before), count(after)]
  if ((fresh.get(ruleId) ?? 0) >= (old.get(ruleId) ?? 0)) return undefined
  let added = 0
  for (const [id, number] of fresh) added += Math.max(number - (old.get(id) ?? 0), 0)
  return added
}

function windowAt({lines}: Reading, {table, line}: RowSite): {text: string; shift: number} {
  const {text, start} = windowOn(lines, table, lines.text(line))
  return {text, shift: lines.start(line) - start}
}

function isInLine({lines}: Reading, {line}: RowSite, {start, end}: TextEdit): boolean {
  return start >= lines.start(line) && end <= lines.start(line) + lines.text(line).length
}

function count(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const {ruleId} of findings) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  return counts
}
