import { readdirSync, readFileSync } from 'node:fs';
import * as lambdaSdk from '@aws-sdk/client-lambda';
import * as s3Sdk from '@aws-sdk/client-s3';
import * as sdk from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { AnyOperation, MemberRule } from '../src/contract/operation.ts';
import { lambda } from '../src/services/lambda/index.ts';
import { s3 } from '../src/services/s3/index.ts';
import { sqs } from '../src/services/sqs/index.ts';
import { type World, world } from './support/world.ts';

/** Operation schemas are tuples that begin with 9. */
const OPERATION = 9;
const namesIn = (client: object): string[] =>
  Object.values(client as Record<string, unknown>)
    .filter(
      (value): value is readonly [number, string, string] => Array.isArray(value) && value[0] === OPERATION,
    )
    .map(([, , name]) => name);
const operationsOfSdk = namesIn(sdk);

const operations = [...sqs.description.operations.values()];
const members = operations.flatMap((operation) =>
  operation.input.members.map(({ name }) => [operation.name, name, operation] as const),
);

/** What each operation needs to be accepted, in a world that `prepared` made. */
interface Prepared {
  readonly w: World;
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function prepared(): Prepared {
  const w = world();
  const arn = 'arn:aws:sqs:us-east-1:000000000000:dlq';
  w.queue('dlq');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 3 });
  const url = w.queue('orders', { RedrivePolicy });
  const fifo = w.queue('orders.fifo');
  for (const body of ['a', 'b', 'c']) w.send(url, body);
  const [a, b, c] = w.receive(url, { MaxNumberOfMessages: 3 });
  w.call('AddPermission', {
    QueueUrl: url,
    Label: 'alice',
    AWSAccountIds: ['111111111111'],
    Actions: ['SendMessage'],
  });
  const dead = w.queue('old-dlq');
  w.queue('old', { RedrivePolicy: RedrivePolicy.replace(':dlq', ':old-dlq') });
  for (const body of ['x', 'y']) w.send(dead, body);
  const { TaskHandle } = w.call('StartMessageMoveTask', { SourceArn: arn.replace(':dlq', ':old-dlq') });
  const QueueUrl = url;
  return {
    w,
    inputs: {
      AddPermission: { QueueUrl, Label: 'bob', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] },
      CancelMessageMoveTask: { TaskHandle },
      ChangeMessageVisibility: { QueueUrl, ReceiptHandle: a.ReceiptHandle, VisibilityTimeout: 5 },
      ChangeMessageVisibilityBatch: {
        QueueUrl,
        Entries: [{ Id: 'a', ReceiptHandle: a.ReceiptHandle, VisibilityTimeout: 5 }],
      },
      CreateQueue: { QueueName: 'new' },
      DeleteMessage: { QueueUrl, ReceiptHandle: b.ReceiptHandle },
      DeleteMessageBatch: { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: c.ReceiptHandle }] },
      DeleteQueue: { QueueUrl },
      GetQueueAttributes: { QueueUrl },
      GetQueueUrl: { QueueName: 'orders' },
      ListDeadLetterSourceQueues: { QueueUrl },
      ListMessageMoveTasks: { SourceArn: arn },
      ListQueueTags: { QueueUrl },
      ListQueues: {},
      PurgeQueue: { QueueUrl },
      ReceiveMessage: { QueueUrl: fifo },
      RemovePermission: { QueueUrl, Label: 'alice' },
      SendMessage: { QueueUrl: fifo, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' },
      // A message's own delay is for standard queues.
      'SendMessage DelaySeconds': { QueueUrl, MessageBody: 'x' },
      SendMessageBatch: { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }] },
      SetQueueAttributes: { QueueUrl, Attributes: { VisibilityTimeout: '5' } },
      StartMessageMoveTask: { SourceArn: arn },
      TagQueue: { QueueUrl, Tags: { a: 'b' } },
      UntagQueue: { QueueUrl, TagKeys: ['a'] },
    },
  };
}

