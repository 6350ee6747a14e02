/** A console without a session: lines are run against answers given beforehand, or against nothing. */

import { CATALOG } from '../../src/catalog.ts';
import type { Answer, ConsoleState, LineResult, Surroundings, Wait } from '../../src/command/console.ts';
import type { Catalog } from '../../src/command/lineContext.ts';
import { runLine } from '../../src/command/runLine.ts';

/** SQS and the apps; other services come and go without these tests. */
export const catalog: Catalog = new Map(
  CATALOG.map(({ description }) => [description.name, description] as const).filter(
    ([name]) => name === 'sqs' || name === 'app',
  ),
);

/** For the transcripts of `aws sns`. */
export const snsCatalog: Catalog = new Map(
  CATALOG.map(({ description }) => [description.name, description] as const).filter(
    ([name]) => name === 'sns',
  ),
);

export const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';

export function surroundings(files: ReadonlyMap<string, Uint8Array> = new Map()): Surroundings {
  return {
    account: '000000000000',
    region: 'us-east-1',
    epoch: Date.UTC(2026, 0, 5, 9),
    profiles: new Map([
      ['default', '000000000000'],
      ['partner', '111111111111'],
    ]),
    resolve: (kind, name) => {
      if (name !== 'orders') return undefined;
      return kind === 'queueUrl'
        ? QUEUE_URL
        : kind === 'queueArn'
          ? 'arn:aws:sqs:us-east-1:000000000000:orders'
          : name;
    },
    candidates: (kind) => CANDIDATES[kind] ?? [],
    readFile: (path) => files.get(path),
  };
}

const CANDIDATES: Readonly<Record<string, readonly { readonly value: string; readonly about: string }[]>> = {
  queueUrl: [
    { value: 'orders', about: '3 visible, 1 in flight' },
    { value: 'orders-dlq', about: '0 visible, 0 in flight' },
  ],
  receiptHandle: [{ value: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a==', about: 'a1f3 hello #1' }],
  app: [{ value: 'web', about: 'producer' }],
  resource: [{ value: 'queue/orders', about: 'SQS' }],
};

export const newState = (): ConsoleState => ({ variables: new Map(), explained: new Set(), by: 'you' });

export interface Run {
  readonly result: LineResult;
  readonly waits: readonly Wait[];
}

/** Runs a line; `answer` gives what each wait is answered with. */
export function run(
  line: string,
  answer: (wait: Wait, index: number) => Answer = () => undefined,
  state: ConsoleState = newState(),
  around: Surroundings = surroundings(),
  services: Catalog = catalog,
): Run {
  const generator = runLine(line, state, around, services);
  const waits: Wait[] = [];
  let step = generator.next(undefined);
  while (!step.done) {
    waits.push(step.value);
    step = generator.next(answer(step.value, waits.length - 1));
  }
  return { result: step.value, waits };
}
