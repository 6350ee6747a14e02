/** From the text of a policy to what is kept of it. */
import { readPolicyText } from '../../../contract/policy/document.ts';
import { limitExceeded, malformedPolicyDocument } from '../errors.ts';
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from '../limits.ts';
import type { InlinePolicy, PolicyText, User } from '../model.ts';

/** Refuses a document that is none. */
export function readText(text: string): PolicyText {
  const read = readPolicyText(text, 'identity');
  if (!read.ok) throw malformedPolicyDocument(read.problem);
  return { text, document: Object.freeze(JSON.parse(text)) };
}

/** IAM User Guide, IAM and AWS STS quotas: white space does not count. */
const sizeOf = (text: string): number => text.replace(/\s/gu, '').length;

export function checkManagedSize(text: string): void {
  const size = sizeOf(text);
  if (size <= MANAGED_POLICY_SIZE) return;
  throw limitExceeded(
    `Cannot exceed quota for PolicySize: ${MANAGED_POLICY_SIZE}`,
    `The policy has ${size} characters.`,
  );
}

export function checkInlineSize(user: User, inline: readonly InlinePolicy[]): void {
  const size = inline.reduce((sum, { text }) => sum + sizeOf(text), 0);
  if (size <= INLINE_POLICIES_SIZE) return;
  throw limitExceeded(
    `Maximum policy size of ${INLINE_POLICIES_SIZE} bytes exceeded for user ${user.name}`,
    `All inline policies of the user have ${size} characters together.`,
  );
}
