/** `help` and what follows it: the whole prompt on a page, then level by level. */
import type { ServiceDescription } from '../contract/operation.ts';
import { CliFailure } from './cliFailure.ts';
import { didYouMean } from './didYouMean.ts';
import { awsHelp, columns, operationHelp, serviceHelp } from './help.ts';
import type { Catalog } from './lineContext.ts';
import { LINE_WORDS, PLAYGROUND_COMMANDS, PLAYGROUND_GROUPS } from './playgroundCommands.ts';
import type { Argument } from './python/argparse.ts';
import { operationsByWord, serviceByWord, wordOf } from './serviceCall.ts';

/** `time help`. */
export function groupHelp(group: string): string {
  const commands = PLAYGROUND_COMMANDS.filter((command) => command.group === group);
  const summary = PLAYGROUND_GROUPS.find(({ name }) => name === group)?.summary ?? '';
  return `${[
    `${group}: ${summary}`,
    '',
    columns(commands.map(({ verb, summary: words }) => [verb, words])),
    '',
    `${group} VERB help    the flags of a verb`,
  ].join('\n')}\n`;
}

const servicesOf = (catalog: Catalog, kind: ServiceDescription['kind']): ServiceDescription[] =>
  [...catalog.values()].filter((service) => service.kind === kind);

/** `help`. */
function allHelp(catalog: Catalog): string {
  const singles = PLAYGROUND_COMMANDS.filter(({ verb }) => verb === '');
  const row = ({ name, summary }: { name: string; summary: string }): [string, string] => [name, summary];
  return `${[
    'AWS (aws may be left out)',
    columns(servicesOf(catalog, 'aws').map(row)),
    '',
    'this playground',
    columns([
      ...servicesOf(catalog, 'playground').map(row),
      ...PLAYGROUND_GROUPS.map(row),
      ...singles.map(({ group, summary }): [string, string] => [group, summary]),
      ...LINE_WORDS.map(({ form, summary }): [string, string] => [form, summary]),
    ]),
    '',
    'of the shell',
    columns([
      ['NAME=value  $NAME', 'A variable.'],
      ['NAME=$(aws …)', 'A variable from an answer: with --query and --output text.'],
      ['LINE || true', 'A refusal is expected: go on.'],
      ['\'…\' "…" \\ #', 'Quotes, a line that goes on, a comment.'],
    ]),
    '',
    'help sqs                    the operations of a service',
    'help sqs receive-message    the flags of an operation',
  ].join('\n')}\n`;
}

/** Help for the words after `help`. Throws CliFailure for words that are none. */
export function helpFor(words: readonly Argument[], catalog: Catalog): string {
  const given = words[0]?.value === 'aws' ? words.slice(1) : words;
  const [first, second] = given;
  if (!first) return words.length > 0 ? awsHelp(servicesOf(catalog, 'aws')) : allHelp(catalog);
  const service = serviceByWord(catalog, first.value);
  if (service) {
    if (!second) return serviceHelp(service);
    const operations = operationsByWord(service);
    const operation = operations.get(second.value);
    if (operation)
      return operationHelp(service.kind === 'aws' ? `aws ${wordOf(service)}` : service.name, operation);
    throw noHelp(second, [...operations.keys()]);
  }
  if (PLAYGROUND_GROUPS.some(({ name }) => name === first.value) && !second) return groupHelp(first.value);
  const commands = PLAYGROUND_COMMANDS.filter(({ group }) => group === first.value);
  const command = commands.find(({ verb }) => verb === (second?.value ?? ''));
  if (command) return operationHelp(command.group, command);
  if (commands.length > 0 && second) {
    throw noHelp(
      second,
      commands.map(({ verb }) => verb),
    );
  }
  const line = LINE_WORDS.find(({ name }) => name === first.value);
  if (line) return `${line.form}\n  ${line.summary}\n`;
  throw noHelp(first, [...catalog.keys(), ...PLAYGROUND_COMMANDS.map(({ group }) => group)]);
}

function noHelp(word: Argument, known: readonly string[]): CliFailure {
  return new CliFailure(`no help for ${word.value}`, undefined, {
    at: word,
    didYouMean: didYouMean(word.value, known),
  });
}
