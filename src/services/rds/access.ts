/** What a call needs to be allowed. Service Authorization Reference, Amazon RDS. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type RdsState, sourceArn, subscriptionArn } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDenied',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

interface Input {
  readonly SubscriptionName?: string;
  readonly DBInstanceIdentifier?: string;
  readonly DBClusterIdentifier?: string;
}

export function access(state: RdsState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { SubscriptionName, DBInstanceIdentifier, DBClusterIdentifier } = input as Input;
  const place = { region: state.region, account };
  const resource =
    SubscriptionName !== undefined
      ? subscriptionArn(state, account, SubscriptionName)
      : DBInstanceIdentifier !== undefined
        ? sourceArn(place, 'db-instance', DBInstanceIdentifier)
        : DBClusterIdentifier !== undefined
          ? sourceArn(place, 'db-cluster', DBClusterIdentifier)
          : '*';
  return { needs: [{ action: `rds:${operation}`, resource, account, style: DENIED }] };
}
