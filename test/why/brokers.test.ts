/** Why, about brokers: queues, topics, messages, clients and answers to `broker` commands; the instants that are named. */
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import type { Why, WhyChange } from '../../src/contract/why.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { instant } from '../../src/engine/units.ts';
import { whyText } from '../../src/projection/whyText.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const PASSWORD = 'long-enough-1';
const MADE = 'time until broker/shop state=RUNNING';
const create = (engine: string, mode: string, type: string): string =>
  `aws mq create-broker --broker-name shop --engine-type ${engine} --deployment-mode ${mode} --host-instance-type ${type} --publicly-accessible --auto-minor-version-upgrade --users Username=app,Password=${PASSWORD}`;

const rabbit = (settings: Partial<AwsWorldSettings> = {}): WorldSession =>
  runLines(newWorld(settings), create('RABBITMQ', 'SINGLE_INSTANCE', 'mq.m7g.large'), MADE);
const active = (settings: Partial<AwsWorldSettings> = {}): WorldSession =>
  runLines(newWorld(settings), create('ACTIVEMQ', 'ACTIVE_STANDBY_MULTI_AZ', 'mq.m5.large'), MADE);

/** The explanation; its text stays within the page. */
function why(session: WorldSession, about?: string): Why {
  const answer = session.insight.why(about);
  if (!answer.ok) throw new Error(answer.why);
  const lines = whyText(answer.found).split('\n');
  expect(lines.filter((line) => line.length > 80 && !line.includes('$ '))).toEqual([]);
  return answer.found;
}

const atOf = (changes: WhyChange): number => {
  if (changes.by !== 'time') throw new Error(`by ${changes.by}`);
  return changes.at;
};
const fieldsOf = (session: WorldSession, id: string): Record<string, unknown> =>
  CATALOG.flatMap(({ description, view }) => {
    const { simulation } = session.world;
    return view(simulation.stateOf(description.name), simulation.now, session.settings);
  }).find((one) => one.id === id)!.fields as Record<string, unknown>;
const go = (session: WorldSession, at: number): void => void session.world.runUntil(instant(at));
const idIn = (session: WorldSession, queue: string): string =>
  session.messages(`brokerqueue/shop/${queue}`, 0, 1)[0]!.messageId;

