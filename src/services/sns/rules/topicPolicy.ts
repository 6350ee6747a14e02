/** Who may use a topic. SNS Developer Guide, Amazon SNS access control. */
import { readPolicy } from '../../../contract/policy/document.ts';
import { utf8Length } from '../../../contract/text.ts';
import { invalidParameter } from '../errors.ts';
import { POLICY_BYTES_MAX, POLICY_STATEMENTS_MAX } from '../limits.ts';
import type { Document, Topic } from '../model.ts';
import { frozen, jsonObject } from './json.ts';

export const ACTIONS: readonly string[] = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
];

/** The policy of a topic that was given none: its owner alone. */
function ownersPolicy({ arn, account }: Pick<Topic, 'arn' | 'account'>): Document {
  const value = {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ACTIONS.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  };
  return Object.freeze({ text: JSON.stringify(value), value: frozen(value) });
}

/** Always the same object for a topic: decisions are remembered by it. */
const defaults = new Map<string, Document>();

export function policyOf(topic: Topic): Document {
  if (topic.settings.Policy !== undefined) return topic.settings.Policy;
  let known = defaults.get(topic.arn);
  if (known === undefined) {
    known = ownersPolicy(topic);
    if (defaults.size > 1_000) defaults.clear();
    defaults.set(topic.arn, known);
  }
  return known;
}

/** Refuses a text that is no policy. UNSURE: all sentences but the one about actions. */
export function readTopicPolicy(text: string, at: string): Document {
  const value = jsonObject(text);
  if (value === undefined) throw invalidParameter(`${at}Policy Error: null`, 'The text is no JSON object.');
  const size = utf8Length(text);
  if (size > POLICY_BYTES_MAX) {
    throw invalidParameter(
      `${at}Policy is too long`,
      `It has ${size} bytes; ${POLICY_BYTES_MAX} are allowed.`,
    );
  }
  const read = readPolicy(value, 'resource');
  if (!read.ok) {
    const { at: place, expected, sentence } = read.problem;
    throw invalidParameter(
      `${at}Policy Error: null`,
      `At ${place === '' ? 'the beginning' : place} expected is ${expected}. IAM says: ${sentence}`,
    );
  }
  const { statements } = read.policy;
  if (statements.length > POLICY_STATEMENTS_MAX) {
    throw invalidParameter(
      `${at}Policy has too many statements`,
      `It has ${statements.length}; ${POLICY_STATEMENTS_MAX} are allowed.`,
    );
  }
  for (const { actions } of statements) {
    const foreign = actions.patterns.find((action) => !/^(?:sns:|\*$)/iu.test(action));
    if (foreign !== undefined) {
      throw invalidParameter(
        `${at}Policy statement action out of service scope!`,
        `The action ${foreign} is none of SNS's: SNS:Publish, SNS:Subscribe …`,
      );
    }
  }
  return Object.freeze({ text, value: frozen(value) });
}
