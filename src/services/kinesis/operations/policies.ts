/** The policy of a stream or a consumer: who of another account may use it. */
import {
  DeleteResourcePolicy$,
  type DeleteResourcePolicyInput,
  GetResourcePolicy$,
  type GetResourcePolicyInput,
  PutResourcePolicy$,
  type PutResourcePolicyInput,
} from '@aws-sdk/client-kinesis';
import { readPolicyText } from '../../../contract/policy/document.ts';
import { utf8Length } from '../../../contract/text.ts';
import { kinesisOperation, RESOURCE_ARN, STREAM_ID } from '../define.ts';
import { invalidArgument } from '../errors.ts';
import { POLICY_BYTES_MAX } from '../limits.ts';
import type { Stream } from '../model.ts';
import { resourceAt } from './tags.ts';

/** UNSURE: the sentences. */
function readPolicy(text: string): NonNullable<Stream['policy']> {
  if (utf8Length(text) > POLICY_BYTES_MAX) {
    throw invalidArgument(`The policy is larger than ${POLICY_BYTES_MAX} bytes.`);
  }
  const read = readPolicyText(text, 'resource');
  if (!read.ok) {
    const { at, expected, sentence } = read.problem;
    throw invalidArgument(sentence, `${at === '' ? 'Expected' : `At ${at} expected`} is ${expected}.`);
  }
  return Object.freeze({ text, document: Object.freeze(JSON.parse(text)) });
}

export const putResourcePolicy = kinesisOperation<PutResourcePolicyInput>(PutResourcePolicy$, {
  summary: 'Sets who of other accounts may use a stream or a consumer.',
  members: {
    ResourceARN: RESOURCE_ARN,
    Policy: { purpose: 'the policy as JSON', max: POLICY_BYTES_MAX, unit: 'bytes' },
    StreamId: STREAM_ID,
  },
  handle(context, { ResourceARN, Policy }) {
    const resource = resourceAt(context, ResourceARN!);
    resource.policy = readPolicy(Policy!);
    return {};
  },
});

/** Without one it is an empty policy. */
export const getResourcePolicy = kinesisOperation<GetResourcePolicyInput>(GetResourcePolicy$, {
  summary: 'Shows the policy of a stream or a consumer.',
  members: { ResourceARN: RESOURCE_ARN, StreamId: STREAM_ID },
  handle: (context, { ResourceARN }) => ({ Policy: resourceAt(context, ResourceARN!).policy?.text ?? '{}' }),
});

export const deleteResourcePolicy = kinesisOperation<DeleteResourcePolicyInput>(DeleteResourcePolicy$, {
  summary: 'Takes the policy of a stream or a consumer away.',
  members: { ResourceARN: RESOURCE_ARN, StreamId: STREAM_ID },
  handle(context, { ResourceARN }) {
    resourceAt(context, ResourceARN!).policy = undefined;
    return {};
  },
});
