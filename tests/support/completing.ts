/** The shells themselves, and what they offer for a line, without somebody at a keyboard. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from './project.ts'

export type ShellHost = {
  readonly shell: 'bash' | 'zsh' | 'fish'
  readonly isHere: boolean
  /**
   * @param script What `secdef completion` prints for this shell.
   * @param path Folders in which `secdef` is found.
   * @returns What the last word of the line may become, sorted: of `--option=value` the value, and without a sign that asks for more.
   */
  readonly offered: (cwd: string, script: string, line: string, path: string) => string[]
}

/** Words as bash has them in COMP_WORDS: an equals sign is one of its own. */
const bash = `
source ./script
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_secdef
for candidate in \${COMPREPLY[@]+"\${COMPREPLY[@]}"}; do
  # As the line would be read once it is completed.
  eval "printf '<%s>\\n' $candidate"
done
`

/** A terminal within the shell, and a listener at the place to which all candidates go. */
const zsh = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PROMPT=; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source ./script'
zpty -w z 'compadd() { local -a caught; builtin compadd -A caught "$@"; local one; for one in "$caught[@]"; do print -r -- "<\${(Q)one}>"; done; builtin compadd "$@" }'
zpty -w z 'complete_all() { zle list-choices; print -r -- "E""ND"; zle kill-whole-line }; zle -N complete_all; bindkey "^T" complete_all'
zpty -w z 'LISTMAX=10000; print -r -- "REA""DY"'
zpty -r -m z shown '*READY*'
zpty -n -w z "$1"$'\\x14'
zpty -r -m z shown '*END*'
print -r -- "$shown"
`

const fish = `
source ./script
complete -C "$argv[1]" | string replace -r '\\t.*' '' | string replace -r '^(.*)$' '<$1>'
true
`

export const shellHosts: readonly ShellHost[] = [
  host('bash', (folder, line) => ['--norc', '--noprofile', folder, ...bashWords(line)], bash),
  host('zsh', (folder, line) => ['-f', folder, line], zsh),
  host('fish', (folder, line) => ['--no-config', folder, line], fish),
]

function host(
  shell: ShellHost['shell'],
  args: (file: string, line: string) => string[],
  driver: string,
): ShellHost {
  return {
    shell,
    isHere: isHere(shell),
    offered(cwd, script, line, path) {
      const folder = temporaryFolder()
      const file = join(folder, 'driver')
      fs.writeFileSync(join(folder, 'script'), script)
      fs.writeFileSync(file, driver.replaceAll('./script', join(folder, 'script')))
      const env = {PATH: `${path}:${process.env.PATH}`, HOME: folder, TERM: 'xterm', LANG: 'C.UTF-8'}
      const text = execFileSync(shell, args(file, line), {cwd, env, encoding: 'utf8', timeout: 30_000})
      const found = [...text.matchAll(/<([^<>\r\n]+)>/g)].map(([, word = '']) =>
        word.replace(/^--\w+=(?=.)|[=/]$/g, ''),
      )
      return [...new Set(found)].sort()
    },
  }
}

function isHere(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

function bashWords(line: string): string[] {
  const words = line.match(/=|(?:"[^"]*"?|'[^']*'?|\\.|[^\s=])+/g) ?? []
  return /\s$|=$/.test(line) ? [...words, ''] : [...words]
}
