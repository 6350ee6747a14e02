/** Invoke: a function is called, and its answer waited for or not. */
import { type InvocationRequest, Invoke$ } from '@aws-sdk/client-lambda';
import { utf8Bytes, utf8Length, utf8Text } from '../../../contract/text.ts';
import { base64 } from '../../../engine/plainJson.ts';
import { type Context, PARKED, type Parked } from '../../../engine/service.ts';
import { FUNCTION_NAME, lambdaOperation, QUALIFIER, without } from '../define.ts';
import { invalidContent, outOfRange, throttled, tooLarge } from '../errors.ts';
import { asyncPayloadMax, SYNC_PAYLOAD_MAX } from '../limits.ts';
import type { Execution, LambdaState, Origin } from '../model.ts';
import { acceptEvent } from '../rules/asyncInvoking.ts';
import { fullness, logOf, startExecution } from '../rules/executing.ts';
import { functionOf } from '../rules/lookup.ts';

const TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;

/** Services hand the payload over as text. */
type Input = Omit<InvocationRequest, 'Payload'> & { readonly Payload?: Uint8Array | string | undefined };

export const invoke = lambdaOperation<InvocationRequest>(Invoke$, {
  summary: 'Calls a function and waits for its answer, or leaves an event for it.',
  outfile: 'Payload',
  members: {
    FunctionName: FUNCTION_NAME,
    InvocationType: {
      purpose: 'wait for the answer, leave an event, or only ask whether one may',
      values: TYPES,
      default: 'RequestResponse',
    },
    LogType: { purpose: 'Tail: the end of the log with the answer', values: ['None', 'Tail'] },
    ClientContext: without('what a mobile app tells', 'the functions here read their event alone'),
    DurableExecutionName: without('a durable execution', 'durable functions'),
    Payload: { purpose: 'the event, as JSON' },
    Qualifier: QUALIFIER,
    TenantId: without('a tenant', 'tenant isolation'),
  },
  handle(context, input) {
    const { InvocationType = 'RequestResponse', LogType, FunctionName, Qualifier } = input;
    if (!(TYPES as readonly string[]).includes(InvocationType)) {
      throw outOfRange(
        InvocationType,
        'invocationType',
        'Member must satisfy enum value set: [Event, RequestResponse, DryRun]',
      );
    }
    const record = functionOf(context, FunctionName!, Qualifier);
    const text = payloadOf(input as Input, context.state, InvocationType);
    if (InvocationType === 'DryRun') return { StatusCode: 204 };
    if (InvocationType === 'Event') {
      acceptEvent(context, record, text);
      return { StatusCode: 202 };
    }
    const full = fullness(context.state, record);
    const call = context.call!;
    const origin: Origin = Object.freeze({ type: 'call', call, log: LogType === 'Tail' });
    startExecution(context, record, { origin, by: context.caller.by, text });
    if (full !== undefined) context.complete(call, { ok: false, refusal: throttled(full).refusal });
    return PARKED as Parked;
  },
});

/** The event as JSON text; nothing stands for `{}`. */
function payloadOf({ Payload = '' }: Input, state: LambdaState, type: string): string {
  const text = typeof Payload === 'string' ? Payload : utf8Text(Payload);
  if (text === undefined) throw invalidContent('The payload is not UTF-8.');
  const size = typeof Payload === 'string' ? utf8Length(Payload) : Payload.length;
  const limit = type === 'Event' ? asyncPayloadMax(state.limits) : SYNC_PAYLOAD_MAX;
  if (size > limit) throw tooLarge(size, type, limit);
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
  } catch {
    // UNSURE: the sentence for other faults than a word that is no JSON.
    const word = /^\s*(\S{1,40})/u.exec(text)?.[1] ?? '';
    throw invalidContent(
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    );
  }
  return text;
}

/** The function is done: its caller gets what it came to. */
export function answerInvoke(
  context: Context<LambdaState>,
  origin: Extract<Origin, { type: 'call' }>,
  execution: Execution,
): void {
  const { ending } = execution;
  const output = Object.freeze({
    StatusCode: 200,
    ...(ending.error !== undefined && { FunctionError: ending.error }),
    ...(origin.log && { LogResult: base64(logOf(execution)) }),
    ExecutedVersion: '$LATEST',
    Payload: utf8Bytes(ending.payload),
  });
  context.complete(origin.call, { ok: true, output });
}
