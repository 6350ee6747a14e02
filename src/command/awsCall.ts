/** `aws …`: from the words to the text on stdout, step by step as the AWS CLI does it. */
import type { AnyOperation, ServiceDescription } from '../contract/operation.ts';
import { utf8Text } from '../contract/text.ts';
import { fromBase64 } from '../engine/plainJson.ts';
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
import { callS3 } from './s3Commands.ts';
import { type Call, checked, onePage, operationsByWord, send, serviceByWord, wordOf } from './serviceCall.ts';
import { resolveShortNames } from './shortNames.ts';
import { inputSkeleton, outputSkeleton, yamlInputSkeleton } from './skeleton.ts';
import { runWaiter } from './waiter.ts';

/** The services of AWS that the prompt has. */
const awsServices = (catalog: LineContext['catalog']): ServiceDescription[] =>
  [...catalog.values()].filter(({ kind }) => kind === 'aws');

/** `words` begin behind `aws`. Gives stdout, each line with its newline. Throws CliFailure and CallRefused. */
export function* callAws(words: readonly Argument[], context: LineContext): Running<string> {
  const services = awsServices(context.catalog);
  const hasS3 = services.some(({ name }) => name === 's3');
  const choices = [...services.map(wordOf), ...(hasS3 ? ['s3'] : []), 'help'];
  const globals = readGlobals(words, choices);
  const settings = readGlobalOptions(globals, context.surroundings);
  const command = String(globals.values.get('command'));
  if (command === 's3') return yield* callS3(globals.rest, settings, context);
  const service = serviceByWord(context.catalog, command);
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
    throw notModelled(`aws ${wordOf(service)} ${word}`, { at, why });
  }
  if (word === 'wait') return yield* runWaiter(service, settings, context, parsed.rest);
  const operation = operations.get(word);
  if (!operation) return serviceHelp(service);
  if (parsed.rest.length === 1 && parsed.rest[0]?.value === 'help')
    return operationHelp(`aws ${wordOf(service)}`, operation);
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
  const { parsed, input, ordered } = readArguments(
    operation,
    withCode(operation, words, context),
    context.surroundings,
  );
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
  const outfile = operation.outfile === undefined ? undefined : String(parsed.values.get('help') ?? '-');
  const written: string[] = [];
  const ask = function* (given: PlainObject): Running<PlainObject> {
    const output = yield* send(call, checked(call, given, ordered));
    return outfile === undefined ? output : writtenOut(output, operation, outfile, context, written);
  };
  const answer = paging ? yield* paginate(paging, input, ask) : onePage(yield* ask(input));
  return written.join('') + formatAnswer(answer, operation.name, settings.output, settings.query);
}

/**
 * `--zip-file` is the AWS CLI's own flag beside `--code` (`awscli/customizations/awslambda.py`). Code is taken and not
 * read, not even from the disk.
 */
function withCode(
  { name, service }: AnyOperation,
  words: readonly Argument[],
  context: LineContext,
): readonly Argument[] {
  if (service !== 'lambda' || (name !== 'CreateFunction' && name !== 'UpdateFunctionCode')) return words;
  const at = words.findIndex(({ value }) => value === '--zip-file');
  const flag = words[at];
  if (flag === undefined) return words;
  context.notes.push('the code is not read: --handler says what the function does');
  const stand = name === 'CreateFunction' ? ['--code', 'S3Key=not-read'] : ['--s3-bucket', 'not-read'];
  return [...words.slice(0, at), ...stand.map((value) => ({ ...flag, value })), ...words.slice(at + 2)];
}

/** There are no files to write: `-` and `/dev/stdout` show what others would hold, a note tells of it. */
function writtenOut(
  output: PlainObject,
  { outfile: member = '' }: AnyOperation,
  file: string,
  context: LineContext,
  written: string[],
): PlainObject {
  const { [member]: content, ...rest } = output;
  const bytes = typeof content === 'string' ? fromBase64(content) : new Uint8Array(0);
  const text = utf8Text(bytes) ?? `(${bytes.length} bytes that are no text)`;
  if (file === '-' || file === '/dev/stdout')
    written.push(text === '' || text.endsWith('\n') ? text : `${text}\n`);
  else if (text !== '')
    context.notes.push(`${file} is not written; it would hold: ${text.slice(0, NOTE_MAX)}`);
  return rest;
}

/** Characters of a content in a note. */
const NOTE_MAX = 1_000;

/** Members that came from a file or from `--cli-input-json`; those typed as flags are refused with their place. */
function refuseNotModelled(operation: AnyOperation, input: PlainObject): void {
  for (const name of Object.keys(input)) {
    const why = operation.members[name]?.notModelled;
    if (why !== undefined) throw notModelled(`${name}: ${why}`);
  }
}
