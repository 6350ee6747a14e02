/** What a call needs to be allowed. Service Authorization Reference, Amazon EC2 Auto Scaling. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type AutoScalingState, keyOf } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDenied',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

export function access(state: AutoScalingState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { AutoScalingGroupName: name } = input as { readonly AutoScalingGroupName?: string };
  const group = operation.startsWith('Describe') || name === undefined ? undefined : keyOf(account, name);
  const known = group === undefined ? undefined : state.groups.get(group);
  const resource =
    known?.arn ??
    (group === undefined
      ? '*'
      : `arn:aws:autoscaling:${state.region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`);
  return { needs: [{ action: `autoscaling:${operation}`, resource, account, style: DENIED }] };
}
