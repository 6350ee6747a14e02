/** What a call to Firehose needs to be allowed. IAM User Guide, service authorization of Amazon Data Firehose. */
import type { Access, DenialStyle, KeyUse } from '../../contract/access.ts';
import { isService } from '../../contract/identity.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type DeliveryStream, type FirehoseState, streamKey } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => accessDeniedSentence(decision),
};

/** A delivery stream has no policy of its own. A service that puts for a topic uses a role of that account. */
export function access(state: FirehoseState, { operation, input, caller }: Request): Access | undefined {
  if (isService(caller)) return undefined;
  const { DeliveryStreamName: name } = input as { readonly DeliveryStreamName?: string };
  const { account } = caller;
  const resource =
    name === undefined ? '*' : `arn:aws:firehose:${state.region}:${account}:deliverystream/${name}`;
  const needs = [{ action: `firehose:${operation}`, resource, account, style: DENIED }];
  const stream = name === undefined ? undefined : state.streams.get(streamKey(account, name));
  const puts = operation === 'PutRecord' || operation === 'PutRecordBatch';
  return puts && stream?.encryption.keyArn !== undefined ? { needs, keyUse: keyUse(stream) } : { needs };
}

/** The stream has a grant of its own: the key must be usable, whoever puts. UNSURE: the sentences. */
function keyUse({ encryption, arn, account }: DeliveryStream): KeyUse {
  return {
    keyId: encryption.keyArn!,
    account,
    actions: [],
    service: 'firehose',
    encryptionContext: { 'aws:firehose:arn': arn },
    style: DENIED,
    faulty: (fault, sentence) => ({
      code: 'InvalidKMSResourceException',
      message: sentence,
      why: `The key of this delivery stream cannot be used: ${fault}.`,
    }),
  };
}
