/** Why a group has the instances it has, and whom it told of which. */
import { expect, it } from 'vitest';
import type { Why } from '../../src/contract/why.ts';
import { whyText } from '../../src/projection/whyText.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const OPS = 'arn:aws:sns:us-east-1:000000000000:ops';
const scaled = (to: number): string =>
  `aws autoscaling set-desired-capacity --auto-scaling-group-name workers --desired-capacity ${to}`;

function grouped(...lines: readonly string[]): WorldSession {
  return runLines(
    newWorld(),
    'aws sns create-topic --name ops',
    'aws autoscaling create-launch-configuration --launch-configuration-name small --image-id ami-12345678 --instance-type t3.micro',
    'aws autoscaling create-auto-scaling-group --auto-scaling-group-name workers --launch-configuration-name small --min-size 0 --max-size 3 --availability-zones us-east-1a',
    ...lines,
  );
}

const tells = (types: string): string =>
  `aws autoscaling put-notification-configuration --auto-scaling-group-name workers --topic-arn ${OPS} --notification-types ${types}`;

function why(session: WorldSession): Why {
  const answer = session.insight.why('group/workers');
  if (!answer.ok) throw new Error(answer.why);
  const long = whyText(answer.found)
    .split('\n')
    .filter((line) => line.length > 80 && !line.includes('$ '));
  expect(long).toEqual([]);
  return answer.found;
}

it('a group that tells nobody explains how many it has, and when the next is in service', () => {
  const session = grouped(scaled(2), 'sleep 1');
  const early = why(session);
  expect(early.answer).toBe('It wants 2; 0 are in service.');
  if (early.changes.by !== 'time') throw new Error(early.changes.by);
  const { at } = early.changes;
  runLines(session, `sleep ${Math.ceil((at - session.now) / 1_000)}`);
  expect(why(session).answer).toBe('It wants 2; 1 is in service.');
  runLines(session, 'sleep 2m');
  expect(why(session).answer).toBe('It has what it wants: 2 in service.');
});

it('a policy that changed nothing says why', () => {
  const put =
    'aws autoscaling put-scaling-policy --auto-scaling-group-name workers --policy-name grow --scaling-adjustment 1 --adjustment-type ChangeInCapacity';
  const run =
    'aws autoscaling execute-policy --auto-scaling-group-name workers --policy-name grow --no-honor-cooldown';
  const session = grouped(scaled(3), 'sleep 3m', put, run);
  expect(why(session).answer).toBe('Policy grow changed nothing: the group is at its minimum or maximum.');
});

it('a group that tells a topic lists its launches and ends, and which were told', () => {
  const session = grouped(tells('autoscaling:EC2_INSTANCE_TERMINATE'), scaled(1), 'sleep 5');
  expect(why(session).answer).toBe('It tells ops; no instance has come or gone yet.');
  expect(why(session).table?.rows[0]).toMatchObject({ mark: 'inFlight', reason: 'told at its end' });
  runLines(session, 'sleep 3m', scaled(0), 'sleep 2m');
  const found = why(session);
  expect(found.answer).toBe('It told ops of 1 of 2 launches and ends.');
  expect(found.table?.rows.map(({ state, reason }) => [state, reason])).toEqual([
    ['end, successful', 'told ops'],
    ['launch, successful', 'no topic asked for it'],
  ]);
});

it('a topic that denies it is named, and what it refused', () => {
  const deny = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'SNS:Publish', Resource: OPS }],
  });
  const session = grouped(
    tells('autoscaling:EC2_INSTANCE_LAUNCH'),
    `aws sns set-topic-attributes --topic-arn ${OPS} --attribute-name Policy --attribute-value '${deny}'`,
    scaled(1),
    'sleep 3m',
  );
  const found = why(session);
  expect(found.rule.name).toBe('autoscaling/notifying-role');
  expect(found.answer).toBe('Topic ops does not let it publish: what it tells is lost.');
  expect(found.table?.rows[0]?.reason).toBe('ops refused: AuthorizationError');
});
