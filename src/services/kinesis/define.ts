/** How Kinesis makes its operations: constraints first, all faults in one sentence; and members that many have. */
import type { StaticOperationSchema } from '@smithy/types';
import { type OperationWords, operation } from '../../contract/defineOperation.ts';
import { ServiceError } from '../../contract/errors.ts';
import type { Operation } from '../../contract/operation.ts';
import { faulty } from './errors.ts';
import type { KinesisState } from './model.ts';
import { faultsOf } from './rules/constraints.ts';

export function kinesisOperation<Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<KinesisState, Input>,
): Operation<KinesisState, Input> {
  const made = operation(schema, words);
  const members = [...made.input.members].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...made,
    handle(context, input) {
      const given = input as Readonly<Record<string, unknown>>;
      const faults = faultsOf(given, members);
      if (faults.length > 0) throw faulty(faults);
      for (const name of Object.keys(given)) {
        const why = given[name] === undefined ? undefined : made.members[name]?.notModelled;
        if (why !== undefined) {
          throw new ServiceError('InvalidArgumentException', `not modelled: ${name}`, { why });
        }
      }
      return words.handle(context, input);
    },
  };
}

export const STREAM_NAME = { purpose: 'the stream, by its name', refersTo: 'streamName' } as const;
export const STREAM_ARN = { purpose: 'the stream, by its ARN instead', refersTo: 'streamArn' } as const;
export const STREAM_ID = {
  purpose: 'the stream, by an id of a channel',
  notModelled: 'streams have a name and an ARN here',
} as const;
/** The three members that name a stream. */
export const STREAM = { StreamName: STREAM_NAME, StreamARN: STREAM_ARN, StreamId: STREAM_ID } as const;
export const DRY_RUN = { purpose: 'only check', notModelled: 'calls here are for real' } as const;
export const RESOURCE_ARN = { purpose: 'the stream or consumer, by its ARN', refersTo: 'streamArn' } as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const results = (fallback: number) =>
  ({
    purpose: 'how many at most in one answer',
    min: 1,
    max: 10_000,
    default: fallback,
    unit: 'entries',
  }) as const;
