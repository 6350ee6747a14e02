/**
 * What a call to SQS needs to be allowed. SQS Developer Guide, Amazon SQS API permissions: actions and resource
 * reference; Configuring KMS permissions for Amazon SQS; Key management.
 *
 * SIMPLER THAN AWS: the key is asked at every call, of a queue that is empty too; there, a data key serves for
 * KmsDataKeyReusePeriodSeconds. All messages count as encrypted with the queue's present key.
 */
import type { Access, DenialStyle, KeyUse, Need } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import { utf8Text } from '../../contract/text.ts';
import { fromBase64 } from '../../engine/plainJson.ts';
import type { Request } from '../../engine/service.ts';
import { type Queue, queueArnOf, type SqsState } from './model.ts';
import { keyInUrl } from './rules/queueUrl.ts';
import { jsonObject } from './rules/redrivePolicy.ts';

/** SQS Developer Guide, Troubleshooting access denied errors: the action is printed in lower case. */
const DENIED: DenialStyle = {
  code: 'AccessDenied',
  jsonCode: 'AccessDeniedException',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision, decision.action.toLowerCase()),
};

/** A batch needs the permission of the single action, and names it. */
const ACTION_OF: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/** SQS API Reference, each action: "Cross-account permissions don't apply to this action." */
const OWN_ACCOUNT_ONLY = new Set([
  'AddPermission',
  'CreateQueue',
  'DeleteQueue',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

interface Input {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly QueueOwnerAWSAccountId?: string;
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
  readonly TaskHandle?: string;
}

export function access(state: SqsState, { operation, input, caller }: Request): Access | undefined {
  const given = input as Input;
  switch (operation) {
    case 'ListQueues':
      return { needs: [{ ...needOf(state, operation, `${caller.account}/*`), resource: '*' }] };
    case 'CreateQueue':
      return given.QueueName ? about(state, operation, `${caller.account}/${given.QueueName}`) : undefined;
    case 'GetQueueUrl':
      return given.QueueName
        ? about(state, operation, `${given.QueueOwnerAWSAccountId ?? caller.account}/${given.QueueName}`)
        : undefined;
    case 'StartMessageMoveTask':
      return moving(state, given);
    case 'ListMessageMoveTasks':
      return aboutArn(state, operation, given.SourceArn);
    case 'CancelMessageMoveTask':
      return aboutArn(state, operation, sourceOf(given.TaskHandle));
    default:
      return given.QueueUrl ? aboutUrl(state, operation, given.QueueUrl) : undefined;
  }
}

function aboutUrl(state: SqsState, operation: string, url: string): Access | undefined {
  const queue = state.queueOfUrl.get(url);
  const key = queue?.key ?? keyInUrl(state, url);
  return key === undefined ? undefined : about(state, operation, key, queue);
}

function aboutArn(state: SqsState, operation: string, arn: string | undefined): Access | undefined {
  const key = keyOfArn(state, arn);
  return key === undefined ? undefined : about(state, operation, key);
}

/** `account/name`; undefined when it is no ARN of a queue of this region. */
function keyOfArn(state: SqsState, arn: string | undefined): string | undefined {
  const prefix = `arn:aws:sqs:${state.region}:`;
  if (!arn?.startsWith(prefix)) return undefined;
  const [account, name, ...more] = arn.slice(prefix.length).split(':');
  return account && name && more.length === 0 ? `${account}/${name}` : undefined;
}

function sourceOf(handle: string | undefined): string | undefined {
  const given = handle === undefined ? undefined : jsonObject(utf8Text(fromBase64(handle)) ?? '');
  return typeof given?.sourceArn === 'string' ? given.sourceArn : undefined;
}

function about(state: SqsState, operation: string, key: string, queue = state.queues.get(key)): Access {
  const needs = [needOf(state, operation, key, queue)];
  const actions = queue?.settings.KmsMasterKeyId === undefined ? undefined : KEY_ACTIONS[operation];
  return actions === undefined ? { needs } : { needs, keyUse: keyUse(queue!, actions) };
}

/** A queue that is not there has no policy. */
function needOf(state: SqsState, operation: string, key: string, queue = state.queues.get(key)): Need {
  const policy = queue?.settings.Policy;
  return {
    action: `sqs:${ACTION_OF[operation] ?? operation}`,
    resource: queue?.arn ?? queueArnOf(state.region, key),
    account: key.slice(0, key.indexOf('/')),
    ...(policy !== undefined && { policy: { name: 'queue policy', document: policy.policy } }),
    ...(OWN_ACCOUNT_ONLY.has(operation) && { ownAccountOnly: true }),
    style: DENIED,
  };
}

/** SQS API Reference, StartMessageMoveTask: it takes from the source and sends to the destination. */
function moving(state: SqsState, { SourceArn, DestinationArn }: Input): Access | undefined {
  const source = keyOfArn(state, SourceArn);
  if (source === undefined) return undefined;
  const taking = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  const needs = taking.map((operation) => needOf(state, operation, source));
  const target = keyOfArn(state, DestinationArn);
  if (target !== undefined) needs.push(needOf(state, 'SendMessage', target));
  return { needs };
}

const PRODUCER = ['kms:GenerateDataKey', 'kms:Decrypt'];
const CONSUMER = ['kms:Decrypt'];
const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  SendMessage: PRODUCER,
  SendMessageBatch: PRODUCER,
  ReceiveMessage: CONSUMER,
};

function keyUse(queue: Queue, actions: readonly string[]): KeyUse {
  return {
    keyId: queue.settings.KmsMasterKeyId!,
    account: queue.account,
    actions,
    service: 'sqs',
    encryptionContext: { 'aws:sqs:arn': queue.arn },
    style: actions === CONSUMER ? CONSUMER_DENIED : PRODUCER_DENIED,
    faulty(fault, sentence) {
      const { code, jsonCode, words } = FAULTS[fault];
      const why = `KmsMasterKeyId of ${queue.name} is ${queue.settings.KmsMasterKeyId}, and ${words}.`;
      return { code, jsonCode, message: fromKms(sentence, fault), why };
    },
  };
}

/** UNSURE: all but the consumer's sentence. SQS hands on what KMS answered. SIMPLER THAN AWS: without a request id. */
const fromKms = (sentence: string, code: string): string =>
  `${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Proxy: null)`;

const KEY_DENIED = { code: 'KMS.AccessDeniedException', jsonCode: 'KmsAccessDenied', httpStatus: 400 };
const PRODUCER_DENIED: DenialStyle = {
  ...KEY_DENIED,
  sentence: (decision) => fromKms(accessDeniedSentence(decision), 'AccessDeniedException'),
};
const CONSUMER_DENIED: DenialStyle = {
  ...KEY_DENIED,
  sentence: () =>
    fromKms(
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      'AccessDeniedException',
    ),
};
const FAULTS = {
  NotFoundException: {
    code: 'KMS.NotFoundException',
    jsonCode: 'KmsNotFound',
    words: 'there is no such key',
  },
  DisabledException: {
    code: 'KMS.DisabledException',
    jsonCode: 'KmsDisabled',
    words: 'that key is disabled; kms enable-key lets it be used again',
  },
  KMSInvalidStateException: {
    code: 'KMS.InvalidStateException',
    jsonCode: 'KmsInvalidState',
    words: 'that key waits for its deletion; kms cancel-key-deletion keeps it',
  },
} as const;
