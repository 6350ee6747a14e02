/** An endpoint on a free port, in this process: its world's clock stands still unless a test moves it. */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { CATALOG } from '../../src/catalog.ts';
import { type AwsWorldSettings, worldSettings } from '../../src/contract/world.ts';
import { control, PREFIX } from '../../src/endpoint/control.ts';
import { Door } from '../../src/endpoint/door.ts';
import { startServer } from '../../src/endpoint/server.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';

export interface TestEndpoint {
  readonly url: string;
  readonly port: number;
  /** What every client of the SDK is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly session: () => WorldSession;
  /** Lets so many seconds pass in the world. */
  after(seconds: number): void;
  /** A call in AWS JSON, without an SDK. */
  json(target: string, body: string | object, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** A call in the Query protocol. */
  query(parameters: Readonly<Record<string, string>>, service?: string): Promise<Answered>;
  /** GET under another Host: status and body. */
  virtualHost(host: string, path: string): Promise<readonly [number, string]>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export const scope = (service: string, key = 'test'): string =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260105/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

export async function startEndpoint(given: Partial<AwsWorldSettings> = {}): Promise<TestEndpoint> {
  const settings = worldSettings({ instant: true, ...given });
  const make = (): WorldSession => createSession({ catalog: CATALOG, settings });
  let session = make();
  const door = new Door({
    session: () => session,
    catalog: CATALOG,
    newRequestId: randomUUID,
    account: settings.account,
    catchUp: () => {},
  });
  const around = {
    session: () => session,
    reset: () => {
      session = make();
    },
    version: 'test',
    services: CATALOG.map(({ description }) => description.name),
    catchUp: () => {},
  };
  const server = await startServer({
    port: 0,
    address: '127.0.0.1',
    hosts: [],
    handle: (incoming, reply) => {
      if (!incoming.path.startsWith(PREFIX)) return door.handle(incoming, reply);
      reply(control(incoming, around));
      return () => {};
    },
    onError: (error) => {
      throw error;
    },
  });
  const url = `http://127.0.0.1:${server.port}`;
  const post = async (body: string, headers: Readonly<Record<string, string>>): Promise<Answered> => {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    url,
    port: server.port,
    client: {
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    session: () => session,
    after: (seconds) => void session.skip(milliseconds(seconds * 1_000)),
    json: (target, body, headers = {}) =>
      post(typeof body === 'string' ? body : JSON.stringify(body), {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        ...headers,
      }),
    query: (parameters, service = 'sqs') =>
      post(new URLSearchParams(parameters).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: scope(service),
      }),
    virtualHost: (host, path) =>
      new Promise((resolve) => {
        request({ host: '127.0.0.1', port: server.port, path, headers: { host } }, async (response) => {
          let text = '';
          for await (const part of response) text += part;
          resolve([response.statusCode ?? 0, text]);
        }).end();
      }),
    close: () => server.close(),
  };
}
