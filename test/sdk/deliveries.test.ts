/** `serve --deliver loopback`: real HTTP servers on this machine get what the world delivers, and answer it. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Firehose } from '@aws-sdk/client-firehose';
import { SNS } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { Served } from '../../src/cli/serve.ts';
import type { RunningServer } from '../../src/endpoint/server.ts';
import { loadTimeline, saveTimeline } from '../../src/engine/timelineData.ts';
import { instant } from '../../src/engine/units.ts';
import { isLoopback, loopbackAddresses, sendToLoopback } from '../../src/platform/loopback.ts';

interface Came {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A web application under test. */
class Hook {
  readonly came: Came[] = [];
  answers: { status: number; headers?: Readonly<Record<string, string>> } = { status: 200 };
  readonly #server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.came.push({ path: request.url!, headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(this.answers.status, this.answers.headers).end('{}');
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

let hook: Hook;
let hookUrl: string;
let served: Served;
let running: RunningServer;
let client: object;

async function begin(deliver?: 'loopback'): Promise<void> {
  served = new Served({ port: 0, paused: true, instant: true, seed: 7, ...(deliver && { deliver }) });
  running = await served.listen();
  client = {
    endpoint: `http://127.0.0.1:${running.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
}
beforeEach(async () => {
  hook = new Hook();
  hookUrl = await hook.open();
});
afterEach(async () => {
  hook.close();
  await running.close();
  served.close();
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const skip = (seconds: number): void => void served.session.skip((seconds * 1_000) as never);
/** Lets time pass until so many calls came, and their answers are in the world. */
async function came(count: number, answers = count): Promise<void> {
  const answered = () =>
    served.session.events(0, 2_000).filter(({ fields }) => fields.operation === 'AnswerDelivery').length;
  while (hook.came.length < count || answered() < answers) await turn();
}
const endpointFields = (address: string) =>
  served.session.view().resources.find(({ id }) => id === `endpoint/${address}`)?.fields;

describe('a subscription of an address on this machine', () => {
  it('is confirmed by the link that came, gets notifications with their headers, and replays to the byte', async () => {
    await begin('loopback');
    const sns = new SNS(client);
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.subscribe({ TopicArn: TopicArn!, Protocol: 'http', Endpoint: `${hookUrl}/hook` });
    skip(1);
    await came(1);
    expect(hook.came[0]).toMatchObject({
      path: '/hook',
      headers: {
        'x-amz-sns-message-type': 'SubscriptionConfirmation',
        'x-amz-sns-topic-arn': TopicArn,
        'content-type': 'text/plain; charset=UTF-8',
        host: hookUrl.slice('http://'.length),
      },
    });
    const confirmation = JSON.parse(hook.came[0]!.body) as { SubscribeURL: string; Signature: string };
    expect(confirmation.SubscribeURL).toContain(
      `http://127.0.0.1:${running.port}/?Action=ConfirmSubscription`,
    );
    expect(confirmation.Signature.length).toBeGreaterThan(300);
    expect((await fetch(confirmation.SubscribeURL)).status).toBe(200);
    await sns.publish({ TopicArn: TopicArn!, Message: 'hello', Subject: 'greeting' });
    skip(1);
    await came(2);
    expect(hook.came[1]!.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-subscription-arn': expect.stringContaining(':news:'),
    });
    expect(JSON.parse(hook.came[1]!.body)).toMatchObject({ Message: 'hello', Subject: 'greeting', TopicArn });
    const { world } = served.session;
    skip(1);
    expect(endpointFields(`${hookUrl}/hook`)).toMatchObject({ arrived: 2, accepted: 2, confirmations: 1 });
    const data = saveTimeline(world, { withImage: false });
    const again = loadTimeline(
      CATALOG.map(({ engine }) => engine),
      served.session.settings,
      data,
    );
    expect(again.simulation.digest()).toBe(world.simulation.digest());
    expect(hook.came).toHaveLength(2);
  });

  it('is tried again after the retry policy of SNS while it answers badly', async () => {
    await begin('loopback');
    const sns = new SNS(client);
    hook.answers = { status: 500 };
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.subscribe({ TopicArn: TopicArn!, Protocol: 'http', Endpoint: hookUrl });
    skip(1);
    await came(1);
    skip(10);
    expect(hook.came).toHaveLength(1);
    skip(11);
    await came(2);
    hook.answers = { status: 200 };
    skip(21);
    await came(3);
    expect(endpointFields(hookUrl)).toMatchObject({ arrived: 3, accepted: 1 });
  });

  it('sends nothing again when somebody looks back, and gives up what is on its way', async () => {
    await begin('loopback');
    const sns = new SNS(client);
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.subscribe({ TopicArn: TopicArn!, Protocol: 'http', Endpoint: hookUrl });
    skip(1);
    await came(1);
    skip(5);
    const digest = served.session.world.simulation.digest();
    served.session.goTo(instant(0));
    skip(0);
    served.session.goTo(instant(3_000));
    served.session.toHead();
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(served.session.world.simulation.digest()).toBe(digest);
    skip(1);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(hook.came).toHaveLength(1);
  });

  it('stays in the world without the flag', async () => {
    await begin();
    const sns = new SNS(client);
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.subscribe({ TopicArn: TopicArn!, Protocol: 'http', Endpoint: hookUrl });
    skip(60);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(hook.came).toHaveLength(0);
  });
});

