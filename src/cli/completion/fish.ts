/** Completion for fish, from 3.0 on. */
import {type CompletedCommand, type CompletedOption, help, version, type Words} from './completed.ts'

export function fishScript(commands: readonly CompletedCommand[]): string {
  const taking = commands.flatMap(({name, options}) =>
    options.filter(({value}) => value !== 'never').map(({long}) => single(`${name} ${long}`)),
  )
  return `# Completes secdef in fish. Printed by: secdef completion fish

# The command, how many arguments stand behind it, and the option whose value may come next.
function __secdef_state
    set -l command
    set -l position 0
    set -l option
    set -l ended
    for word in (commandline -opc)[2..-1]
        if test -z "$command"
            string match -q -- '-*' $word; or set command $word
        else if test -z "$ended" -a x$word = x--
            set ended 1
            set option
        else if test -z "$ended"; and string match -q -- '-*' $word
            set option
            switch "$command $word"
                case ${taking.join(' ')}
                    set option $word
            end
        else if test -n "$option"
            set option
        else
            set position (math $position + 1)
        end
    end
    printf '%s\\n' "$command" $position "$option"
end

function __secdef_is
    set -l state (__secdef_state)
    test "$state[1]" = "$argv[1]"
end

# At the argument of this number, or behind this option.
function __secdef_at
    set -l state (__secdef_state)
    test "$state[1]" = $argv[1]; or return 1
    if string match -q -- '--*' $argv[2]
        test "$state[3]" = $argv[2]
    else
        test "$state[2]" = $argv[2] -a -z "$state[3]"
    end
end

function __secdef_look_up
    set -l words (commandline -opc)
    $words[1] __complete $argv[1] -- $words[2..-1] 2>/dev/null
end

complete -c secdef -f
complete -c secdef -n '__secdef_is ""' -s ${version.short.slice(1)} -l ${version.long.slice(2)} -d ${single(version.description)}
complete -c secdef -s ${help.short.slice(1)} -l ${help.long.slice(2)} -d ${single(help.description)}
${commands.flatMap(linesOf).join('\n')}
`
}

function linesOf(command: CompletedCommand): string[] {
  const {name, summary} = command
  return [
    `complete -c secdef -n '__secdef_is ""' -a ${name} -d ${single(summary)}`,
    ...command.options.flatMap((option) => optionLines(name, option)),
    ...command.arguments.flatMap(({words}, index) => {
      const offered = offer(words)
      return offered === undefined ? [] : [`complete -c secdef -n '__secdef_at ${name} ${index}' ${offered}`]
    }),
  ]
}

function optionLines(command: string, {long, description, value, words}: CompletedOption): string[] {
  const base = `complete -c secdef -n '__secdef_is ${command}' -l ${long.slice(2)}`
  const offered = offer(words)
  const what = `-d ${single(description)}`
  if (value === 'always') return [`${base} -r ${offered ?? '-f'} ${what}`]
  // One that can stand alone must not swallow the option behind it.
  const follows = `complete -c secdef -n '__secdef_at ${command} ${long}' ${offered}`
  return [`${base} ${what}`, ...(value === 'perhaps' && offered !== undefined ? [follows] : [])]
}

function offer(words: Words): string | undefined {
  switch (words.of) {
    case 'choices':
      return `-f -a ${single(words.choices.join(' '))}`
    case 'lookup':
      return `-f -a '(__secdef_look_up ${words.lookup})'`
    case 'files':
      return '-F'
    case 'folders':
      return `-f -a '(__fish_complete_directories)'`
    case 'revisions':
      return `-f -a "(git for-each-ref --format='%(refname:short)' 2>/dev/null)"`
    case 'anything':
      return undefined
  }
}

/** In single quotes only a backslash and a quote mean something. */
function single(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
