/** Key policies: who may use a key, whatever users' policies say. KMS Developer Guide, Key policies in AWS KMS. */
import { principalOf, rootArn } from '../../../contract/identity.ts';
import { isAllowed } from '../../../contract/policy/decision.ts';
import { readPolicyText } from '../../../contract/policy/document.ts';
import type { Caller } from '../../../engine/service.ts';
import { lockedOut, malformedPolicy, validation } from '../errors.ts';
import { POLICY_LENGTH_MAX } from '../limits.ts';
import type { Key } from '../model.ts';

type KeyPolicy = Key['policy'];

const kept = (text: string): KeyPolicy => Object.freeze({ text, document: Object.freeze(JSON.parse(text)) });

/** KMS Developer Guide, Default key policy: it hands every question to the account's own policies. */
export const defaultPolicy = (account: string): KeyPolicy =>
  kept(`{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "${rootArn(account)}"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`);

const SERVICE_TITLES = { sqs: 'Simple Queue Service (SQS)', sns: 'SNS', kinesis: 'Kinesis' } as const;
export type KeptBy = keyof typeof SERVICE_TITLES;

/** The policy of the key that AWS keeps for a service: whoever may use it, in this account, through that service. */
export const servicePolicy = (service: KeptBy, account: string, region: string): object => ({
  Version: '2012-10-17',
  Id: `auto-${service}-1`,
  Statement: [
    {
      Sid: `Allow access through ${SERVICE_TITLES[service]} for all principals in the account that are authorized to use ${service.toUpperCase()}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': `${service}.${region}.amazonaws.com`,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: rootArn(account) },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ],
});

/** Refuses a text that is no policy. */
export function readKeyPolicy(text: string): KeyPolicy {
  if (text.length === 0 || text.length > POLICY_LENGTH_MAX) {
    throw validation(
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length between 1 and ${POLICY_LENGTH_MAX}`,
    );
  }
  const read = readPolicyText(text, 'resource');
  if (!read.ok) throw malformedPolicy(read.problem);
  return kept(text);
}

/**
 * KMS API Reference, PutKeyPolicy: unless told otherwise, KMS refuses a policy under which the caller could not change
 * it again. A statement that hands the question to the account is taken as enough.
 */
export function checkNotLockedOut(
  policy: KeyPolicy,
  key: Pick<Key, 'arn' | 'account'>,
  caller: Caller,
): void {
  const read = readPolicyText(policy.text, 'resource');
  if (!read.ok) return;
  const may = (principal: ReturnType<typeof principalOf>): boolean =>
    isAllowed({
      request: { principal, action: 'kms:PutKeyPolicy', resource: key.arn, key: () => undefined },
      account: key.account,
      identity: [],
      resource: { name: 'key policy', policy: read.policy },
      trust: 'resource',
      ownAccountOnly: false,
    });
  const principal = principalOf(caller);
  const root = { type: 'root', arn: rootArn(key.account), account: key.account } as const;
  if (may(principal) || may(root)) return;
  throw lockedOut(
    `No statement lets ${principal.arn} do kms:PutKeyPolicy. --bypass-policy-lockout-safety-check puts it all the same.`,
  );
}
