/** What a call to CloudWatch Logs needs to be allowed. Service Authorization Reference, Amazon CloudWatch Logs. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { groupArn, type LogsState } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => accessDeniedSentence(decision),
};

export function access(state: LogsState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { logGroupName, logStreamName } = input as { logGroupName?: string; logStreamName?: string };
  const group = groupArn(state, account, logGroupName ?? '*');
  const resource =
    operation === 'DescribeLogGroups'
      ? '*'
      : logStreamName === undefined
        ? `${group}:*`
        : `${group}:log-stream:${logStreamName}`;
  return { needs: [{ action: `logs:${operation}`, resource, account, style: DENIED }] };
}
