/** Between the SDK's HTTP requests and the endpoint's door: the same protocols, without a socket. */
import { PassThrough, Readable } from 'node:stream';
import type { Door } from '../endpoint/door.ts';
import type { Incoming, Reply } from '../endpoint/exchange.ts';
import type { HandledRequest, HandledResponse, PlaygroundHandler } from './publicTypes.ts';

/** `heard`: a call came in, or an answer went out. */
export function requestHandler(door: () => Door, heard: () => void): PlaygroundHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options = {}) {
      const signal = options.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      const incoming = await incomingOf(request);
      const response = await new Promise<HandledResponse>((resolve, reject) => {
        const giveUp = door().handle(incoming, (reply) => {
          heard();
          resolve(responseOf(reply));
        });
        heard();
        const abort = (): void => {
          giveUp();
          reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
        };
        if (signal?.aborted === true) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      });
      return { response };
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

async function incomingOf(request: HandledRequest): Promise<Incoming> {
  const { method, path, query = {}, hostname, port } = request;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  headers.host ??= port === undefined ? hostname : `${hostname}:${port}`;
  return { method, path, query: queryText(query), headers, body: await bytesOf(request.body) };
}

function queryText(query: NonNullable<HandledRequest['query']>): string {
  const escaped = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/gu, percent);
  return Object.entries(query)
    .flatMap(([name, value]) =>
      value === null ? [escaped(name)] : [value].flat().map((one) => `${escaped(name)}=${escaped(one)}`),
    )
    .join('&');
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null || body === '') return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) {
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function responseOf({ status, headers, body, stream }: Reply): HandledResponse {
  if (stream === undefined) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
    return {
      statusCode: status,
      headers,
      body: bytes.length === 0 ? Readable.from([]) : Readable.from([bytes]),
    };
  }
  const sent = new PassThrough();
  const stop = stream({ write: (bytes) => sent.write(bytes), end: () => sent.end() });
  sent.once('close', stop);
  return { statusCode: status, headers, body: sent };
}
