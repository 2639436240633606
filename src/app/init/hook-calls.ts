/** Hooks before a commit, and whether a file runs the check of a project: what does not for sure counts as one that does not. */

/** The hooks that git runs before it makes a commit; the second where a merge made it without a conflict. */
export const hookNames = ['pre-commit', 'pre-merge-commit'] as const
export type HookName = (typeof hookNames)[number]

/** The check of what is staged, which is a hook's, in a hook file or in the configuration of a tool. */
export function runsStagedCheck(text: string | undefined, prefix: string): boolean {
  return runsHere(text, prefix, /\bsecdef(?:@\S+)? check\b[^\n;&|]*--staged\b|\bsecdef-check\b/)
}

export function runsCheck(text: string | undefined, prefix: string): boolean {
  return runsHere(text, prefix, /\bsecdef(?:@\S+)? check\b/)
}

/** @param prefix The folder of the project, with `/` at its end: a call in another folder is of another project. */
function runsHere(text: string | undefined, prefix: string, call: RegExp): boolean {
  if (text === undefined) return false
  const lines = text.split(/\r?\n/).map(withoutComment)
  const folder = prefix.slice(0, -1)
  // What lefthook and GitHub call the folder in which they run something.
  const named = lines.flatMap((line) =>
    folderOf(/(?:^|[\s,{"])(?:root|working-directory)"?:\s+(\S.*)$/, line),
  )
  return lines.some((line) => {
    if (!call.test(line)) return false
    const changed = folderOf(/\bcd\s+('[^']*'|"[^"]*"|[^\s;&|]+)/, line)
    const folders = changed.length > 0 ? changed : named
    return folder === '' ? folders.length === 0 : folders.includes(folder)
  })
}

function folderOf(pattern: RegExp, line: string): string[] {
  const found = pattern.exec(line)?.[1]
  return found === undefined ? [] : [found.replace(/["',}\s]+$|^["']/g, '').replace(/^\.\/|\/$/g, '')]
}

/** Of a shell, YAML or TOML; of JSON with comments, a line that is none but one. */
function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*$|^\s*\/\/.*$/, '')
}
