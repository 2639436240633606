/** Completion for zsh, by its own `_arguments`. */
import {type CompletedCommand, type CompletedOption, help, version, type Words} from './completed.ts'

export function zshScript(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({name, summary}) => `    ${single(`${name}:${summary}`)}`)
  return `#compdef secdef
# Completes secdef in zsh. Printed by: secdef completion zsh

_secdef_offer() {
  local -a found
  found=("\${(@f)1}")
  found=("\${(@)found:#}")
  (( $#found )) && compadd -a found
}

_secdef_look_up() {
  _secdef_offer "$("\${secdef_line[1]/#\\~\\//$HOME/}" __complete "$1" -- "\${(@)secdef_line[2,-1]}" 2>/dev/null)"
}

_secdef_ids() { _secdef_look_up ids }
_secdef_schemas() { _secdef_look_up schemas }
_secdef_registries() { _secdef_look_up registries }
_secdef_revisions() { _secdef_offer "$(git for-each-ref --format='%(refname:short)' 2>/dev/null)" }

_secdef_commands() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  _describe command commands
}

_secdef() {
  local curcontext=$curcontext state state_descr
  local -a line secdef_line
  local -A opt_args
  secdef_line=("\${(@Q)words[1,CURRENT-1]}")
  _arguments -C \\
    ${[flag(help), flag(version)].join(' \\\n    ')} \\
    '1:command:_secdef_commands' \\
    '*::argument:->rest'
  [[ $state == rest ]] || return
  case $words[1] in
${commands.map(branch).join('\n')}
  esac
}

# Read at the start of a shell, or found by compinit.
if [[ $funcstack[1] == _secdef ]]; then _secdef "$@"; else compdef _secdef secdef; fi
`
}

function branch(command: CompletedCommand): string {
  const specs = [
    flag(help),
    ...command.options.map(optionSpec),
    ...command.arguments.map(({name, words}, index) =>
      single(`${index + 1}:${message(name)}:${action(words)}`),
    ),
  ]
  return `    ${command.name}) _arguments \\\n      ${specs.join(' \\\n      ')} ;;`
}

/** One that ends the line: nothing beside it counts. */
function flag({short, long, description}: typeof help | typeof version): string {
  return `'(- *)'{${short},${long}}${single(`[${explanation(description)}]`)}`
}

function optionSpec({long, description, value, isRepeated, placeholder, words}: CompletedOption): string {
  const many = isRepeated ? '*' : ''
  const what = `[${explanation(description)}]`
  if (value === 'never') return single(`${many}${long}${what}`)
  const colons = value === 'perhaps' ? '::' : ':'
  return single(`${many}${long}=${what}${colons}${message(placeholder)}:${action(words)}`)
}

function action(words: Words): string {
  switch (words.of) {
    case 'choices':
      return `(${words.choices.join(' ')})`
    case 'lookup':
      return `_secdef_${words.lookup}`
    case 'files':
      return '_files'
    case 'folders':
      return '_path_files -/'
    case 'revisions':
      return '_secdef_revisions'
    case 'anything':
      return ' '
  }
}

function explanation(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&')
}

function message(text: string): string {
  return text.replace(/[\\:]/g, '\\$&')
}

function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
