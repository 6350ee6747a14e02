import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import { type Output, type World, world } from '../../support/world.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const rds = (w: World, operation: string, input: object = {}): Output => w.call(operation, input, 'rds');
const database = (w: World, more: object): Output => w.call('CreateDatabase', more, 'app');

/** A topic, and a queue that gets what it gets. */
function topical(): World {
  const w = world({}, CATALOG);
  const QueueUrl = w.queue('inbox');
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }];
  w.call('SetQueueAttributes', { QueueUrl, Attributes: { Policy: JSON.stringify({ Statement }) } });
  w.call('CreateTopic', { Name: 'ops' }, 'sns');
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  w.call('Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint }, 'sns');
  return w;
}

const subscribe = (w: World, more: object = {}): Output =>
  rds(w, 'CreateEventSubscription', { SubscriptionName: 'news', SnsTopicArn: TOPIC, ...more });

/** What arrived since it was asked last: envelopes of the topic. */
function arrived(w: World): readonly Output[] {
  w.after(seconds(2));
  const QueueUrl = w.call('GetQueueUrl', { QueueName: 'inbox' }).QueueUrl;
  const { Messages = [] } = w.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body, ReceiptHandle }: { Body: string; ReceiptHandle: string }) => {
    w.call('DeleteMessage', { QueueUrl, ReceiptHandle });
    return JSON.parse(Body);
  });
}

/** The numbers of the events that arrived. */
const numbers = (w: World): string[] =>
  arrived(w).map(({ Message }) => /RDS-EVENT-(\d+)/u.exec(Message)?.[1] ?? Message);

