/**
 * B12 and B13: calls over HTTP, against a bare server that answers the same fixed JSON. Both are asked by the same
 * generator in this process: sockets that write requests made before, and read answers by their length.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { CATALOG } from '../src/catalog.ts';
import { worldSettings } from '../src/contract/world.ts';
import { Door } from '../src/endpoint/door.ts';
import { startServer } from '../src/endpoint/server.ts';
import { createSession } from '../src/session/session.ts';
import { type Bench, ratio as measured, type Result, remark } from './measure.ts';

const CALLS = 6_000;
const RUNS = 5;
const CONNECTIONS = 32;
const RESIDENT = 100_000;
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const FIXED = JSON.stringify({
  MessageId: randomUUID(),
  MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
});

function request(operation: string, input: object): Buffer {
  const body = JSON.stringify({ QueueUrl: QUEUE, ...input });
  const head = [
    'POST / HTTP/1.1',
    'host: localhost',
    'content-type: application/x-amz-json-1.0',
    `x-amz-target: AmazonSQS.${operation}`,
    'authorization: AWS4-HMAC-SHA256 Credential=test/20260105/us-east-1/sqs/aws4_request, Signature=0',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** One connection that asks one thing after the other. */
class Line {
  readonly #socket: Socket;
  #answered: (body: string) => void = () => {};
  #text = '';

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (part) => {
      this.#text += part.toString('latin1');
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/iu.exec(this.#text)?.[1] ?? 0);
      if (this.#text.length < end + 4 + length) return;
      const text = this.#text;
      this.#text = '';
      if (!text.startsWith('HTTP/1.1 200')) throw new Error(text);
      this.#answered(text.slice(end + 4));
    });
  }

  ask(bytes: Buffer): Promise<string> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(bytes);
    });
  }

  end(): void {
    this.#socket.destroy();
  }
}

type Asking = (line: Line) => Promise<unknown>;

/** Askings a second. */
async function rate(port: number, connections: number, count: number, asking: Asking): Promise<number> {
  const lines = Array.from({ length: connections }, () => new Line(port));
  const start = performance.now();
  await Promise.all(
    lines.map(async (line) => {
      for (let left = count / connections; left > 0; left--) await asking(line);
    }),
  );
  const took = performance.now() - start;
  for (const line of lines) line.end();
  return (count * 1_000) / took;
}

/** The best of some runs of each, taken in turn: a ratio, and the first rate. */
async function against(one: () => Promise<number>, other: () => Promise<number>): Promise<[number, number]> {
  let [best, otherBest] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    best = Math.max(best, await one());
    otherBest = Math.max(otherBest, await other());
  }
  return [best / otherBest, best];
}

const SEND = request('SendMessage', { MessageBody: 'hello' });
const BATCH = request('SendMessageBatch', {
  Entries: Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'hello' })),
});
const RECEIVE = request('ReceiveMessage', {});
const PURGE = request('PurgeQueue', {});

const ask =
  (bytes: Buffer): Asking =>
  (line) =>
    line.ask(bytes);

async function cycle(line: Line): Promise<void> {
  await line.ask(SEND);
  const { Messages } = JSON.parse(await line.ask(RECEIVE)) as { Messages: { ReceiptHandle: string }[] };
  await line.ask(request('DeleteMessage', { ReceiptHandle: Messages[0]!.ReceiptHandle }));
}

async function threeOfWire(line: Line): Promise<void> {
  for (const bytes of [SEND, RECEIVE, SEND]) await line.ask(bytes);
}

interface Served {
  readonly port: number;
  close(): void | Promise<void>;
}

async function startWire(): Promise<Served> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': FIXED.length,
      });
      response.end(FIXED);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

/** An endpoint with one queue, which holds so many messages. */
async function startEndpoint(resident: number): Promise<Served> {
  const session = createSession({ catalog: CATALOG, settings: worldSettings({ instant: true }) });
  const door = new Door({
    session: () => session,
    catalog: CATALOG,
    newRequestId: randomUUID,
    account: session.settings.account,
    catchUp: () => {},
  });
  const server = await startServer({
    port: 0,
    address: '127.0.0.1',
    hosts: [],
    handle: (incoming, reply) => door.handle(incoming, reply),
    onError: (error) => {
      throw error;
    },
  });
  const line = new Line(server.port);
  await line.ask(request('CreateQueue', { QueueName: 'q' }));
  for (let count = 0; count < resident; count += 10) await line.ask(BATCH);
  line.end();
  return server;
}

export const calls: Bench = {
  name: 'B12',
  title: 'calls over HTTP',
  async run() {
    const [wire, served] = [await startWire(), await startEndpoint(0)];
    const ratio = async (
      what: string,
      connections: number,
      asking: Asking,
      least: number,
      of = asking,
    ): Promise<Result[]> => {
      const count = asking === cycle ? CALLS / 3 : CALLS;
      const [share, best] = await against(
        () => rate(served.port, connections, count, asking),
        () => rate(wire.port, connections, count, of),
      );
      return [
        measured(`${what}, against bare HTTP`, share, least),
        remark(`${what}, a second`, `${Math.round(best)}`),
      ];
    };
    const results = [
      ...(await ratio(`send, ${CONNECTIONS} connections`, CONNECTIONS, ask(SEND), 0.5)),
      ...(await ratio('send, 1 connection', 1, ask(SEND), 0.55)),
      ...(await ratio('batch of ten, 1 connection', 1, ask(BATCH), 0.35)),
    ];
    const line = new Line(served.port);
    await line.ask(PURGE);
    line.end();
    results.push(...(await ratio('send, receive, delete', 1, cycle, 0.25, threeOfWire)));
    await Promise.all([wire.close(), served.close()]);
    return results;
  },
};

export const residents: Bench = {
  name: 'B13',
  title: 'a cycle over HTTP, whatever is resident',
  async run() {
    const [full, empty] = [await startEndpoint(RESIDENT), await startEndpoint(0)];
    const [share] = await against(
      () => rate(full.port, 1, CALLS / 3, cycle),
      () => rate(empty.port, 1, CALLS / 3, cycle),
    );
    await Promise.all([full.close(), empty.close()]);
    return [measured(`cycle, ${RESIDENT} messages resident against none`, share, 0.9)];
  },
};