describe('a queue of RabbitMQ is explained', () => {
  it('by its limit, and a publish that it turned away by the same', () => {
    const session = runLines(
      rabbit(),
      `broker declare-queue --broker shop --queue q --arguments '{"x-max-length":2,"x-overflow":"reject-publish"}'`,
      'repeat 2 broker publish --broker shop --routing-key q --body x --confirm',
      'broker publish --broker shop --routing-key q --body late --confirm',
    );
    const found = why(session);
    expect(found.rule.name).toBe('mq/length-limit');
    expect(found.answer).toBe('q turned it away. It is at its limit, so each new message is turned away.');
    const limit = { label: 'at most', is: { unit: 'count', value: 2 } };
    expect(found.values).toContainEqual({ label: 'ready', is: { unit: 'count', value: 2 }, against: limit });
    expect(why(session, 'brokerqueue/shop/q').rule.name).toBe('mq/length-limit');
    runLines(session, 'broker get --broker shop --queue q --auto-ack');
    expect(why(session, 'brokerqueue/shop/q').rule.name).toBe('mq/consumers');
  });

  it('by a prefetch that lets one consumer hold all, and so the other by the same', () => {
    const session = runLines(
      rabbit(),
      'app create-client --name slow --broker shop --protocol amqp091 --role consumer --destination q --prefetch 100 --time 1h --ack manual',
      'sleep 1',
      'repeat 5 broker publish --broker shop --routing-key q --body x',
      'app create-client --name free --broker shop --protocol amqp091 --role consumer --destination q --prefetch 1 --time 1s --ack manual',
      'sleep 1',
    );
    expect(why(session, 'brokerqueue/shop/q').answer).toBe(
      'Nothing waits: slow holds all 5 messages unacknowledged.',
    );
    const found = why(session, 'app/free');
    expect(found.answer).toBe('free gets nothing: slow holds 5 messages of q that it has not acknowledged.');
    expect(found.remedies[0]?.line).toBe('app update --name slow --prefetch 1');
    expect(why(session, 'app/slow').answer).toBe('slow works: it holds 5 messages, 1 of them under way.');
    const message = why(session, idIn(session, 'q'));
    expect(message.answer).toContain('slow got it from q');
    // The acknowledgement timeout gives it back, at that instant and not before.
    const at = atOf(message.changes);
    go(session, at - 1);
    expect(fieldsOf(session, 'brokerqueue/shop/q').redelivered).toBe(0);
    go(session, at);
    expect(fieldsOf(session, 'brokerqueue/shop/q').redelivered).toBeGreaterThan(0);
  });

  it('by what its consumers hold where messages wait, and names when the first expires', () => {
    const session = runLines(
      rabbit(),
      'broker declare-queue --broker shop --queue q',
      'broker subscribe --broker shop --queue q --prefetch 1',
      'repeat 2 broker publish --broker shop --routing-key q --body x --expiration 30s',
    );
    const found = why(session, 'brokerqueue/shop/q');
    expect(found.rule.name).toBe('mq/prefetch');
    expect(found.table?.rows[0]).toMatchObject({ state: '1 of 1', reason: 'its prefetch is used up' });
    const rows = session.messages('brokerqueue/shop/q', 0, 9);
    const ready = why(session, rows.find(({ state }) => state === 'visible')!.messageId);
    expect(ready.answer).toContain('It is the next one in q.');
    go(session, atOf(ready.changes) - 1);
    expect(fieldsOf(session, 'brokerqueue/shop/q').ready).toBe(1);
    go(session, atOf(ready.changes));
    expect(fieldsOf(session, 'brokerqueue/shop/q').ready).toBe(0);
    expect(why(session, rows.at(-1)!.messageId).answer).toBe('Its time to live ended in q.');
  });

  it('by the binding that a publish did not find', () => {
    const session = runLines(
      rabbit(),
      'broker declare-exchange --broker shop --exchange ex --type topic',
      'broker publish --broker shop --exchange ex --routing-key a.b --body x',
    );
    expect(why(session)).toMatchObject({
      title: 'your publish to ex',
      rule: { name: 'mq/unroutable' },
      values: [{ label: 'routing key', is: { value: 'a.b' } }],
    });
  });
});

describe('what a client may not do is explained', () => {
  it('by its login, and by when it tries again', () => {
    const session = runLines(
      rabbit(),
      'app create-client --name till --broker shop --protocol amqp091 --role producer --destination q --user nobody --reconnect 5s',
      'sleep 2',
    );
    const found = why(session, 'app/till');
    expect(found.rule.name).toBe('app/login');
    const tries = (): unknown => fieldsOf(session, 'app/till').refusedConnections;
    const before = tries();
    go(session, atOf(found.changes) - 1);
    expect(tries()).toBe(before);
    go(session, atOf(found.changes));
    expect(tries()).toBe(Number(before) + 1);
    runLines(session, 'broker publish --broker shop --user nobody --routing-key q --body x || true');
    expect(why(session)).toMatchObject({
      rule: { name: 'mq/login' },
      title: 'your publish to the default exchange',
    });
  });

  it('by its rights, in both engines', () => {
    const session = runLines(
      rabbit(),
      `broker put-user --broker shop --name reader --new-password ${PASSWORD}`,
      `broker set-permissions --broker shop --name reader --configure '' --write '' --read '.*'`,
      'broker declare-queue --broker shop --queue q',
      'broker publish --broker shop --user reader --routing-key q --body x || true',
    );
    const found = why(session);
    expect(found.rule.name).toBe('mq/rights');
    expect(found.answer).toContain('reader may not do that here');
    runLines(
      session,
      'app create-client --name till --broker shop --protocol amqp091 --role producer --destination q --user reader --rate 1/s',
      'sleep 3',
    );
    expect(why(session, 'app/till').rule.name).toBe('app/rights');
  });

  it('by the alarm that holds it back', () => {
    const session = runLines(
      rabbit({ limits: 'scaled' }),
      'broker declare-queue --broker shop --queue q',
      `app create-client --name till --broker shop --protocol amqp091 --role producer --destination q --rate 20/s --body ${'x'.repeat(100_000)}`,
      'sleep 5',
    );
    const found = why(session, 'app/till');
    expect(found.answer).toContain('Publishers are held back: memory is short.');
    expect(found.rule.name).toBe('mq/alarm');
    expect(why(session, 'broker/shop').rule.name).toBe('mq/alarm');
  });
});

