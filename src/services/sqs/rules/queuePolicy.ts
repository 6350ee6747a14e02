/** The Policy attribute: who may use the queue. SQS Developer Guide, Amazon SQS policy quotas. */
import { readPolicy, type Statement } from '../../../contract/policy/document.ts';
import { utf8Length } from '../../../contract/text.ts';
import { invalidAttributeValue, overLimit } from '../errors.ts';
import {
  POLICY_ACTIONS_MAX,
  POLICY_BYTES_MAX,
  POLICY_CONDITIONS_MAX,
  POLICY_PRINCIPALS_MAX,
  POLICY_STATEMENTS_MAX,
} from '../limits.ts';
import { jsonObject } from './redrivePolicy.ts';

/** The policy in a text, as JSON. Refuses a text that is none. */
export function parseQueuePolicy(text: string): object {
  const policy = jsonObject(text);
  if (policy === undefined) throw invalid('The text is no JSON object.');
  const size = utf8Length(text);
  if (size > POLICY_BYTES_MAX) {
    throw invalid(`The policy has ${size} bytes; at most ${POLICY_BYTES_MAX} are allowed.`);
  }
  const read = readPolicy(policy, 'resource');
  if (!read.ok) {
    const { at, expected, sentence } = read.problem;
    throw invalid(`At ${at === '' ? 'the beginning' : at} expected is ${expected}. IAM says: ${sentence}`);
  }
  checkQuotas(read.policy.statements);
  return Object.freeze(policy);
}

const invalid = (why: string) => invalidAttributeValue('Invalid value for the parameter Policy.', { why });

/** UNSURE: all of these sentences. */
function checkQuotas(statements: readonly Statement[]): void {
  const principals = statements.reduce(
    (sum, { principals: named }) =>
      sum + (named ? named.aws.length + named.services.length + named.others.length : 0),
    0,
  );
  const conditions = statements.reduce((sum, statement) => sum + statement.conditions.length, 0);
  const actions = Math.max(...statements.map((statement) => statement.actions.patterns.length));
  refuseOver('statements', statements.length, POLICY_STATEMENTS_MAX);
  refuseOver('principals', principals, POLICY_PRINCIPALS_MAX);
  refuseOver('conditions', conditions, POLICY_CONDITIONS_MAX);
  refuseOver('actions', actions, POLICY_ACTIONS_MAX);
}

function refuseOver(what: string, count: number, max: number): void {
  if (count <= max) return;
  throw overLimit(`${count} ${what} were found in the submitted policy, max allowed is ${max}`);
}
