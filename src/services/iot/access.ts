/** What a call to AWS IoT needs to be allowed. Service Authorization Reference, AWS IoT. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type IotState, ruleArn } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

export function access(state: IotState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { ruleName } = input as { readonly ruleName?: string };
  const resource = operation === 'ListTopicRules' ? '*' : ruleArn(state, account, ruleName ?? '*');
  return { needs: [{ action: `iot:${operation}`, resource, account, style: DENIED }] };
}
