/** `completion bash|zsh|fish`: scripts made from the command line's own description. */
import type { Command } from 'commander';
import { type Exit, GOOD, print, Usage } from './exit.ts';

interface Level {
  /** The words before: `lessons check`, or nothing. */
  readonly path: string;
  readonly words: readonly string[];
  readonly flags: readonly string[];
  /** Values of flags that have a fixed set. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export async function completion(program: Command, shell: string): Promise<Exit> {
  const levels = levelsOf(program, '');
  if (shell === 'bash') print(bash(levels));
  else if (shell === 'zsh')
    print(`#compdef msg-playground\nautoload -U +X bashcompinit && bashcompinit\n${bash(levels)}`);
  else if (shell === 'fish') print(fish(levels));
  else throw new Usage(`completion ${shell}: bash, zsh or fish`);
  return GOOD;
}

function levelsOf(command: Command, path: string): Level[] {
  const help = command.createHelp();
  const visible = help.visibleCommands(command);
  const values: Record<string, readonly string[]> = {};
  for (const option of command.options) {
    if (option.long && option.argChoices) values[option.long] = option.argChoices;
  }
  const level: Level = {
    path,
    words: visible.map((child) => child.name()),
    flags: help.visibleOptions(command).flatMap((option) => (option.long ? [option.long] : [])),
    values,
  };
  return [
    level,
    ...visible.flatMap((child) => levelsOf(child, path === '' ? child.name() : `${path} ${child.name()}`)),
  ];
}

function bash(levels: readonly Level[]): string {
  const cases = levels.map(
    ({ path, words, flags }) => `    '${path}') words='${[...words, ...flags].join(' ')}' ;;`,
  );
  const values = new Map(levels.flatMap((level) => Object.entries(level.values)));
  const choices = [...values].map(([flag, set]) => `    ${flag}) words='${set.join(' ')}' ;;`);
  return `_msg_playground() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
    *) words='' ;;
  esac
  case "$before" in
${choices.join('\n')}
  esac
  if [ -z "$words" ]; then COMPREPLY=($(compgen -f -- "$current")); else COMPREPLY=($(compgen -W "$words" -- "$current")); fi
}
complete -F _msg_playground msg-playground`;
}

function fish(levels: readonly Level[]): string {
  const lines = ['complete -c msg-playground -f'];
  for (const { path, words, flags, values } of levels) {
    const when =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    for (const word of words) lines.push(`complete -c msg-playground -n '${when}' -a '${word}'`);
    for (const flag of flags) {
      const set = values[flag];
      const choices = set === undefined ? '' : ` -x -a '${set.join(' ')}'`;
      lines.push(`complete -c msg-playground -n '${when}' -l '${flag.slice(2)}'${choices}`);
    }
  }
  return lines.join('\n');
}
