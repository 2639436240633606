/** Changes as Markdown, for a comment on a pull request, the gravest first. */
import type {Part} from '../diff/change.ts'
import {type Level, levels} from '../diff/concerns.ts'
import {count} from '../model/words.ts'
import {
  abridge,
  type BaseShown,
  type DiffView,
  type RegistryChanges,
  remarksOf,
  showBase,
  tally,
  tell,
} from './diff-words.ts'
import {inlineText} from './markdown-text.ts'

/** GitHub takes 65,536 characters; the rest is for what is around. */
const maxLength = 60_000

/** Letters that are shown of a stretch without a change. */
const shownSame = 240

const marks: Readonly<Record<Level, string>> = {danger: '**danger**', review: '**review**', note: 'note'}

export function markdownDiff(view: DiffView): string {
  const {base, registries} = view
  const head = [
    '### Security exceptions',
    `${capital(tally(registries))} since ${showText(showBase(base))}.`,
    ...remarksOf(view).map(showText),
  ]
  const all = registries.flatMap((registry) =>
    registry.changes.map((change) => ({registry, change, item: showChange(change, registry, base)})),
  )
  const shown = new Set(takeGravest(all, maxLength - head.join('\n\n').length))
  const lists = registries.flatMap((registry) => {
    const items = all.filter((one) => one.registry === registry && shown.has(one)).map(({item}) => item)
    if (items.length === 0) return []
    const title = `#### ${showText(registry.after ?? registry.before ?? '')}`
    return [...(registries.length > 1 ? [title] : []), items.join('\n')]
  })
  const left = all.length - shown.size
  const what = count(left, 'more change does', 'more changes do')
  const rest = left === 0 ? [] : [`**${what} not fit in here**; \`secdef diff\` prints all of them.`]
  return `${[...head, ...lists, ...rest].join('\n\n')}\n`
}

type Item = {readonly change: RegistryChanges['changes'][number]; readonly item: string}

/** What is long must not crowd out what is grave. */
function takeGravest<One extends Item>(all: readonly One[], room: number): One[] {
  let length = 0
  return levels
    .flatMap((level) => all.filter(({change}) => change.level === level))
    .filter(({item}) => {
      const fits = length + item.length + 1 <= room
      if (fits) length += item.length + 1
      return fits
    })
}

function showChange(
  change: RegistryChanges['changes'][number],
  registry: RegistryChanges,
  base: BaseShown,
): string {
  const {subject, says, facts, where} = tell(change, registry, base)
  const at = showText(`${where.path}:${where.place?.start.line}`)
  return [
    `- ${marks[change.level]} <b>${showText(subject)}</b>: ${says.join('; ')} (${at})`,
    ...facts.map(({label, parts}) => `  - ${showText(label)}: ${showParts(parts)}`),
  ].join('\n')
}

function showParts(parts: readonly Part[]): string {
  const tags = {same: ['', ''], removed: ['<del>', '</del>'], added: ['<ins>', '</ins>']} as const
  return abridge(parts, shownSame)
    .map(({kind, text}) => `${tags[kind][0]}${showText(text)}${tags[kind][1]}`)
    .join('')
}

/** Alone between blanks, these mean nothing to Markdown but at the beginning of a block. */
const inertWord = /^[-–—,.;:]$/

/** Lines stay lines; blanks at the edges keep words of two parts apart. */
function showText(text: string): string {
  return text.split('\n').map(showLine).join('<br>')
}

function showLine(line: string): string {
  const shown = groupRuns(line.split(' ')).map(({words, isInert}) => {
    const run = words.join(' ')
    return isInert ? run : inlineText(run, 'text')
  })
  return shown.join(' ').replace(/ {2,}/g, ' ')
}

function groupRuns(words: readonly string[]) {
  const runs: {isInert: boolean; words: string[]}[] = []
  for (const word of words) {
    const isInert = word === '' || inertWord.test(word)
    const last = runs.at(-1)
    if (last?.isInert === isInert) last.words.push(word)
    else runs.push({isInert, words: [word]})
  }
  return runs
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
