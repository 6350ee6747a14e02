/** The playground's own commands: those of the apps are calls to a service, the others verbs of the session. */
import type { AnyOperation, ServiceDescription } from '../contract/operation.ts';
import { parseDuration } from '../projection/duration.ts';
import { type Described, readArguments } from './cliArguments.ts';
import { CliFailure } from './cliFailure.ts';
import { writeCondition } from './conditionText.ts';
import { readCondition } from './conditionWords.ts';
import type { Answer } from './console.ts';
import { didYouMean } from './didYouMean.ts';
import { formatAnswer } from './format/output.ts';
import { GLOBAL_OPTIONS, readGlobalOptions } from './globalOptions.ts';
import { operationHelp, serviceHelp } from './help.ts';
import { groupHelp } from './helpTopics.ts';
import { flagOf } from './kebab.ts';
import { isControlAnswer, type LineContext, type Running } from './lineContext.ts';
import { validateParameters } from './parameterValidation.ts';
import { PLAYGROUND_COMMANDS, PLAYGROUND_GROUPS, type PlaygroundCommand } from './playgroundCommands.ts';
import { type Argument, parseKnownArguments } from './python/argparse.ts';
import type { Plain } from './python/values.ts';
import { onePage, operationsByWord, send } from './serviceCall.ts';

/** A condition of `expect` or `time until` that does not hold. */
export class NotMet extends Error {
  override readonly name = 'NotMet';
  /** What is still to do, a sentence each. */
  readonly unmet: readonly string[];

  constructor(message: string, unmet: readonly string[]) {
    super(message);
    this.unmet = unmet;
  }
}

const unmetOf = (answer: Answer): readonly string[] =>
  typeof answer === 'object' && 'unmet' in answer ? answer.unmet : [];

/** Is this the first word of one of our commands? */
export function isPlaygroundWord(word: string, context: LineContext): boolean {
  return (
    context.catalog.get(word)?.kind === 'playground' ||
    PLAYGROUND_COMMANDS.some(({ group }) => group === word)
  );
}

/** Gives stdout, each line with its newline. Throws CliFailure, CallRefused and NotMet. */
export function* callPlayground(words: readonly Argument[], context: LineContext): Running<string> {
  const group = words[0]?.value ?? '';
  const second = words[1]?.value ?? '';
  const service = context.catalog.get(group);
  if (service?.kind === 'playground') return yield* callService(service, words, context);
  const found = commandOf(words);
  if (!found) {
    if (second === '' || second === 'help') return groupHelp(group);
    throw unknownVerb(group, words[1], verbsOf(group));
  }
  const rest = words.slice(found.verb === '' ? 1 : 2);
  if (rest.length === 1 && rest[0]?.value === 'help') return operationHelp(found.group, found);
  return yield* inOurWords(`${found.group} ${found.verb}`.trim(), runCommand(found, rest, context));
}

const verbsOf = (group: string): string[] =>
  PLAYGROUND_COMMANDS.filter((command) => command.group === group).map(({ verb }) => verb);

function commandOf(words: readonly Argument[]): PlaygroundCommand | undefined {
  const [group, verb] = words;
  const isGroup = PLAYGROUND_GROUPS.some(({ name }) => name === group?.value);
  return PLAYGROUND_COMMANDS.find(
    (command) => command.group === group?.value && (!isGroup || command.verb === verb?.value),
  );
}

function unknownVerb(group: string, word: Argument | undefined, verbs: readonly string[]): CliFailure {
  return new CliFailure(`${group}: no verb ${word?.value ?? ''}`, undefined, {
    at: word,
    didYouMean: didYouMean(word?.value ?? '', verbs),
    why: `${group} has ${verbs.join(', ')}`,
  });
}

function* runCommand(
  command: PlaygroundCommand,
  words: readonly Argument[],
  context: LineContext,
): Running<string> {
  if (command.condition) return yield* runCondition(command, words, context);
  const { input } = readArguments(command, withPositionals(command, words), context.surroundings);
  validateParameters(input, command.input, new Set());
  refuseOtherValues(command, input);
  const answer = yield { type: 'control', group: command.group, verb: command.verb, input };
  if (!isControlAnswer(answer)) return '';
  if (!answer.ok) {
    const { text, why, didYouMean: meant, at } = answer.error;
    throw new CliFailure(text, undefined, { why, didYouMean: meant, at });
  }
  const text = answer.text === undefined || answer.text === '' ? '' : `${answer.text}\n`;
  if (answer.output === undefined) return text;
  const whole = answer.output as Plain;
  const shown = formatAnswer(onePage(whole), command.name, 'json', undefined);
  return text + shown;
}

