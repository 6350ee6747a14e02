/**
 * Who calls, as IAM sees it. The profiles `default` and `partner` administer their accounts, as their root user does;
 * every other profile is an IAM user of that name; a name that ends in `.amazonaws.com` is a service of AWS.
 */

import { hashText } from '../engine/random.ts';
import type { Caller } from '../engine/service.ts';
import { mixWords } from './messageId.ts';
import type { Principal } from './policy/request.ts';

export const isAdministrator = (caller: Caller): boolean =>
  (caller.profile === 'default' || caller.profile === 'partner') && !isService(caller);

/** `sns.amazonaws.com` and the like. */
export const isService = (caller: Caller): boolean => caller.by.endsWith('.amazonaws.com');

export const rootArn = (account: string): string => `arn:aws:iam::${account}:root`;
export const userArn = (account: string, name: string): string => `arn:aws:iam::${account}:user/${name}`;

export function principalOf(caller: Caller): Principal {
  const { account, by, profile } = caller;
  if (isService(caller)) return { type: 'service', arn: by, account };
  if (isAdministrator(caller)) return { type: 'root', arn: rootArn(account), account };
  return { type: 'user', arn: userArn(account, profile), account };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ID_LENGTH = 17;

/**
 * The unique id of a user or a policy: `AIDA` or `ANPA`, and 17 letters or digits.
 *
 * SIMPLER THAN AWS: made from account and name, so a user who is made again has the id of the first.
 */
export function uniqueId(prefix: 'AIDA' | 'ANPA' | 'AROA' | 'AKIA', account: string, name: string): string {
  const start = hashText(`${account}/${name}`);
  let text = prefix;
  for (let index = 0; index < ID_LENGTH; index++) text += ALPHABET[mixWords(start, index) & 31]!;
  return text;
}
