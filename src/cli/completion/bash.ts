/** Completion for bash, from 3.2 on, as macOS has it. */
import {type CompletedCommand, help, version, type Words} from './completed.ts'

/**
 * The script. Words of a document are compared and quoted, never evaluated: `compgen -W` would run what is in
 * them.
 */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const taking = commands.flatMap(({name, options}) =>
    options
      .filter(({value}) => value !== 'never')
      .map((option) => ({...option, key: `${name}:${option.long}`})),
  )
  const values = taking.flatMap(({key, words}) => line(key, words))
  const positions = commands.flatMap((command) =>
    command.arguments.flatMap(({words}, position) => line(`${command.name}:${position}`, words)),
  )
  const options = commands.map(
    ({name, options: own}) =>
      `      ${name}) _secdef_words ${[...own, help].map(({long}) => long).join(' ')} ;;`,
  )
  const top = [...commands.map(({name}) => name), help.long, version.long]
  return `# Completes secdef in bash. Printed by: secdef completion bash

# Offers those lines of stdin that go on from what is typed.
_secdef_offer() {
  local typed=$secdef_typed candidate quoted
  case $typed in
    [\\"\\']*) quoted=1 typed=\${typed:1} ;;
    *) quoted= typed=\${typed//\\\\/} ;;
  esac
  while IFS= read -r candidate; do
    [[ $candidate == "$typed"* ]] || continue
    [[ -n $quoted ]] || printf -v candidate %q "$candidate"
    COMPREPLY+=("$candidate")
  done
}

_secdef_words() { _secdef_offer < <(printf '%s\\n' "$@"); }

_secdef_look_up() { _secdef_offer < <("\${COMP_WORDS[0]/#\\~\\//$HOME/}" __complete "$1" -- "\${secdef_words[@]}" 2>/dev/null); }

_secdef_revisions() { _secdef_offer < <(git for-each-ref --format='%(refname:short)' 2>/dev/null); }

_secdef_paths() {
  local candidate
  compopt -o filenames 2>/dev/null
  while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen "$1" -- "$secdef_typed")
}

# Whether a value may follow an option of a command.
_secdef_takes() {
  case $1:$2 in
    ${taking.map(({key}) => key).join(' | ')}) return 0 ;;
  esac
  return 1
}

_secdef() {
  COMPREPLY=()
  local secdef_typed=\${COMP_WORDS[COMP_CWORD]} command= option= ended= position=0 word i
  local -a secdef_words=()
  # "--format=json" arrives in three words.
  [[ $secdef_typed == = ]] && secdef_typed=
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == = ]] || secdef_words+=("\${COMP_WORDS[i]}")
  done
  for word in \${secdef_words[@]+"\${secdef_words[@]}"}; do
    if [[ -z $command ]]; then
      [[ $word == -* ]] || command=$word
    elif [[ -z $ended && $word == -- ]]; then
      ended=1 option=
    elif [[ -z $ended && $word == -* ]]; then
      option=
      _secdef_takes "$command" "$word" && option=$word
    elif [[ -n $option ]]; then
      option=
    else
      position=$((position + 1))
    fi
  done
  if [[ -z $command ]]; then
    _secdef_words ${top.join(' ')}
  elif [[ -n $option && $secdef_typed != -* ]]; then
    case $command:$option in
${values.join('\n')}
    esac
  elif [[ -z $ended && $secdef_typed == -* ]]; then
    case $command in
${options.join('\n')}
    esac
  else
    case $command:$position in
${positions.join('\n')}
    esac
  fi
}

complete -F _secdef secdef
`
}

function line(key: string, words: Words): string[] {
  const what = offer(words)
  return what === undefined ? [] : [`      ${key}) ${what} ;;`]
}

function offer(words: Words): string | undefined {
  switch (words.of) {
    case 'choices':
      return `_secdef_words ${words.choices.join(' ')}`
    case 'lookup':
      return `_secdef_look_up ${words.lookup}`
    case 'files':
      return '_secdef_paths -f'
    case 'folders':
      return '_secdef_paths -d'
    case 'revisions':
      return '_secdef_revisions'
    case 'anything':
      return undefined
  }
}
