/** One call of one operation, AWS's or ours: checked as botocore does, sent, its answer shown as the CLI shows it. */
import { NOT_CONNECTED } from '../contract/guard.ts';
import type { AnyOperation, ServiceDescription } from '../contract/operation.ts';
import type { Request } from '../engine/service.ts';
import { CliFailure } from './cliFailure.ts';
import type { Answer as Pages } from './format/output.ts';
import type { CallSettings } from './globalOptions.ts';
import { kebab } from './kebab.ts';
import { CallRefused, isOutcome, type LineContext, type Running } from './lineContext.ts';
import { shown } from './outputShape.ts';
import { decoded, validateParameters } from './parameterValidation.ts';
import { isPlainObject, type Plain, type PlainObject } from './python/values.ts';

/** By name on the command line, in order. */
export function operationsByWord(service: ServiceDescription): Map<string, AnyOperation> {
  const words = [...service.operations.values()]
    .filter(({ name }) => service.withoutCommand?.[name] === undefined)
    .map((operation) => [kebab(operation.name), operation] as const);
  return new Map(words.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Its word on the command line. */
export const wordOf = ({ name, word }: Pick<ServiceDescription, 'name' | 'word'>): string => word ?? name;

/** The service that a word of the command line stands for. */
export function serviceByWord(catalog: LineContext['catalog'], word: string): ServiceDescription | undefined {
  const named = catalog.get(word);
  if (named !== undefined && wordOf(named) === word) return named;
  return [...catalog.values()].find((service) => service.word === word);
}

/** One call of one operation. */
export interface Call {
  readonly service: ServiceDescription;
  readonly operation: AnyOperation;
  readonly settings: CallSettings;
  readonly context: LineContext;
}

/** The answer of one call. */
export const onePage = (whole: Plain): Pages => ({ paged: false, whole, pages: [whole], textPages: [whole] });

/** The input as the service takes it. Throws CliFailure. */
export function checked(
  { operation, settings }: Call,
  input: PlainObject,
  ordered: ReadonlySet<string>,
): PlainObject {
  // SIMPLER THAN AWS: the CLI takes the body of an object from a file of that name; here it is the text itself.
  const raw = settings.rawBlobs || operation.name === 'PutObject';
  const bytes = decoded(input, operation.input, raw);
  validateParameters(bytes, operation.input, ordered);
  return isPlainObject(bytes) ? bytes : input;
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
  const outcome = yield {
    type: 'request',
    request,
    ...(settings.asked === undefined ? {} : { asked: settings.asked }),
  };
  if (!isOutcome(outcome)) throw new CliFailure('the call was given up');
  if (!outcome.ok) {
    // SIMPLER THAN AWS: the CLI tries throttled calls twice more; here a call is one call.
    const { code, message } = outcome.refusal;
    const sentence = `An error occurred (${code}) when calling the ${operation.name} operation: ${message}`;
    const isAnswer = service.kind === 'aws' && code !== NOT_CONNECTED;
    throw new CallRefused(isAnswer ? sentence : message, outcome.refusal, operation.name);
  }
  const output = shown(outcome.output, operation.output);
  return isPlainObject(output) ? output : {};
}
