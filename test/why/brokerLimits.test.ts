/** Why, about brokers that are full, tie messages to a consumer, refuse a user, or do not answer. */
import { describe, expect, it } from 'vitest';
import type { Why } from '../../src/contract/why.ts';
import { whyText } from '../../src/projection/whyText.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const PASSWORD = 'long-enough-1';
const MADE = 'time until broker/shop state=RUNNING';
const USERS = `Username=app,Password=${PASSWORD} Username=other,Password=${PASSWORD}`;
const create = (engine: string, mode: string, type: string, more = ''): string =>
  `aws mq create-broker --broker-name shop --engine-type ${engine} --deployment-mode ${mode} --host-instance-type ${type} --publicly-accessible --auto-minor-version-upgrade ${more}`;
const rabbitLine = (mode: string): string =>
  create('RABBITMQ', mode, 'mq.m7g.large', `--users Username=app,Password=${PASSWORD}`);
const rabbit = (mode = 'SINGLE_INSTANCE'): WorldSession => runLines(newWorld(), rabbitLine(mode), MADE);

/** A broker with this inside its configuration. */
const active = (inside = ''): WorldSession =>
  runLines(
    newWorld(),
    'C=$(aws mq create-configuration --name shop --engine-type ACTIVEMQ --query Id --output text)',
    `aws mq update-configuration --configuration-id $C --data ${btoa(`<broker xmlns="http://activemq.apache.org/schema/core">${inside}</broker>`)}`,
    create('ACTIVEMQ', 'SINGLE_INSTANCE', 'mq.m5.large', `--configuration Id=$C,Revision=2 --users ${USERS}`),
    MADE,
  );
const usage = (limit: string, more = ''): string =>
  `<systemUsage><systemUsage ${more}>${limit}</systemUsage></systemUsage>`;

function why(session: WorldSession, about?: string): Why {
  const answer = session.insight.why(about);
  if (!answer.ok) throw new Error(answer.why);
  const lines = whyText(answer.found).split('\n');
  expect(lines.filter((line) => line.length > 80 && !line.includes('$ '))).toEqual([]);
  return answer.found;
}
const app = (name: string, role: string, more = ''): string =>
  `app create-client --name ${name} --broker shop --protocol openwire --role ${role} --destination queue://q ${more}`;
const PUBLISH = 'broker publish --broker shop --destination queue://q --body x';

describe('a limit of ActiveMQ that holds producers back is explained', () => {
  it('of one queue, at its producer, its broker and itself; and is over when a consumer has made room', () => {
    const policy = '<policyEntry queue="&gt;" memoryLimit="4kb"/>';
    const session = runLines(
      active(
        `<destinationPolicy><policyMap><policyEntries>${policy}</policyEntries></policyMap></destinationPolicy>`,
      ),
      app('till', 'producer', '--rate 5/s'),
      'sleep 4',
    );
    for (const about of ['app/till', 'broker/shop', 'brokerqueue/shop/q']) {
      const found = why(session, about);
      expect(found.rule.name).toBe('mq/flow-control');
      const limit = { label: 'memoryLimit', is: { unit: 'bytes', value: 4_096 } };
      expect(found.values[0]).toMatchObject({ label: 'held', against: limit });
    }
    runLines(session, app('worker', 'consumer', '--time 10ms'), 'sleep 5');
    expect(why(session, 'app/till').rule.name).toBe('app/clients');
  });

  it('of the store for persistent messages, of memory for others', () => {
    const store = runLines(
      active(usage('<storeUsage><storeUsage limit="8kb"/></storeUsage>')),
      app('till', 'producer', '--rate 5/s'),
      'sleep 4',
    );
    expect(why(store, 'app/till')).toMatchObject({
      answer: 'Publishers are held back: the disk is nearly full.',
      rule: { name: 'mq/alarm' },
    });
    const memory = runLines(
      active(usage('<memoryUsage><memoryUsage limit="8kb"/></memoryUsage>')),
      app('till', 'producer', '--rate 5/s --no-persistent'),
      'sleep 4',
    );
    expect(why(memory, 'app/till')).toMatchObject({
      answer: 'Publishers are held back: memory is short.',
      values: [{ label: 'memory', against: { is: { value: 8_192 } } }, {}, {}],
    });
  });

  it('to a person, whose command gives up after 30 s; or at once, where the broker is set so', () => {
    const limit = '<storeUsage><storeUsage limit="4kb"/></storeUsage>';
    const waits = runLines(active(usage(limit)), `repeat 3 ${PUBLISH}`);
    const before = waits.world.simulation.now;
    runLines(waits, `${PUBLISH} || true`);
    expect(waits.world.simulation.now - before).toBeGreaterThanOrEqual(30_000);
    expect(why(waits)).toMatchObject({ title: 'your publish to queue://q', rule: { name: 'mq/alarm' } });
    const fails = runLines(
      active(usage(limit, 'sendFailIfNoSpace="true"')),
      `repeat 3 ${PUBLISH}`,
      `${PUBLISH} || true`,
    );
    expect(why(fails).rule.name).toBe('mq/alarm');
  });
});