/** `expect CONDITION`, `time until CONDITION [--within TIME]`. */
function* runCondition(
  command: PlaygroundCommand,
  words: readonly Argument[],
  context: LineContext,
): Running<string> {
  const start =
    command.input.members.length > 0 ? words.findIndex(({ value }) => value.startsWith('--')) : -1;
  const split = start < 0 ? words.length : start;
  const condition = readCondition(words.slice(0, split));
  const { input } = readArguments(command, words.slice(split), context.surroundings);
  const within = typeof input.within === 'string' ? parseDuration(input.within) : undefined;
  if (input.within !== undefined && within === undefined) {
    throw new CliFailure(`--within ${input.within} is no time`, undefined, {
      why: 'write 500ms, 30s, 5m, 2h or 4d',
    });
  }
  const now = command.group === 'expect';
  const met = yield {
    type: 'until',
    condition,
    ...(now ? { within: parseDuration('0ms') ?? 0 } : within === undefined ? {} : { within }),
  } as { type: 'until'; condition: typeof condition };
  if (met === true) return '';
  throw new NotMet(`${now ? 'expected' : 'not met'}: ${writeCondition(condition)}`, unmetOf(met));
}

/** A word without a flag, put behind the flag it stands for. */
function withPositional(
  command: Described,
  member: string | undefined,
  words: readonly Argument[],
): readonly Argument[] {
  const first = words[0];
  if (member === undefined || !first || first.value.startsWith('-') || first.value === 'help') return words;
  if (!command.input.members.some(({ name }) => name === member)) return words;
  return [{ ...first, value: flagOf(member) }, ...words];
}

/** A second word without a flag goes behind its flag, too. */
function withPositionals(command: PlaygroundCommand, words: readonly Argument[]): readonly Argument[] {
  const filled = withPositional(command, command.positional, words);
  const isFilled = filled !== words && command.second !== undefined;
  return isFilled
    ? [...filled.slice(0, 2), ...withPositional(command, command.second, filled.slice(2))]
    : filled;
}

/** A value outside its list is a slip of the typist: said before the command goes further. */
function refuseOtherValues(command: Described, input: Readonly<Record<string, Plain>>): void {
  for (const [name, value] of Object.entries(input)) {
    const values = command.members[name]?.values;
    if (!values || typeof value !== 'string' || values.includes(value)) continue;
    throw new CliFailure(`${flagOf(name)} ${value} is not one of ${values.join(', ')}`, undefined, {
      didYouMean: didYouMean(value, values),
    });
  }
}

function* callService(
  service: ServiceDescription,
  words: readonly Argument[],
  context: LineContext,
): Running<string> {
  const operations = operationsByWord(service);
  const verb = words[1];
  if (!verb || verb.value === 'help') return serviceHelp(service);
  const operation = operations.get(verb.value);
  if (!operation) throw unknownVerb(service.name, verb, [...operations.keys()]);
  const rest = words.slice(2);
  if (rest.length === 1 && rest[0]?.value === 'help') return operationHelp(service.name, operation);
  return yield* inOurWords(`${service.name} ${verb.value}`, runOperation(service, operation, rest, context));
}

/** A flag of our own is no short form of a global one: `--endpoint 1` is not `--endpoint-url`. */
function globalsBeside({ input }: AnyOperation): typeof GLOBAL_OPTIONS {
  const own = input.members.map(({ name }) => flagOf(name));
  return GLOBAL_OPTIONS.filter(({ flag }) => !own.some((one) => one !== flag && flag.startsWith(one)));
}

function* runOperation(
  service: ServiceDescription,
  operation: AnyOperation,
  words: readonly Argument[],
  context: LineContext,
): Running<string> {
  const globals = parseKnownArguments(
    globalsBeside(operation),
    undefined,
    withPositional(operation, 'name', words),
  );
  const settings = readGlobalOptions(globals, context.surroundings);
  const { input, ordered } = readArguments(operation, globals.rest, context.surroundings);
  validateParameters(input, operation.input, ordered);
  refuseOtherValues(operation, input);
  const whole = yield* send({ service, operation, settings, context }, input);
  return formatAnswer(onePage(whole), operation.name, settings.output, settings.query);
}

/** The AWS CLI's sentences without its usage: ours are short. */
function* inOurWords(name: string, running: Running<string>): Running<string> {
  try {
    return yield* running;
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    const words = /(?:aws: error: |Unknown options: |Parameter validation failed:\n)([\s\S]*)$/.exec(
      error.message,
    );
    const unknown = error.message.includes('\nUnknown options: ');
    const text = (words?.[1] ?? error.message).trim();
    const { exit, at, why, didYouMean: meant } = error;
    throw new CliFailure(`${name}: ${unknown ? `unknown flag ${text}` : text}`, exit, {
      at,
      why,
      didYouMean: meant,
    });
  }
}
