/**
 * Requests that are broken in every way: the server answers each and lives, and those that are refused before they
 * reach a service leave the world as it was. `MANGLED=100000` makes it a soak.
 */
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { Door } from '../../src/endpoint/door.ts';
import type { Incoming, Reply } from '../../src/endpoint/exchange.ts';
import { createSession } from '../../src/session/session.ts';
import { scope, startEndpoint } from '../support/endpoint.ts';

const COUNT = Number(process.env.MANGLED ?? 400);
const WITHIN_MS = 10_000 + COUNT * 10;

const TARGETS = [
  'AmazonSQS.SendMessage',
  'AmazonSQS.ReceiveMessage',
  'Kinesis_20131202.PutRecords',
  'Firehose_20150804.PutRecord',
  'GraniteServiceVersion20100801.PutMetricData',
  'TrentService.Encrypt',
  'Logs_20140328.PutLogEvents',
  '',
  'AmazonSQS',
  '.',
];
const BODIES = [
  '{"QueueUrl":"http://x/000000000000/q","MessageBody":"hello","DelaySeconds":0}',
  '{"StreamName":"s","Records":[{"Data":"AAA=","PartitionKey":"a"}]}',
  '{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1,"message":"m"}]}',
  'Action=Publish&TopicArn=a&Message=m&MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=String',
  '<Delete><Object><Key>a</Key></Object></Delete>',
  '[[[[[[[[[[',
  '\\u0000',
  '',
];
const HEADS = [
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'application/x-amz-cbor-1.1',
  'text/xml',
  '',
];
const PATHS = [
  '/',
  '/b/k',
  '/000000000000/q',
  '/v1/brokers/x',
  '/2015-03-31/functions/f/invocations',
  '/%',
  '/%ff',
  '//',
  '/service/AmazonSQS/operation/SendMessage',
];
const QUERIES = [
  '',
  'list-type=2',
  'uploads',
  'Action=ListQueues',
  '&&&=',
  '%',
  'a=%zz',
  'max-keys=x',
  'X-Amz-Credential=a%2Fb%2Fc%2Fs3%2Faws4_request',
];

/** Some bytes are changed, lost or put in. */
const mangled = (text: string, edits: readonly (readonly [number, number])[]): Uint8Array => {
  const bytes = [...new TextEncoder().encode(text)];
  for (const [place, byte] of edits)
    bytes.splice(place % (bytes.length + 1), byte % 3, ...(byte % 2 === 0 ? [byte] : []));
  return Uint8Array.from(bytes);
};

const requests: fc.Arbitrary<Incoming> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'BREW'),
    path: fc.constantFrom(...PATHS),
    query: fc.constantFrom(...QUERIES),
    target: fc.constantFrom(undefined, ...TARGETS),
    service: fc.constantFrom(
      undefined,
      'sqs',
      'sns',
      's3',
      'lambda',
      'mq',
      'monitoring',
      'kinesis',
      'nobody',
    ),
    type: fc.constantFrom(...HEADS),
    chunked: fc.boolean(),
    smithy: fc.boolean(),
    body: fc.constantFrom(...BODIES),
    edits: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
  })
  .map(({ method, path, query, target, service, type, chunked, smithy, body, edits }) => ({
    method,
    path,
    query,
    headers: {
      host: '127.0.0.1',
      'content-type': type,
      'x-amz-target': target,
      authorization: service && scope(service),
      ...(chunked && { 'content-encoding': 'aws-chunked' }),
      ...(smithy && { 'smithy-protocol': 'rpc-v2-cbor' }),
    },
    body: mangled(body, edits),
  }));

it(
  'are answered by the door, and change nothing unless a service heard of them',
  () => {
    const session = createSession({ catalog: CATALOG, settings: worldSettings({ instant: true }) });
    const door = new Door({
      session: () => session,
      catalog: CATALOG,
      newRequestId: () => 'f0000000-0000-4000-8000-000000000000',
      account: '000000000000',
      catchUp: () => {},
    });
    const { world } = session;
    let refused = 0;
    let digest = world.simulation.digest();
    fc.assert(
      fc.property(requests, (incoming) => {
        let reply: Reply | undefined;
        const before = world.position.commands;
        const hangUp = door.handle(incoming, (given) => {
          reply = given;
        });
        if (world.position.commands === before) {
          refused++;
          expect(reply!.status).toBeGreaterThanOrEqual(400);
          // Digests are dear: in a soak they are compared now and then.
          if (refused % Math.max(1, COUNT >> 8) === 0) expect(world.simulation.digest()).toBe(digest);
        } else {
          hangUp();
          digest = world.simulation.digest();
        }
      }),
      { numRuns: COUNT, seed: 1 },
    );
    expect(refused).toBeGreaterThan(COUNT / 4);
  },
  WITHIN_MS,
);

it(
  'that are no HTTP at all leave the server answering',
  async () => {
    const endpoint = await startEndpoint();
    const digest = endpoint.session().world.simulation.digest();
    const lines = fc.sample(
      fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc
          .array(fc.tuple(fc.nat(120), fc.nat(255)), { minLength: 1, maxLength: 8 })
          .map((edits) =>
            mangled(
              'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nX-Amz-Target: AmazonSQS.Nothing\r\n\r\n{}',
              edits,
            ),
          ),
      ),
      { numRuns: Math.min(COUNT >> 2, 5_000), seed: 2 },
    );
    for (const bytes of lines) {
      await new Promise<void>((resolve) => {
        const socket = connect(endpoint.port, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => {});
        socket.on('data', () => {});
        socket.on('close', () => resolve());
      });
    }
    expect((await fetch(`${endpoint.url}/_playground/health`)).status).toBe(200);
    expect(endpoint.session().world.simulation.digest()).toBe(digest);
    await endpoint.close();
  },
  WITHIN_MS,
);
