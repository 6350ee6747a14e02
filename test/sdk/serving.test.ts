/** What a server must do beside answering: wait, wake, give up, keep strangers out, survive. */

import { request } from 'node:http';
import { connect } from 'node:net';
import { SQS } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START } from '../../src/engine/units.ts';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
});
afterEach(() => endpoint.close());

const control = async (
  verb: string,
  body?: object,
): Promise<{ status: number; value: Record<string, unknown> }> => {
  const response = await fetch(`${endpoint.url}/_playground/${verb}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, value: (await response.json()) as Record<string, unknown> };
};

const waiting = async (): Promise<void> => {
  while (endpoint.session().clients.clientsWaiting === 0)
    await new Promise((resolve) => setImmediate(resolve));
};

describe('a long poll', () => {
  it('is held, and woken by the message that comes', async () => {
    const sqs = new SQS(endpoint.client);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await waiting();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'late' });
    expect((await poll).Messages![0]!.Body).toBe('late');
    expect(endpoint.session().now).toBe(0);
  });

  it('ends with nothing when its time in the world is over', async () => {
    const sqs = new SQS(endpoint.client);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await waiting();
    await control('clock', { advance: '20s' });
    expect((await poll).Messages).toBeUndefined();
  });

  it.each(['pause', 'jump'])('ends with an error that is worth another try at a %s', async (what) => {
    const sqs = new SQS(endpoint.client);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await waiting();
    if (what === 'pause') endpoint.session().pause();
    else endpoint.session().goTo({ at: START, commands: 0 });
    await expect(poll).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
  });

  it('is given up when its client goes away', async () => {
    const sqs = new SQS(endpoint.client);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const abort = new AbortController();
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 }, { abortSignal: abort.signal });
    await waiting();
    abort.abort();
    await expect(poll).rejects.toThrow();
    while (endpoint.session().clients.clientsWaiting > 0)
      await new Promise((resolve) => setImmediate(resolve));
    await sqs.sendMessage({ QueueUrl, MessageBody: 'for the next' });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
  });
});

describe('the clock of the world', () => {
  it('is told to go on, and begins anew with the world', async () => {
    const { value } = await control('clock', { advance: 90 });
    expect(value).toMatchObject({ now: 90_000, paused: true });
    expect((await control('reset', {})).value).toMatchObject({ now: 0 });
    expect((await control('state')).value).toMatchObject({ resources: [], clientsWaiting: 0 });
  });

  it('says what it does not understand', async () => {
    expect(await control('clock', { advance: 'soon' })).toMatchObject({ status: 400 });
    expect((await control('clock', { back: 1 })).value.error).toBe(
      'there is no back; there are pause, resume, speed, advance, untilIdle',
    );
    expect(await control('nothing')).toMatchObject({ status: 404 });
  });
});

describe('strangers', () => {
  const status = (headers: Readonly<Record<string, string>>): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request(`${endpoint.url}/_playground/health`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      asked.on('error', reject);
      asked.end();
    });

  it.each([
    [{ host: 'evil.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: 'localhost:4566' }, 200],
    [{ host: 'bucket.s3.localhost' }, 200],
    [{ host: 'sqs.us-east-1.amazonaws.com' }, 200],
  ] as const)('with %j get %i', async (headers, expected) => {
    expect(await status(headers)).toBe(expected);
  });
});

/** Cut, doubled, turned: from a small generator, so that a failing round can be run again. */
function mangled(text: string, seed: number): string {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  const at = next(text.length);
  const kinds = [
    text.slice(0, at),
    text.slice(0, at) + String.fromCharCode(next(256)) + text.slice(at + 1),
    text.slice(0, at) + text.slice(at).repeat(3),
    text.slice(at) + text.slice(0, at),
  ];
  return kinds[next(kinds.length)]!;
}

describe('mangled requests', () => {
  it('end with the server alive and the world as it was', async () => {
    const sqs = new SQS(endpoint.client);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    // A refusal counts as a call; what the world holds is as it was.
    const held = (): string =>
      JSON.stringify(
        endpoint
          .session()
          .view()
          .resources.filter(({ kind }) => kind !== 'client')
          .map(({ id, stock }) => ({ id, stock })),
      );
    const before = held();
    const body = JSON.stringify({ QueueUrl: `${QueueUrl}-none`, MessageBody: 5 });
    const whole =
      `POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: AmazonSQS.SendMessage\r\n` +
      `content-type: application/x-amz-json-1.0\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    for (let round = 0; round < 300; round++) {
      await new Promise<void>((resolve) => {
        const socket = connect(endpoint.port, '127.0.0.1', () => socket.end(mangled(whole, round)));
        socket.on('error', () => {});
        socket.on('close', () => resolve());
        socket.resume();
      });
    }
    expect(held()).toBe(before);
    expect((await sqs.listQueues({})).QueueUrls).toEqual([QueueUrl]);
  });
});
