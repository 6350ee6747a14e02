/** What a call needs to be allowed. Service Authorization Reference, Amazon MQ. Inside a broker, IAM has no say. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import type { MqState } from './model.ts';

/** UNSURE: the code; the API names ForbiddenException. */
const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

interface Input {
  readonly BrokerId?: string;
  readonly ConfigurationId?: string;
  readonly ResourceArn?: string;
}

export function access(state: MqState, { operation, input, caller }: Request): Access {
  const { account } = caller;
  const { BrokerId, ConfigurationId, ResourceArn } = input as Input;
  const resource =
    ResourceArn ??
    (BrokerId !== undefined
      ? (state.brokers.get(BrokerId)?.arn ?? `arn:aws:mq:${state.region}:${account}:broker:*:${BrokerId}`)
      : ConfigurationId !== undefined
        ? `arn:aws:mq:${state.region}:${account}:configuration:${ConfigurationId}`
        : '*');
  return { needs: [{ action: `mq:${operation}`, resource, account, style: DENIED }] };
}
