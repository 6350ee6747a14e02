/** A world with users, keys and another account: `as` says who calls from then on. */
import type { Caller } from '../../src/engine/service.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { sts } from '../../src/services/sts/index.ts';
import { ACCOUNT, PARTNER } from './questions.ts';
import { type Output, type World, world } from './world.ts';

const ADMINISTRATOR: Caller = { by: 'you', account: ACCOUNT, profile: 'default', secure: true };

export const accounts = (): World => world({}, [sqs, iam, sts, kms]);

export const asAdministrator = (w: World): World => w.as(ADMINISTRATOR);
export const asPartner = (w: World): World =>
  w.as({ ...ADMINISTRATOR, account: PARTNER, profile: 'partner' });
export const asUser = (w: World, profile: string, account = ACCOUNT): World =>
  w.as({ ...ADMINISTRATOR, account, profile });
/** SNS on behalf of a topic. */
export const asTopic = (w: World, topic: string): World =>
  w.as({ ...ADMINISTRATOR, by: 'sns.amazonaws.com', profile: 'sns.amazonaws.com', sourceArn: topic });

export const topicArn = (name: string): string => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;

const documentOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Makes a user; with statements, as one inline policy. The administrator calls. */
export function user(w: World, UserName: string, ...statements: readonly object[]): void {
  w.call('CreateUser', { UserName }, 'iam');
  if (statements.length > 0) userPolicy(w, UserName, ...statements);
}

export function userPolicy(w: World, UserName: string, ...statements: readonly object[]): void {
  const input = { UserName, PolicyName: 'own', PolicyDocument: documentOf(statements) };
  w.call('PutUserPolicy', input, 'iam');
}

export function queuePolicy(w: World, QueueUrl: string, ...statements: readonly object[]): void {
  const Policy = statements.length === 0 ? '' : documentOf(statements);
  w.call('SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
}

/** Makes a key under an alias; answers its metadata. */
export function key(w: World, alias: string, ...statements: readonly object[]): Output {
  const input =
    statements.length === 0 ? {} : { Policy: documentOf(statements), BypassPolicyLockoutSafetyCheck: true };
  const { KeyMetadata } = w.call('CreateKey', input, 'kms');
  w.call('CreateAlias', { AliasName: alias, TargetKeyId: KeyMetadata.KeyId }, 'kms');
  return KeyMetadata;
}

export const keyPolicy = (w: World, KeyId: string, ...statements: readonly object[]): Output =>
  w.call(
    'PutKeyPolicy',
    { KeyId, Policy: documentOf(statements), BypassPolicyLockoutSafetyCheck: true },
    'kms',
  );

/** Hands every question about a key to the account. */
export const ACCOUNT_DECIDES = {
  Sid: 'Account',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
};
