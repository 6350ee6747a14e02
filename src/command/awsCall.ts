/** `aws …`: from the words to the text on stdout, step by step as the AWS CLI does it. */
import type { AnyOperation, ServiceDescription } from '../contract/operation.ts';
import type { Request } from '../engine/service.ts';
import { argumentTable, type Described, readArguments } from './cliArguments.ts';
import { CliFailure, notModelled } from './cliFailure.ts';
import { addCliInput } from './cliInput.ts';
import { formatAnswer, type Answer as Pages } from './format/output.ts';
import { type CallSettings, GLOBAL_OPTIONS, readGlobalOptions } from './globalOptions.ts';
import { awsHelp, operationHelp, serviceHelp } from './help.ts';
import { kebab } from './kebab.ts';
import { CallRefused, isOutcome, type LineContext, type Running } from './lineContext.ts';
import { shown } from './outputShape.ts';
import { paginate, pagingOf } from './pagination.ts';
import { decoded, validateParameters } from './parameterValidation.ts';
import { type Argument, parseKnownArguments } from './python/argparse.ts';
import { isPlainObject, type Plain, type PlainObject } from './python/values.ts';
import { resolveShortNames } from './shortNames.ts';
import { inputSkeleton, outputSkeleton, yamlInputSkeleton } from './skeleton.ts';
import { runWaiter } from './waiter.ts';

/** The services of AWS that the prompt has. */
export const awsServices = (catalog: LineContext['catalog']): ServiceDescription[] =>
  [...catalog.values()].filter(({ kind }) => kind === 'aws');

/** By name on the command line, in order. */
export function operationsByWord(service: ServiceDescription): Map<string, AnyOperation> {
  const words = [...service.operations.values()].map(
    (operation) => [kebab(operation.name), operation] as const,
  );
  return new Map(words.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `words` begin behind `aws`. Gives stdout, each line with its newline. Throws CliFailure and CallRefused. */
export function* callAws(words: readonly Argument[], context: LineContext): Running<string> {
  const services = awsServices(context.catalog);
  const choices = [...services.map(({ name }) => name), 'help'];
  const globals = parseKnownArguments(GLOBAL_OPTIONS, { name: 'command', choices }, words);
  const settings = readGlobalOptions(globals, context.surroundings);
  const service = context.catalog.get(String(globals.values.get('command')));
  if (!service) return awsHelp(services);
  const operations = operationsByWord(service);
  const missing = (service.notModelled ?? []).map(kebab);
  const known = [...operations.keys(), ...missing].sort((a, b) => (a < b ? -1 : 1));
  const waits = service.waiters === undefined ? [] : ['wait'];
  const parsed = parseKnownArguments(
    [],
    { name: 'operation', choices: [...known, ...waits, 'help'] },
    globals.rest,
  );
  const word = String(parsed.values.get('operation'));
  if (missing.includes(word)) {
    throw notModelled(`aws ${service.name} ${word}`, { at: parsed.places.get('operation') });
  }
  if (word === 'wait') return yield* runWaiter(service, settings, context, parsed.rest);
  const operation = operations.get(word);
  if (!operation) return serviceHelp(service);
  if (parsed.rest.length === 1 && parsed.rest[0]?.value === 'help')
    return operationHelp(`aws ${service.name}`, operation);
  return yield* callOperation({ service, operation, settings, context }, parsed.rest);
}

/** One call of one operation. */
export interface Call {
  readonly service: ServiceDescription;
  readonly operation: AnyOperation;
  readonly settings: CallSettings;
  readonly context: LineContext;
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
    return formatAnswer(onePage(outputSkeleton(operation)), operation.name, settings.output, settings.query);
  }
  const ask = (given: PlainObject): Running<PlainObject> => send(call, checked(call, given, ordered));
  const answer = paging ? yield* paginate(paging, input, ask) : onePage(yield* ask(input));
  return formatAnswer(answer, operation.name, settings.output, settings.query);
}

/** The answer of one call. */
export const onePage = (whole: Plain): Pages => ({ paged: false, whole, pages: [whole], textPages: [whole] });

/** The input as the service takes it. Throws CliFailure. */
export function checked(
  { operation, settings }: Call,
  input: PlainObject,
  ordered: ReadonlySet<string>,
): PlainObject {
  const bytes = decoded(input, operation.input, settings.rawBlobs);
  validateParameters(bytes, operation.input, ordered);
  return isPlainObject(bytes) ? bytes : input;
}

/** Members that came from a file or from `--cli-input-json`; those typed as flags are refused with their place. */
function refuseNotModelled(operation: AnyOperation, input: PlainObject): void {
  for (const name of Object.keys(input)) {
    const why = operation.members[name]?.notModelled;
    if (why !== undefined) throw notModelled(`${name}: ${why}`);
  }
}

/** Sends the call and waits for its answer. */
export function* send(call: Call, input: PlainObject): Running<PlainObject> {
  const { service, operation, settings, context } = call;
  const request: Request = {
    service: service.name,
    operation: operation.name,
    input,
    caller: {
      by: context.state.by,
      account: settings.account,
      profile: settings.profile,
      secure: settings.secure,
    },
  };
  const outcome = yield { type: 'request', request };
  if (!isOutcome(outcome)) throw new CliFailure('the call was given up');
  if (!outcome.ok) {
    // SIMPLER THAN AWS: the CLI tries throttled calls twice more; here a call is one call.
    const { code, message } = outcome.refusal;
    const sentence = `An error occurred (${code}) when calling the ${operation.name} operation: ${message}`;
    throw new CallRefused(service.kind === 'aws' ? sentence : message, outcome.refusal, operation.name);
  }
  const output = shown(outcome.output, operation.output);
  return isPlainObject(output) ? output : {};
}

/** Flags of an operation, for completion and help. */
export const optionsOf = (operation: Described): ReturnType<typeof argumentTable> =>
  argumentTable(operation, []);
