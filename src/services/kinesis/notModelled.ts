/** Operations of Kinesis that are refused by name, and what there is instead; what `aws kinesis wait` waits for. */
import type { Waiter } from '../../contract/operation.ts';

/** Channels, and On-demand Advantage. */
export const NOT_MODELLED: readonly string[] = [
  'CreateChannel',
  'DeleteChannel',
  'DescribeChannel',
  'ListChannels',
  'UpdateChannel',
  'UpdateStreamRecordDistributionStrategy',
  'UpdateStreamWarmThroughput',
];

const CHANNELS = 'channels; a Firehose delivery stream takes records to S3';
const ADVANTAGE = 'On-demand Advantage; update-stream-mode makes a stream one on demand';

export const INSTEAD: Readonly<Record<string, string>> = {
  CreateChannel: CHANNELS,
  UpdateStreamWarmThroughput: ADVANTAGE,
};

/** The AWS CLI leaves it out: its answer is an endless stream of events. */
export const WITHOUT_COMMAND: Readonly<Record<string, string>> = {
  SubscribeToShard:
    'the AWS CLI has no such command; an app that reads a stream polls it: app create-consumer --name NAME --from stream/NAME',
};

const WAIT = { operation: 'DescribeStream', delaySeconds: 10, maxAttempts: 18 } as const;

export const WAITERS: ReadonlyMap<string, Waiter> = new Map<string, Waiter>([
  [
    'StreamExists',
    {
      ...WAIT,
      acceptors: [
        {
          state: 'success',
          matcher: 'path',
          argument: 'StreamDescription.StreamStatus',
          expected: 'ACTIVE',
        },
      ],
    },
  ],
  [
    'StreamNotExists',
    {
      ...WAIT,
      acceptors: [{ state: 'success', matcher: 'error', expected: 'ResourceNotFoundException' }],
    },
  ],
]);
