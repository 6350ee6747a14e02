/** A small world with queues and functions. */
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { lambda } from '../../src/services/lambda/index.ts';
import { sns } from '../../src/services/sns/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { type Output, World } from './world.ts';

export const ACCOUNT = '000000000000';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
export const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

export const functions = (settings: Partial<AwsWorldSettings> = {}): World =>
  new World(settings, [sqs, sns, lambda, iam, kms]);

/** Makes a function and answers its ARN. */
export function fn(w: World, name: string, Handler: string, more: object = {}): string {
  return w.call(
    'CreateFunction',
    {
      FunctionName: name,
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler,
      Code: { ZipFile: new Uint8Array(1) },
      ...more,
    },
    'lambda',
  ).FunctionArn;
}

/** Makes a mapping, waits until it is enabled, and answers its UUID. */
export function mapped(w: World, queue: string, name: string, more: object = {}): string {
  const { UUID } = w.call(
    'CreateEventSourceMapping',
    { FunctionName: name, EventSourceArn: queueArn(queue), ...more },
    'lambda',
  );
  w.afterMs(5_100 as never);
  return UUID;
}

/** Calls a function, lets it work, and answers what came of it. */
export function invoked(w: World, name: string, payload: unknown = {}, more: object = {}): Output {
  const Payload = new TextEncoder().encode(JSON.stringify(payload));
  const call = w.start('Invoke', { FunctionName: name, Payload, ...more }, 'lambda');
  w.afterMs(900_000 as never);
  const outcome = w.answer(call)?.outcome;
  if (outcome === undefined || !outcome.ok) throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  const output = outcome.output as Output;
  return { ...output, Payload: new TextDecoder().decode(output.Payload) };
}
