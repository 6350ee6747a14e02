import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { activeBroker, brokers, PASSWORD } from '../../support/brokerClients.ts';

const asked = (more: object = {}) => ({
  BrokerName: 'b',
  EngineType: 'ACTIVEMQ',
  DeploymentMode: 'SINGLE_INSTANCE',
  HostInstanceType: 'mq.m5.large',
  PubliclyAccessible: false,
  Users: [{ Username: 'admin', Password: PASSWORD }],
  ...more,
});

describe('CreateBroker', () => {
  it('refuses engine, storage and deployment mode that do not go together', () => {
    const w = brokers();
    const rabbit = { EngineType: 'RABBITMQ', HostInstanceType: 'mq.m7g.large' };
    for (const more of [
      { ...rabbit, DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' },
      { ...rabbit, StorageType: 'EFS' },
      { DeploymentMode: 'CLUSTER_MULTI_AZ' },
      { StorageType: 'EBS', DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' },
    ]) {
      expect(w.refusal('CreateBroker', asked(more), 'mq')).toMatchObject({
        code: 'BadRequestException',
        httpStatus: 400,
      });
    }
    const made = [
      asked({ StorageType: 'EFS' }),
      asked({ ...rabbit, BrokerName: 'r', StorageType: 'EBS', DeploymentMode: 'CLUSTER_MULTI_AZ' }),
    ].map((input) => w.call('CreateBroker', input, 'mq').BrokerId);
    const states = () => made.map((BrokerId) => w.call('DescribeBroker', { BrokerId }, 'mq').BrokerState);
    expect(states()).toEqual(['CREATION_IN_PROGRESS', 'CREATION_IN_PROGRESS']);
    w.after(seconds(1_200));
    expect(states()).toEqual(['RUNNING', 'RUNNING']);
  });

  it('refuses passwords and names that are too weak', () => {
    const w = brokers();
    const user = (Username: string, Password: string, more: object = {}) =>
      w.outcome(
        'CreateBroker',
        asked({ BrokerName: `b${w.now}`, Users: [{ Username, Password }], ...more }),
        'mq',
      ).ok;
    const weak = ['elevenchars', 'aabbccaabbccaa', 'with,comma-here'];
    expect(weak.map((one) => user('admin', one))).toEqual([false, false, false]);
    expect(user('a', PASSWORD)).toBe(false);
    const rabbit = { EngineType: 'RABBITMQ', HostInstanceType: 'mq.m7g.large' };
    expect([user('guest', PASSWORD, rabbit), user('a~b', PASSWORD, rabbit)]).toEqual([false, false]);
    expect(user('admin', 'abcdabcdabcd')).toBe(true);
  });
});

describe('a broker', () => {
  it('has an address for each protocol, of a pair on both sides', () => {
    const w = brokers();
    const BrokerId = activeBroker(w);
    const { BrokerInstances } = w.call('DescribeBroker', { BrokerId }, 'mq');
    const host = (side: number) => `${BrokerId}-${side}.mq.us-east-1.amazonaws.com`;
    expect(BrokerInstances).toMatchObject(
      [1, 2].map((side) => ({
        ConsoleURL: `https://${host(side)}:8162`,
        Endpoints: [
          `ssl://${host(side)}:61617`,
          `amqp+ssl://${host(side)}:5671`,
          `stomp+ssl://${host(side)}:61614`,
          `mqtt+ssl://${host(side)}:8883`,
          `wss://${host(side)}:61619`,
        ],
      })),
    );
  });

  it('takes changes of users at its reboot, or in its weekly window', () => {
    const w = brokers();
    const BrokerId = activeBroker(w);
    const create = (Username: string) =>
      w.call('CreateUser', { BrokerId, Username, Password: PASSWORD }, 'mq');
    const users = () => w.call('ListUsers', { BrokerId }, 'mq').Users;
    create('new');
    expect(users()).toEqual([{ Username: 'app' }, { Username: 'new', PendingChange: 'CREATE' }]);
    w.call('RebootBroker', { BrokerId }, 'mq');
    w.after(seconds(120));
    expect(users()).toEqual([{ Username: 'app' }, { Username: 'new' }]);
    create('later');
    w.after(seconds(8 * 86_400));
    expect(users()).toEqual([{ Username: 'app' }, { Username: 'new' }, { Username: 'later' }]);
  });

  it('that is not there is said so in AWS’s words', () => {
    expect(brokers().refusal('DescribeBroker', { BrokerId: 'b-1' }, 'mq')).toMatchObject({
      code: 'NotFoundException',
      message: "Can't find requested broker [b-1]. Make sure your broker exists.",
    });
  });
});
