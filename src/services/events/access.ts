/** What a call to EventBridge needs to be allowed. Service Authorization Reference, Amazon EventBridge. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { busArn, type EventsState, ruleArn } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => accessDeniedSentence(decision),
};

export function access(state: EventsState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { Name, Rule } = input as { readonly Name?: string; readonly Rule?: string };
  const name = Name ?? Rule;
  const resource =
    operation === 'PutEvents'
      ? busArn(state, account)
      : operation === 'TestEventPattern'
        ? '*'
        : ruleArn(state, account, name ?? '*');
  return { needs: [{ action: `events:${operation}`, resource, account, style: DENIED }] };
}
