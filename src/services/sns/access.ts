/**
 * What a call to SNS needs to be allowed. SNS Developer Guide, Amazon SNS API permissions; Enabling server-side
 * encryption for a topic; IAM User Guide, service authorization of Amazon SNS.
 *
 * SIMPLER THAN AWS: the key is asked at every publish; there, a data key serves for five minutes.
 */
import type { Access, DenialStyle, KeyUse, Need } from '../../contract/access.ts';
import { parseArn } from '../../contract/arn.ts';
import { isAdministrator, isService } from '../../contract/identity.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Caller, Request } from '../../engine/service.ts';
import type { SnsState, Topic } from './model.ts';
import { subscriptionOf } from './rules/arns.ts';
import { policyOf } from './rules/topicPolicy.ts';

const DENIED: DenialStyle = {
  code: 'AuthorizationError',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision, decision.action.replace(/^sns:/u, 'SNS:')),
};

/** A batch needs the permission of the single action. */
const ACTION_OF: Readonly<Record<string, string>> = { PublishBatch: 'Publish' };

interface Input {
  readonly Name?: string;
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly ResourceArn?: string;
  readonly SubscriptionArn?: string;
  readonly PlatformApplicationArn?: string;
  readonly EndpointArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly AuthenticateOnUnsubscribe?: string;
}

export function access(state: SnsState, { operation, input, caller }: Request): Access | undefined {
  const given = input as Input;
  // Anybody who has the token may confirm, and visit the URL that unsubscribes.
  if (operation === 'ConfirmSubscription' && given.AuthenticateOnUnsubscribe?.toLowerCase() !== 'true') {
    return undefined;
  }
  const subscription =
    given.SubscriptionArn === undefined ? undefined : subscriptionOf(state, given.SubscriptionArn);
  if (operation === 'Unsubscribe' && subscription !== undefined && !subscription.authenticated) {
    return undefined;
  }
  if (operation === 'CreateTopic') {
    const arn = `arn:aws:sns:${state.region}:${caller.account}:${given.Name ?? ''}`;
    return { needs: [needOf(state, operation, arn, caller)] };
  }
  const arn = given.TopicArn ?? given.TargetArn ?? given.ResourceArn ?? subscription?.topicArn;
  const resource = arn ?? given.PlatformApplicationArn ?? given.EndpointArn ?? '*';
  if (resource !== '*' && parseArn(resource) === undefined) return undefined;
  const need = needOf(state, operation, resource, caller, given);
  const topic = state.topics.get(resource);
  if (need.action !== 'sns:Publish' || topic?.settings.KmsMasterKeyId === undefined) return { needs: [need] };
  return { needs: [need], keyUse: keyUse(topic) };
}

function needOf(
  state: SnsState,
  operation: string,
  resource: string,
  caller: Caller,
  given: Input = {},
): Need {
  const topic = state.topics.get(resource);
  const kept = topic === undefined ? undefined : policyFor(topic, caller);
  const keys = keysOf(given, caller);
  return {
    action: `sns:${ACTION_OF[operation] ?? operation}`,
    resource,
    account: parseArn(resource)?.account || caller.account,
    ...(kept !== undefined && { policy: kept }),
    ...(keys !== undefined && { keys }),
    style: DENIED,
  };
}

/** The owner's own policy changes nothing for the owner: such calls need no look at it. */
function policyFor(topic: Topic, caller: Caller): Need['policy'] {
  const own = topic.settings.Policy === undefined && caller.account === topic.account;
  if (own && isAdministrator(caller)) return undefined;
  return { name: 'topic policy', document: policyOf(topic).value };
}

/**
 * SNS Developer Guide, Amazon SNS access control: sns:Protocol and sns:Endpoint of a Subscribe. AWS:SourceOwner is what
 * the default policy asks for. RDS User Guide, Granting permissions to publish notifications to an Amazon SNS topic: the
 * default policy lets in the databases of the account. UNSURE: which services else send it; here CloudWatch, whose
 * alarms reach a topic without a policy of its own.
 */
function keysOf({ Protocol, Endpoint }: Input, caller: Caller): Need['keys'] {
  const owner =
    isService(caller) && /^(?:cloudwatch|events\.rds)\./u.test(caller.by)
      ? parseArn(caller.sourceArn ?? '')?.account
      : undefined;
  if (owner === undefined && Protocol === undefined) return undefined;
  return {
    ...(owner !== undefined && { 'aws:sourceowner': owner }),
    ...(Protocol !== undefined && { 'sns:protocol': Protocol }),
    ...(Endpoint !== undefined && { 'sns:endpoint': Endpoint }),
  };
}

/** UNSURE: the sentences. SNS hands on what KMS answered. SIMPLER THAN AWS: without a request id. */
const fromKms = (sentence: string, code: string): string =>
  `${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Proxy: null)`;

const KEY_DENIED: DenialStyle = {
  code: 'KMSAccessDenied',
  httpStatus: 400,
  sentence: (decision) => fromKms(accessDeniedSentence(decision), 'AccessDeniedException'),
};

const FAULTS = {
  NotFoundException: { code: 'KMSNotFound', words: 'there is no such key' },
  DisabledException: {
    code: 'KMSDisabled',
    words: 'that key is disabled; kms enable-key lets it be used again',
  },
  KMSInvalidStateException: {
    code: 'KMSInvalidState',
    words: 'that key waits for its deletion; kms cancel-key-deletion keeps it',
  },
} as const;

function keyUse(topic: Topic): KeyUse {
  const keyId = topic.settings.KmsMasterKeyId!;
  return {
    keyId,
    account: topic.account,
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    service: 'sns',
    encryptionContext: { 'aws:sns:topicArn': topic.arn },
    style: KEY_DENIED,
    faulty(fault, sentence) {
      const { code, words } = FAULTS[fault];
      const why = `KmsMasterKeyId of ${topic.name} is ${keyId}, and ${words}.`;
      return { code, message: fromKms(sentence, fault), why };
    },
  };
}
