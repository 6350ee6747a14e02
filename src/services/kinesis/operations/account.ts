/** What an account has and may have. */
import {
  DescribeAccountSettings$,
  type DescribeAccountSettingsInput,
  DescribeLimits$,
  type DescribeLimitsInput,
  UpdateAccountSettings$,
  type UpdateAccountSettingsInput,
} from '@aws-sdk/client-kinesis';
import { ServiceError } from '../../../contract/errors.ts';
import { kinesisOperation } from '../define.ts';
import { ON_DEMAND_STREAMS_MAX, shardsMax } from '../limits.ts';
import { shardsOf } from './streams.ts';

export const describeLimits = kinesisOperation<DescribeLimitsInput>(DescribeLimits$, {
  summary: 'Tells how many shards and streams you have and may have.',
  members: {},
  handle({ state, caller }) {
    const { account } = caller;
    const onDemand = [...state.streams.values()].filter(
      (stream) => stream.account === account && stream.mode === 'ON_DEMAND',
    );
    return {
      ShardLimit: shardsMax(state.region),
      OpenShardCount: shardsOf(state, account),
      OnDemandStreamCount: onDemand.length,
      OnDemandStreamCountLimit: ON_DEMAND_STREAMS_MAX,
    };
  },
});

const DISABLED = { MinimumThroughputBillingCommitment: { Status: 'DISABLED' } };

export const describeAccountSettings = kinesisOperation<DescribeAccountSettingsInput>(
  DescribeAccountSettings$,
  {
    summary: 'Tells whether the account pays for a minimum of throughput.',
    members: {},
    handle: () => DISABLED,
  },
);

export const updateAccountSettings = kinesisOperation<UpdateAccountSettingsInput>(UpdateAccountSettings$, {
  summary: 'Sets whether the account pays for a minimum; only DISABLED here.',
  members: {
    MinimumThroughputBillingCommitment: { purpose: 'Status=DISABLED' },
  },
  handle(_context, { MinimumThroughputBillingCommitment: given }) {
    if (given?.Status === 'DISABLED') return DISABLED;
    throw new ServiceError('InvalidArgumentException', 'not modelled: On-demand Advantage', {
      why: 'Streams on demand are standard ones here: no commitment, no warm throughput.',
    });
  },
});
