/**
 * What a call to Kinesis needs to be allowed. Kinesis Developer Guide, Controlling access; Using server-side
 * encryption with Kinesis Data Streams: producers need kms:GenerateDataKey, consumers kms:Decrypt.
 *
 * SIMPLER THAN AWS: the key is asked at every call; there, a data key serves for some time.
 */
import type { Access, DenialStyle, KeyUse, Need } from '../../contract/access.ts';
import { parseArn } from '../../contract/arn.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { type KinesisState, type Stream, streamArn } from './model.ts';
import { readIterator } from './rules/iterator.ts';
import { consumerOfArn } from './rules/lookup.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => accessDeniedSentence(decision),
};

/** Of no one stream. */
const OF_ACCOUNT = new Set([
  'DescribeAccountSettings',
  'DescribeLimits',
  'ListStreams',
  'UpdateAccountSettings',
]);

/** Kinesis Developer Guide, Share your data stream with another account: what a resource policy can allow. */
const ACROSS_ACCOUNTS = new Set([
  'DescribeStreamConsumer',
  'DescribeStreamSummary',
  'GetRecords',
  'GetShardIterator',
  'ListShards',
  'PutRecord',
  'PutRecords',
  'SubscribeToShard',
  'DescribeStream',
]);

interface Input {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly ResourceARN?: string;
  readonly ConsumerARN?: string;
  readonly ShardIterator?: string;
  readonly KeyId?: string;
}

export function access(state: KinesisState, { operation, input, caller }: Request): Access | undefined {
  const given = input as Input;
  const { account } = caller;
  const action = `kinesis:${operation}`;
  if (OF_ACCOUNT.has(operation)) return { needs: [{ action, resource: '*', account, style: DENIED }] };
  const resource = resourceOf(state, account, given);
  if (resource === undefined) return undefined;
  const arn = parseArn(resource);
  if (arn === undefined) return undefined;
  const stream = streamOf(state, resource);
  const policy = policyOf(state, resource, stream);
  const need: Need = {
    action,
    resource,
    account: arn.account,
    ...(policy !== undefined && { policy: { name: 'resource policy', document: policy.document } }),
    ...(!ACROSS_ACCOUNTS.has(operation) && { ownAccountOnly: true }),
    style: DENIED,
  };
  const keyUse = stream && keyUseOf(stream, operation, given);
  return keyUse === undefined ? { needs: [need] } : { needs: [need], keyUse };
}

function resourceOf(state: KinesisState, account: string, given: Input): string | undefined {
  const named = given.ConsumerARN ?? given.ResourceARN ?? given.StreamARN;
  if (named !== undefined) return named;
  if (given.StreamName !== undefined) return streamArn(state, account, given.StreamName);
  if (given.ShardIterator === undefined) return undefined;
  const [owner, name] = readIterator(state.seed, given.ShardIterator)?.stream.split('/') ?? [];
  return owner === undefined || name === undefined ? undefined : streamArn(state, owner, name);
}

function streamOf({ streams }: KinesisState, resource: string): Stream | undefined {
  const arn = parseArn(resource);
  return streams.get(`${arn?.account}/${arn?.resource.split('/')[1]}`);
}

const policyOf = (state: KinesisState, resource: string, stream: Stream | undefined): Stream['policy'] =>
  resource.includes('/consumer/') ? consumerOfArn(state, resource)?.consumer.policy : stream?.policy;

const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  PutRecord: ['kms:GenerateDataKey'],
  PutRecords: ['kms:GenerateDataKey'],
  GetRecords: ['kms:Decrypt'],
  SubscribeToShard: ['kms:Decrypt'],
};

function keyUseOf(stream: Stream, operation: string, { KeyId }: Input): KeyUse | undefined {
  const starts = operation === 'StartStreamEncryption';
  const keyId = starts ? KeyId : stream.keyId;
  const actions = starts ? ['kms:DescribeKey'] : KEY_ACTIONS[operation];
  if (keyId === undefined || actions === undefined) return undefined;
  return {
    keyId,
    account: stream.account,
    actions,
    service: 'kinesis',
    encryptionContext: { 'aws:kinesis:arn': stream.arn },
    style: KEY_DENIED,
    faulty(fault, sentence) {
      const { code, words } = FAULTS[fault];
      return {
        code,
        message: fromKms(sentence, fault),
        why: `The key of ${stream.name} is ${keyId}, and ${words}.`,
      };
    },
  };
}

/** UNSURE: the sentences. Kinesis hands on what KMS answered. SIMPLER THAN AWS: without a request id. */
const fromKms = (sentence: string, code: string): string =>
  `${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Proxy: null)`;

const KEY_DENIED: DenialStyle = {
  code: 'KMSAccessDeniedException',
  httpStatus: 400,
  sentence: (decision) => fromKms(accessDeniedSentence(decision), 'AccessDeniedException'),
};
const FAULTS = {
  NotFoundException: { code: 'KMSNotFoundException', words: 'there is no such key' },
  DisabledException: {
    code: 'KMSDisabledException',
    words: 'that key is disabled; kms enable-key lets it be used again',
  },
  KMSInvalidStateException: {
    code: 'KMSInvalidStateException',
    words: 'that key waits for its deletion; kms cancel-key-deletion keeps it',
  },
} as const;
