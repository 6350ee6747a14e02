/** `aws …`: from the words to the text on stdout, step by step as the AWS CLI does it. */
import type { AnyOperation, ServiceDescription } from '../contract/operation.ts';
import { readArguments } from './cliArguments.ts';
import { CliFailure, notModelled } from './cliFailure.ts';
import { addCliInput } from './cliInput.ts';
import { formatAnswer } from './format/output.ts';
import { GLOBAL_OPTIONS, readGlobalOptions } from './globalOptions.ts';
import { awsHelp, operationHelp, serviceHelp } from './help.ts';
import { kebab } from './kebab.ts';
import type { LineContext, Running } from './lineContext.ts';
import { paginate, pagingOf } from './pagination.ts';
import { validateParameters } from './parameterValidation.ts';
import { type Argument, type ParsedArguments, parseKnownArguments } from './python/argparse.ts';
import type { PlainObject } from './python/values.ts';
import { type Call, checked, onePage, operationsByWord, send } from './serviceCall.ts';
import { resolveShortNames } from './shortNames.ts';
import { inputSkeleton, outputSkeleton, yamlInputSkeleton } from './skeleton.ts';
import { runWaiter } from './waiter.ts';

/** The services of AWS that the prompt has. */
const awsServices = (catalog: LineContext['catalog']): ServiceDescription[] =>
  [...catalog.values()].filter(({ kind }) => kind === 'aws');

/** `words` begin behind `aws`. Gives stdout, each line with its newline. Throws CliFailure and CallRefused. */
export function* callAws(words: readonly Argument[], context: LineContext): Running<string> {
  const services = awsServices(context.catalog);
  const choices = [...services.map(({ name }) => name), 'help'];
  const globals = readGlobals(words, choices);
  const settings = readGlobalOptions(globals, context.surroundings);
  const service = context.catalog.get(String(globals.values.get('command')));
  if (!service) return awsHelp(services);
  const operations = operationsByWord(service);
  const left = Object.keys(service.withoutCommand ?? {});
  const missing = new Map([...(service.notModelled ?? []), ...left].map((name) => [kebab(name), name]));
  const known = [...operations.keys(), ...missing.keys()].sort((a, b) => (a < b ? -1 : 1));
  const waits = service.waiters === undefined ? [] : ['wait'];
  const parsed = parseKnownArguments(
    [],
    { name: 'operation', choices: [...known, ...waits, 'help'] },
    globals.rest,
  );
  const word = String(parsed.values.get('operation'));
  const absent = missing.get(word);
  if (absent !== undefined) {
    const at = parsed.places.get('operation');
    const why = service.withoutCommand?.[absent] ?? service.instead?.[absent];
    throw notModelled(`aws ${service.name} ${word}`, { at, why });
  }
  if (word === 'wait') return yield* runWaiter(service, settings, context, parsed.rest);
  const operation = operations.get(word);
  if (!operation) return serviceHelp(service);
  if (parsed.rest.length === 1 && parsed.rest[0]?.value === 'help')
    return operationHelp(`aws ${service.name}`, operation);
  return yield* callOperation({ service, operation, settings, context }, parsed.rest);
}

/** The options of every command, and the service; one that is not here is said to be AWS's, but not modelled. */
function readGlobals(words: readonly Argument[], choices: readonly string[]): ParsedArguments {
  try {
    return parseKnownArguments(GLOBAL_OPTIONS, { name: 'command', choices }, words);
  } catch (error) {
    if (!(error instanceof CliFailure) || !error.message.includes('argument command: ')) throw error;
    const { message, exit, at, didYouMean } = error;
    const why = `services modelled here: ${choices.filter((name) => name !== 'help').join(', ')}`;
    throw new CliFailure(message, exit, { at, didYouMean, why });
  }
}

function* callOperation(call: Call, words: readonly Argument[]): Running<string> {
  const { operation, settings, context } = call;
  const { parsed, input, ordered } = readArguments(operation, words, context.surroundings);
  addCliInput(input, parsed, context.surroundings);
  const paging = pagingOf(operation, parsed, input, settings.paginate);
  const skeleton = parsed.values.get('generate_cli_skeleton');
  if (skeleton === 'input') return inputSkeleton(operation);
  if (skeleton === 'yaml-input') return yamlInputSkeleton(operation);
  refuseNotModelled(operation, input);
  resolveShortNames(operation, input, context);
  if (skeleton === 'output') {
    checked(call, input, ordered);
    const example = outputSkeleton(operation);
    // The CLI checks its own example, in which blobs are empty, and complains about them.
    validateParameters(example, operation.output, new Set());
    return formatAnswer(onePage(example), operation.name, settings.output, settings.query);
  }
  const ask = (given: PlainObject): Running<PlainObject> => send(call, checked(call, given, ordered));
  const answer = paging ? yield* paginate(paging, input, ask) : onePage(yield* ask(input));
  return formatAnswer(answer, operation.name, settings.output, settings.query);
}

/** Members that came from a file or from `--cli-input-json`; those typed as flags are refused with their place. */
function refuseNotModelled(operation: AnyOperation, input: PlainObject): void {
  for (const name of Object.keys(input)) {
    const why = operation.members[name]?.notModelled;
    if (why !== undefined) throw notModelled(`${name}: ${why}`);
  }
}