describe('the contract of SQS', () => {
  it('holds every operation of the official SDK', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual([...operationsOfSdk].sort());
    expect(operationsOfSdk).toHaveLength(23);
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s says in one sentence what it does',
    (_name, { summary, service }) => {
      expect(summary).toMatch(/^[A-Z].{10,90}\.$/);
      expect(service).toBe('sqs');
    },
  );

  it.each(members)('%s: %s has a purpose in a few words', (_operation, name, { members: rules }) => {
    const purpose = rules[name]?.purpose ?? '';
    expect(purpose.length).toBeGreaterThan(5);
    expect(purpose.length).toBeLessThanOrEqual(64);
    expect(purpose).toMatch(/[^.!]$/);
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s has rules for its own members only',
    (_name, { input, members: rules }) => {
      expect(Object.keys(rules).sort()).toEqual(input.members.map(({ name }) => name).sort());
    },
  );

  it.each(operations.map(({ name }) => [name]))('%s is accepted with what it needs', (name) => {
    const { w, inputs } = prepared();
    w.call(name, inputs[name]);
  });

  const required = members.filter(([, name, { input }]) =>
    input.members.some((member) => member.name === name && member.required),
  );
  it.each(required)('%s is refused without %s, and changes nothing', (operation, name) => {
    const { w, inputs } = prepared();
    const { [name]: _left, ...input } = inputs[operation]!;
    refusedWithoutTrace(w, operation, input, `The request must contain the parameter ${name}.`);
  });

  const limited = members.filter(([, name, { members: rules }]) => {
    const rule = rules[name];
    return rule?.min !== undefined || rule?.max !== undefined;
  });
  it.each(limited)('%s keeps the limits of %s', (operation, name, entry) => {
    const rule = ruleOf(entry, name);
    for (const value of outside(rule, entry, name)) {
      const { w, inputs } = prepared();
      const input = inputs[`${operation} ${name}`] ?? inputs[operation];
      refusedWithoutTrace(w, operation, { ...input, [name]: value });
    }
    for (const value of inside(rule, entry, name)) {
      const { w, inputs } = prepared();
      const input = inputs[`${operation} ${name}`] ?? inputs[operation];
      const call = w.start(operation, { ...input, [name]: value });
      // A long poll may wait; what counts is that it was not refused.
      expect(w.answer(call)?.outcome.ok ?? true).toBe(true);
    }
  });
});

function refusedWithoutTrace(w: World, operation: string, input: object, message?: string): void {
  const before = w.digest();
  const refusal = w.refusal(operation, input);
  if (message !== undefined) expect(refusal.message).toBe(message);
  expect(refusal.code).toMatch(/^[A-Za-z.]+$/);
  expect(w.digest()).toBe(before);
}

const ruleOf = (operation: AnyOperation, name: string): MemberRule => operation.members[name]!;

/** Values just outside a member's limits, by the kind of value it takes. */
function outside(rule: MemberRule, operation: AnyOperation, name: string): unknown[] {
  const { min, max } = rule;
  return [
    ...(min === undefined ? [] : [sized(min - 1, operation, name)]),
    ...(max === undefined ? [] : [sized(max + 1, operation, name)]),
  ].filter((value) => value !== undefined);
}

function inside(rule: MemberRule, operation: AnyOperation, name: string): unknown[] {
  const { min, max } = rule;
  // Lists of entries need genuine ones; that a good one is accepted is seen above.
  if (shapeOf(operation, name) === 'list') return [];
  // A permission is removed only under the label it has.
  if (operation.name === 'RemovePermission') return [];
  return [
    ...(min === undefined ? [] : [sized(min, operation, name)]),
    ...(max === undefined ? [] : [sized(max, operation, name)]),
  ];
}

const shapeOf = (operation: AnyOperation, name: string): string =>
  operation.input.members.find((member) => member.name === name)!.shape().type;

/** A number itself; a text, or a list, of that length. */
function sized(size: number, operation: AnyOperation, name: string): unknown {
  switch (shapeOf(operation, name)) {
    case 'integer':
      return size;
    case 'string':
      return size < 0 ? undefined : 'x'.repeat(size);
    case 'list':
      return Array.from({ length: size }, (_, index) =>
        name === 'Entries' ? { Id: `id-${index}` } : 'SendMessage',
      );
    default:
      throw new Error(`no limit is known for ${name}`);
  }
}

/** All that a service's folder says. */
function sourceOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? sourceOf(path) : readFileSync(path, 'utf8');
    })
    .join('\n');
}

/** A member is read where its name stands without the words that describe it. */
const isRead = (source: string, name: string): boolean =>
  new RegExp(`\\b${name}\\b(?!['?]?: (?:\\{|[A-Z_]{3,}\\b|without\\())`, 'u').test(source);

/** Members that are taken and change nothing, as their words say. */
const SAYS_UNREAD = /not read|\$LATEST alone/u;

describe.each([
  ['s3', s3, s3Sdk],
  ['lambda', lambda, lambdaSdk],
] as const)('the contract of %s', (name, { description }, client) => {
  const all = [...description.operations.values()] as AnyOperation[];
  const source = sourceOf(`src/services/${name}`);

  it('knows every operation of the official SDK, or refuses it by name', () => {
    const known = [...all.map((operation) => operation.name), ...(description.notModelled ?? [])];
    expect(known.sort()).toEqual(namesIn(client).sort());
  });

  it('says in a few words what every member is for', () => {
    for (const { input, members: rules } of all) {
      expect(Object.keys(rules).sort()).toEqual(input.members.map((member) => member.name).sort());
      for (const { purpose = '' } of Object.values(rules)) expect(purpose).toMatch(/^.{5,63}[^.!]$/);
    }
  });

  it('reads every member that it does not refuse', () => {
    const unread = all.flatMap((operation) =>
      Object.entries(operation.members)
        .filter(
          ([member, { notModelled, purpose = '' }]) =>
            notModelled === undefined && !SAYS_UNREAD.test(purpose) && !isRead(source, member),
        )
        .map(([member]) => `${operation.name} ${member}`),
    );
    expect(unread).toEqual([]);
  });

  it('refuses every other member by its name, and makes nothing', () => {
    const w = world({}, [s3, lambda]);
    const before = w.view(name);
    let refused = 0;
    for (const operation of all) {
      for (const [member, { notModelled }] of Object.entries(operation.members)) {
        if (notModelled === undefined) continue;
        const needed = operation.input.members.filter(({ required }) => required);
        const input = Object.fromEntries(needed.map((one) => [one.name, sample(operation, one.name)]));
        const given = { ...input, [member]: sample(operation, member) };
        const outcome = w.outcome(operation.name, given, name);
        if (outcome.ok) throw new Error(`${operation.name} took ${member}`);
        expect(outcome.refusal.message).toContain(member);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10);
    expect(w.view(name)).toEqual(before);
  });
});

/** Some value of a member. */
function sample(operation: AnyOperation, name: string): unknown {
  switch (shapeOf(operation, name)) {
    case 'boolean':
      return true;
    case 'integer':
    case 'long':
      return 1;
    case 'list':
      return [];
    case 'map':
    case 'structure':
      return {};
    default:
      return 'x';
  }
}
