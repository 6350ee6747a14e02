/** What a call needs to be allowed. Service Authorization Reference, Amazon DynamoDB. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import type { StreamsState } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => accessDeniedSentence(decision),
};

interface Input {
  readonly StreamArn?: string;
  readonly ShardIterator?: string;
}

/** All streams are of the world's own account. */
export function access(state: StreamsState, { operation, input, caller }: Request): Access {
  const { StreamArn, ShardIterator } = input as Input;
  const resource = StreamArn ?? ShardIterator?.split('|')[0] ?? '*';
  const account = resource === '*' ? caller.account : state.account;
  return { needs: [{ action: `dynamodb:${operation}`, resource, account, style: DENIED }] };
}