describe('ActiveMQ is explained', () => {
  const consumer = (name: string, more = ''): string =>
    `app create-client --name ${name} --broker shop --protocol openwire --role consumer --destination queue://q --ack manual ${more}`;

  it('by the failover that runs, until the instant at which its ports open', () => {
    const session = runLines(
      active(),
      consumer('worker'),
      'sleep 2',
      'fault inject --kind crash --on broker/shop --for 10m',
      'sleep 1',
    );
    const found = why(session, 'broker/shop');
    expect(found.rule.name).toBe('mq/failover');
    const at = atOf(found.changes);
    go(session, at - 1);
    expect(fieldsOf(session, 'broker/shop').active).toBe(0);
    expect(why(session, 'app/worker').rule.name).toBe('app/failover');
    go(session, at);
    expect(fieldsOf(session, 'broker/shop').active).toBe(2);
  });

  it('by the failover, when a command finds nobody who listens', () => {
    const session = runLines(
      active(),
      'fault inject --kind crash --on broker/shop --for 10m',
      'broker publish --broker shop --destination queue://q --body x || true',
    );
    const found = why(session);
    expect(found.rule.name).toBe('mq/failover');
    go(session, atOf(found.changes));
    runLines(session, 'broker publish --broker shop --destination queue://q --body x');
  });

  it('by a prefetch that keeps all at one consumer, and by a selector', () => {
    const session = runLines(
      active(),
      consumer('greedy', '--time 1h'),
      'sleep 1',
      'repeat 3 broker publish --broker shop --destination queue://q --body x',
      consumer('free', '--time 1s'),
      'sleep 1',
    );
    expect(why(session, 'app/free').answer).toBe(
      'free gets nothing: greedy holds 3 messages of q that it has not acknowledged.',
    );
    expect(why(session, idIn(session, 'q')).answer).toContain('greedy got it');
    runLines(
      session,
      'app delete --name greedy',
      'app delete --name free',
      `broker subscribe --broker shop --queue queue://q --selector "colour = 'red'"`,
    );
    expect(why(session, 'brokerqueue/shop/q')).toMatchObject({
      rule: { name: 'mq/selectors' },
      table: { rows: [{ reason: 'its selector does not match' }] },
    });
  });

  it('by the delay before a redelivery', () => {
    const session = runLines(
      active(),
      'broker publish --broker shop --destination queue://q --body x',
      'T=$(broker get --broker shop --queue q --query message.deliveryTag --output text)',
      'broker nack --broker shop --delivery-tag $T',
    );
    const found = why(session, 'brokerqueue/shop/q');
    expect(found.rule.name).toBe('mq/redelivery');
    go(session, atOf(found.changes) - 1);
    expect(fieldsOf(session, 'brokerqueue/shop/q').ready).toBe(0);
    go(session, atOf(found.changes));
    expect(fieldsOf(session, 'brokerqueue/shop/q').ready).toBe(1);
  });

  it('by a topic that nobody subscribes to, and by what a failover lost', () => {
    const session = runLines(
      active(),
      'broker publish --broker shop --destination topic://prices --body x',
      'broker publish --broker shop --destination queue://q --body gone --no-persistent',
    );
    expect(why(session, 'brokerqueue/shop/prices').answer).toBe(
      'Nobody subscribes to it: what is sent to it is gone.',
    );
    const id = idIn(session, 'q');
    runLines(session, 'fault inject --kind crash --on broker/shop --for 10m', 'sleep 1');
    expect(why(session, id)).toMatchObject({ rule: { name: 'mq/gone' } });
    expect(why(session, id).answer).toContain('It is lost');
  });
});