describe('messages that only one consumer may have are explained', () => {
  it('by their group', () => {
    const session = runLines(
      active(),
      app('one', 'consumer', '--ack manual --prefetch 1 --time 1h'),
      app('two', 'consumer', '--ack manual --prefetch 1 --time 1h'),
      'sleep 1',
      `repeat 4 ${PUBLISH} --headers '{"JMSXGroupID":"g"}'`,
      'sleep 1',
    );
    const found = why(session, 'app/two');
    expect(found.answer).toContain('3 messages that wait in q: group g belongs to another consumer.');
    for (const one of [found, why(session, 'brokerqueue/shop/q')]) {
      expect(one.rule.name).toBe('mq/one-consumer');
      expect(one.remedies.map(({ text }) => text).join()).toContain('more groups (JMSXGroupID)');
    }
    runLines(session, 'app delete --name one', 'sleep 1');
    expect(why(session, 'app/two').answer).toContain('two works');
  });
});

describe('a user without the right is explained', () => {
  it('by the authorization map, over any protocol', () => {
    const entry = '<authorizationEntry queue="&gt;" read="app" write="app" admin="app"/>';
    const session = runLines(
      active(
        `<plugins><authorizationPlugin><map><authorizationMap><authorizationEntries>${entry}</authorizationEntries></authorizationMap></map></authorizationPlugin></plugins>`,
      ),
      `${PUBLISH} --user other || true`,
    );
    expect(why(session)).toMatchObject({ rule: { name: 'mq/rights' } });
    for (const [name, protocol, to] of [
      ['till', 'openwire', 'queue://q'],
      ['reader', 'stomp', '/queue/q'],
    ] as const) {
      const role = name === 'till' ? 'producer' : 'consumer';
      runLines(
        session,
        `app create-client --name ${name} --broker shop --protocol ${protocol} --role ${role} --destination ${to} --user other`,
        'sleep 2',
      );
      const found = why(session, `app/${name}`);
      expect([name, found.rule.name]).toEqual([name, 'app/rights']);
      expect(found.answer).toContain('not authorized to');
    }
  });
});

describe('a broker that does not answer is explained', () => {
  it('while it is made', () => {
    const session = runLines(newWorld(), rabbitLine('SINGLE_INSTANCE'), `${PUBLISH} || true`);
    expect(why(session)).toMatchObject({
      answer: 'No node of shop listens: its state is CREATION_IN_PROGRESS.',
      rule: { name: 'mq/servers' },
      remedies: [{ line: MADE }, {}],
    });
  });

  it('while it reboots, until it runs', () => {
    const session = runLines(
      rabbit(),
      'broker declare-queue --broker shop --queue q',
      'B=$(aws mq list-brokers --query BrokerSummaries[0].BrokerId --output text)',
      'aws mq reboot-broker --broker-id $B',
      'broker publish --broker shop --routing-key q --body x || true',
    );
    const found = why(session);
    expect(found.rule.name).toBe('mq/servers');
    runLines(session, found.remedies[0]!.line!, 'broker publish --broker shop --routing-key q --body x');
    expect(session.insight.why('broker/shop').ok).toBe(false);
  });

  it('by its name, when there is none of that name', () => {
    const session = runLines(rabbit(), 'broker publish --broker shp --routing-key q --body x || true');
    expect(why(session).answer).toBe('There is no broker shp in this account.');
  });

  it('by the leader that its queue has not, and by the node that is down', () => {
    const session = runLines(
      rabbit('CLUSTER_MULTI_AZ'),
      `broker declare-queue --broker shop --queue q --arguments '{"x-queue-type":"quorum"}'`,
      'fault inject --kind zone-down --on broker/shop --zone us-east-1a',
      'broker get --broker shop --queue q || true',
    );
    expect(why(session)).toMatchObject({ title: 'your get from q', rule: { name: 'mq/leader' } });
    expect(why(session, 'broker/shop').answer).toBe('Node 1 (us-east-1a) is down; the others serve.');
    runLines(
      session,
      'fault inject --kind zone-down --on broker/shop --zone us-east-1b',
      'broker publish --broker shop --routing-key q --body x --confirm || true',
    );
    expect(why(session)).toMatchObject({
      title: 'your publish to the default exchange',
      rule: { name: 'mq/leader' },
    });
  });
});