describe('a delivery stream with an HTTP endpoint on this machine', () => {
  it('delivers with its headers, over plain HTTP where nobody speaks TLS', async () => {
    await begin('loopback');
    const firehose = new Firehose(client);
    await firehose.createDeliveryStream({
      DeliveryStreamName: 'logs',
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: `${hookUrl.replace('http:', 'https:')}/in`, AccessKey: 'secret' },
        BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 1 },
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        S3Configuration: {
          RoleARN: 'arn:aws:iam::000000000000:role/firehose',
          BucketARN: 'arn:aws:s3:::backup',
        },
      },
    });
    skip(1);
    await firehose.putRecord({ DeliveryStreamName: 'logs', Record: { Data: Buffer.from('a line\n') } });
    skip(61);
    await came(1);
    const [first] = hook.came;
    expect(first).toMatchObject({
      path: '/in',
      headers: { 'x-amz-firehose-access-key': 'secret', 'x-amz-firehose-protocol-version': '1.0' },
    });
    const { records, requestId } = JSON.parse(first!.body) as {
      records: readonly { readonly data: string }[];
      requestId: string;
    };
    expect(Buffer.from(records[0]!.data, 'base64').toString()).toBe('a line\n');
    expect(first!.headers['x-amz-firehose-request-id']).toBe(requestId);
    skip(1);
    const told = served.session.events(0, 2_000).map(({ type }) => type);
    expect(told).toContain('firehose/RecordsDelivered');
  });
});

describe('what is called', () => {
  const outgoing = { headers: {}, body: '{}', within: 10_000 };
  const { signal } = new AbortController();

  it('is this machine only, whatever it is named', async () => {
    await begin();
    expect(['127.0.0.1', '127.8.9.1', '::1'].map(isLoopback)).toEqual([true, true, true]);
    expect(
      ['10.0.0.1', '128.0.0.1', '::2', '0.0.0.0', 'localhost', '127.0.0.1.example.com'].map(isLoopback),
    ).toEqual([false, false, false, false, false, false]);
    expect(await loopbackAddresses('localhost')).not.toHaveLength(0);
    expect(await loopbackAddresses('192.0.2.1')).toEqual([]);
    for (const url of [
      'http://192.0.2.1/',
      'http://127.0.0.1@192.0.2.1/',
      'http://localhost\\@192.0.2.1/',
      'ftp://127.0.0.1/',
      'no url',
    ]) {
      expect(await sendToLoopback({ ...outgoing, url }, signal), url).toBe(0);
    }
  });

  it('is not followed elsewhere', async () => {
    await begin();
    hook.answers = { status: 302, headers: { location: `${hookUrl}/elsewhere` } };
    expect(await sendToLoopback({ ...outgoing, url: `${hookUrl}/` }, signal)).toBe(302);
    expect(hook.came.map(({ path }) => path)).toEqual(['/']);
  });

  it('answers 0 where nobody listens', async () => {
    await begin();
    hook.close();
    expect(await sendToLoopback({ ...outgoing, url: hookUrl }, signal)).toBe(0);
  });
});