describe('an event subscription', () => {
  it('sends a first message, and then what happens, as AWS writes it', () => {
    const w = topical();
    expect(subscribe(w, { SourceType: 'db-instance' }).EventSubscription).toMatchObject({
      CustSubscriptionId: 'news',
      Status: 'creating',
      SubscriptionCreationTime: 'Mon Jan 05 09:00:00 UTC 2026',
      EventSubscriptionArn: 'arn:aws:rds:us-east-1:000000000000:es:news',
    });
    const [first] = arrived(w);
    expect(first.Message).toBe(
      `This is a message to notify that RDS will attempt to send you event notifications of type db-instance to the topic ${TOPIC}.`,
    );
    database(w, { name: 'shop', engine: 'rds' });
    const [made] = arrived(w);
    expect(made.Subject).toBe('RDS Notification Message');
    expect(made.Message).toBe(
      '{"Event Source":"db-instance","Event Time":"2026-01-05 09:00:02.000","Identifier Link":"https://console.aws.amazon.com/rds/home?region=us-east-1#dbinstance:id=shop","Source ID":"shop","Source ARN":"arn:aws:rds:us-east-1:000000000000:db:shop","Event ID":"http://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html#RDS-EVENT-0005","Event Message":"DB instance created.","Tags":{}}',
    );
    expect(made.MessageAttributes).toEqual({
      EventID: { Type: 'String', Value: 'RDS-EVENT-0005' },
      Resource: { Type: 'String', Value: 'arn:aws:rds:us-east-1:000000000000:db:shop' },
    });
  });

  it('is not needed for the event bus, which a rule with a pattern listens to', () => {
    const w = topical();
    const bus = (operation: string, input: object): Output => w.call(operation, input, 'events');
    const EventPattern = JSON.stringify({
      source: ['aws.rds'],
      'detail-type': ['RDS DB Instance Event'],
      detail: { SourceType: ['DB_INSTANCE'], EventCategories: ['creation'] },
    });
    bus('PutRule', { Name: 'r', EventPattern });
    const Arn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
    bus('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn }] });
    database(w, { name: 'shop', engine: 'rds' });
    database(w, { name: 'au', engine: 'aurora' });
    const told = arrived(w);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      source: 'aws.rds',
      'detail-type': 'RDS DB Instance Event',
      resources: ['arn:aws:rds:us-east-1:000000000000:db:shop'],
      detail: {
        EventCategories: ['creation'],
        SourceType: 'DB_INSTANCE',
        SourceArn: 'arn:aws:rds:us-east-1:000000000000:db:shop',
        Date: '2026-01-05T09:00:00.000Z',
        Message: 'DB instance created.',
        SourceIdentifier: 'shop',
        EventID: 'RDS-EVENT-0005',
      },
    });
  });

  it('tells of stopping, starting, restarting and deleting', () => {
    const w = topical();
    database(w, { name: 'shop', engine: 'rds' });
    subscribe(w);
    arrived(w);
    const DBInstanceIdentifier = 'shop';
    rds(w, 'StopDBInstance', { DBInstanceIdentifier });
    expect(w.refusal('StopDBInstance', { DBInstanceIdentifier }, 'rds')).toMatchObject({
      code: 'InvalidDBInstanceState',
      message: 'Instance shop is not in available state.',
    });
    w.after(seconds(60));
    expect(numbers(w)).toEqual(['0087']);
    expect(rds(w, 'DescribeDBInstances').DBInstances[0].DBInstanceStatus).toBe('stopped');
    rds(w, 'StartDBInstance', { DBInstanceIdentifier });
    w.after(seconds(120));
    expect(numbers(w)).toEqual(['0088']);
    rds(w, 'RebootDBInstance', { DBInstanceIdentifier });
    w.after(seconds(30));
    expect(numbers(w)).toEqual(['0004', '0006']);
    w.call('Delete', { name: 'shop' }, 'app');
    expect(numbers(w)).toEqual(['0003']);
  });

  it('tells of a crash: a standby takes over, or the database recovers', () => {
    const w = topical();
    database(w, { name: 'safe', engine: 'rds', multiAz: true });
    database(w, { name: 'bare', engine: 'rds' });
    subscribe(w);
    arrived(w);
    w.call('Inject', { kind: 'crash', on: 'database/safe' }, 'fault');
    expect(numbers(w)).toEqual(['0013']);
    const write = w.start('Write', { to: 'database/safe' }, 'app');
    w.after(seconds(1));
    expect(w.answer(write)?.outcome.ok).toBe(false);
    w.after(seconds(60));
    expect(numbers(w)).toEqual(['0006', '0049']);
    w.call('Inject', { kind: 'crash', on: 'database/bare' }, 'fault');
    w.after(seconds(180));
    expect(numbers(w)).toEqual(['0020', '0021', '0006']);
  });

  it('tells of storage that runs low, and out', () => {
    const w = topical();
    database(w, { name: 'shop', engine: 'rds', storage: '20KB' });
    subscribe(w, { EventCategories: ['low storage'] });
    arrived(w);
    for (let n = 0; n < 18; n++) w.start('Write', { to: 'database/shop' }, 'app');
    w.after(seconds(2));
    expect(numbers(w)).toEqual([]);
    w.start('Write', { to: 'database/shop' }, 'app');
    expect(numbers(w)).toEqual(['0089']);
    w.start('Write', { to: 'database/shop' }, 'app');
    expect(numbers(w)).toEqual(['0007']);
    const refused = w.start('Write', { to: 'database/shop' }, 'app');
    w.after(seconds(1));
    expect(w.answer(refused)?.outcome).toMatchObject({ refusal: { code: 'StorageFull' } });
  });

  it('tells of an Aurora database as a cluster', () => {
    const w = topical();
    database(w, { name: 'stock', engine: 'aurora' });
    subscribe(w, { SourceType: 'db-cluster', SourceIds: ['stock'], EventCategories: ['failover'] });
    arrived(w);
    rds(w, 'FailoverDBCluster', { DBClusterIdentifier: 'stock' });
    w.after(seconds(60));
    const [began, done] = arrived(w).map(({ Message }) => JSON.parse(Message));
    expect(began['Event Message']).toBe('Started cross AZ failover to DB instance: stock-instance-2.');
    expect(done['Event Message']).toBe('Completed failover to DB instance: stock-instance-2.');
    expect(done['Source ARN']).toBe('arn:aws:rds:us-east-1:000000000000:cluster:stock');
    const [cluster] = rds(w, 'DescribeDBClusters').DBClusters;
    expect(cluster.DBClusterMembers[1]).toMatchObject({
      DBInstanceIdentifier: 'stock-instance-2',
      IsClusterWriter: true,
    });
  });

  it('tells by type, source and category, and only while it is enabled', () => {
    const w = topical();
    database(w, { name: 'shop', engine: 'rds' });
    database(w, { name: 'other', engine: 'rds' });
    subscribe(w, { SourceType: 'db-instance', SourceIds: ['shop'], EventCategories: ['availability'] });
    arrived(w);
    rds(w, 'RebootDBInstance', { DBInstanceIdentifier: 'other' });
    rds(w, 'StopDBInstance', { DBInstanceIdentifier: 'shop' });
    w.after(seconds(60));
    expect(numbers(w)).toEqual([]);
    rds(w, 'AddSourceIdentifierToSubscription', { SubscriptionName: 'news', SourceIdentifier: 'other' });
    rds(w, 'RebootDBInstance', { DBInstanceIdentifier: 'other' });
    w.after(seconds(30));
    expect(numbers(w)).toEqual(['0004', '0006']);
    rds(w, 'ModifyEventSubscription', { SubscriptionName: 'news', Enabled: false });
    rds(w, 'RebootDBInstance', { DBInstanceIdentifier: 'other' });
    w.after(seconds(30));
    expect(numbers(w)).toEqual([]);
    rds(w, 'DeleteEventSubscription', { SubscriptionName: 'news' });
    expect(rds(w, 'DescribeEventSubscriptions').EventSubscriptionsList).toEqual([]);
  });

  it('is refused without a topic that takes it, and for what is not there', () => {
    const w = topical();
    const code = (more: object): string =>
      w.refusal('CreateEventSubscription', { SubscriptionName: 'news', SnsTopicArn: TOPIC, ...more }, 'rds')
        .code;
    expect(code({ SnsTopicArn: `${TOPIC}2` })).toBe('SNSTopicArnNotFound');
    expect(code({ SnsTopicArn: 'ops' })).toBe('SNSInvalidTopic');
    expect(code({ SourceType: 'db-instance', SourceIds: ['shop'] })).toBe('SourceNotFound');
    expect(code({ SourceType: 'db-instance', EventCategories: ['weather'] })).toBe(
      'SubscriptionCategoryNotFound',
    );
    expect(code({ SourceType: 'db-snapshot' })).toBe('InvalidParameterValue');
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'SNS:Publish', Resource: TOPIC },
    ];
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
    w.call('SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue }, 'sns');
    expect(code({})).toBe('SNSNoAuthorization');
    Object.assign(Statement[0]!.Principal, { Service: 'events.rds.amazonaws.com' });
    const allowed = JSON.stringify({ Version: '2012-10-17', Statement });
    w.call(
      'SetTopicAttributes',
      { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue: allowed },
      'sns',
    );
    subscribe(w);
    expect(code({})).toBe('SubscriptionAlreadyExist');
  });

  it('leaves the events of databases to be read later', () => {
    const w = topical();
    database(w, { name: 'shop', engine: 'rds' });
    w.after(seconds(3_700));
    expect(rds(w, 'DescribeEvents').Events).toEqual([]);
    expect(rds(w, 'DescribeEvents', { Duration: 120 }).Events).toMatchObject([
      { SourceIdentifier: 'shop', Message: 'DB instance created.', EventCategories: ['creation'] },
    ]);
  });
});
