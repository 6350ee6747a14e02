/**
 * The one server: HTTP/1.1 and cleartext HTTP/2 on one port, told apart by the first bytes of a connection. It guards
 * the door (size, time, Host header, origin) and turns sockets into plain requests; what they mean is `door.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Headers, Incoming, Reply } from './exchange.ts';
import { type Guarding, isOurHost, originOf, refusedReply } from './guarding.ts';

export interface ServerOptions extends Guarding {
  readonly port: number;
  readonly address: string;
  /** Gives back what gives the request up. */
  readonly handle: (incoming: Incoming, reply: (reply: Reply) => void) => () => void;
  /** A bug of ours: the client hears of an InternalFailure. */
  readonly onError: (error: unknown) => void;
}

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Larger than any call of AWS's that is modelled; an object of S3 may be larger there. */
const BODY_MAX = 32 * 1_048_576;
const HEADERS_MAX = 64 * 1_024;
const CONNECTIONS_MAX = 2_000;
const HEADERS_WITHIN_MS = 20_000;
const REQUEST_WITHIN_MS = 120_000;
const IDLE_MS = 70_000;
/** How a connection of HTTP/2 begins. */
const PREFACE = 'PRI ';

type Req = IncomingMessage | Http2ServerRequest;
type Res = ServerResponse | Http2ServerResponse;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const serve = (request: Req, response: Res): void => exchange(request, response, options);
  const http1 = createServer({ maxHeaderSize: HEADERS_MAX, keepAliveTimeout: IDLE_MS, noDelay: true }, serve);
  http1.headersTimeout = HEADERS_WITHIN_MS;
  http1.requestTimeout = REQUEST_WITHIN_MS;
  http1.maxConnections = CONNECTIONS_MAX;
  http1.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  const http2 = createHttp2({ maxSessionMemory: 64 }, serve);
  http2.on('sessionError', () => {});
  const sockets = new Set<Socket>();
  tellApart(http1, http2, sockets);
  await new Promise<void>((resolve, reject) => {
    http1.once('error', reject);
    http1.listen(options.port, options.address, () => {
      http1.off('error', reject);
      resolve();
    });
  });
  return {
    port: (http1.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        http1.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The first bytes decide which of the two serves a connection. */
function tellApart(http1: Server, http2: ReturnType<typeof createHttp2>, sockets: Set<Socket>): void {
  const [ownListener] = http1.listeners('connection') as ((socket: Socket) => void)[];
  http1.removeAllListeners('connection');
  http1.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(HEADERS_WITHIN_MS, () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      const isHttp2 = first.toString('latin1', 0, PREFACE.length) === PREFACE;
      socket.unshift(first);
      // HTTP/2 takes from the socket itself what has come already.
      if (isHttp2) {
        http2.emit('connection', socket);
        return;
      }
      ownListener?.call(http1, socket);
      socket.resume();
    });
  });
}

function exchange(request: Req, response: Res, options: ServerOptions): void {
  const headers = plainHeaders(request);
  const send = (reply: Reply): void => write(response, reply, options, headers);
  const refusal = admission(headers, request.method ?? 'GET', options);
  if (refusal !== undefined) {
    request.resume();
    send(refusal);
    return;
  }
  const parts: Buffer[] = [];
  let size = 0;
  let isOver = false;
  let hangUp: (() => void) | undefined;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= BODY_MAX) parts.push(part);
    else if (!isOver) {
      isOver = true;
      parts.length = 0;
      send(refusedReply(413, 'RequestEntityTooLarge', `A body has at most ${BODY_MAX} bytes here.`, true));
    }
  });
  request.on('end', () => {
    if (isOver) return;
    isOver = true;
    const [path = '/', query = ''] = splitUrl(request.url ?? '/');
    const body = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    try {
      hangUp = options.handle({ method: request.method ?? 'GET', path, query, headers, body }, (reply) => {
        hangUp = undefined;
        send(reply);
      });
      if (response.writableEnded) hangUp = undefined;
    } catch (error) {
      options.onError(error);
      send(refusedReply(500, 'InternalFailure', 'The playground failed to answer; its output says why.'));
    }
  });
  request.on('error', () => {});
  response.on('error', () => {});
  response.on('close', () => {
    isOver = true;
    const giveUp = hangUp;
    hangUp = undefined;
    if (!response.writableFinished) giveUp?.();
  });
}

function admission(headers: Headers, method: string, options: ServerOptions): Reply | undefined {
  const host = headers.host ?? '';
  if (!isOurHost(host, options)) {
    return refusedReply(403, 'AccessDenied', `The Host header ${host} does not name this endpoint.`);
  }
  const origin = originOf(headers, options);
  if (origin === 'refused') {
    return refusedReply(403, 'AccessDenied', 'Calls of web pages are refused. --cors ORIGIN lets one in.');
  }
  const length = Number(headers['content-length'] ?? 0);
  if (length > BODY_MAX) {
    return refusedReply(413, 'RequestEntityTooLarge', `A body has at most ${BODY_MAX} bytes here.`, true);
  }
  if (method === 'OPTIONS' && origin === 'allowed') return { status: 200, headers: {}, body: '' };
  return undefined;
}

function splitUrl(url: string): [string, string] {
  // An absolute URL, as proxies are asked.
  const own = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?]*/iu, '');
  const at = own.indexOf('?');
  return at < 0 ? [own === '' ? '/' : own, ''] : [own.slice(0, at) || '/', own.slice(at + 1)];
}

function plainHeaders(request: Req): Headers {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const authority = headers[':authority'];
  if (authority !== undefined && headers.host === undefined) headers.host = authority;
  return headers;
}

function write(response: Res, reply: Reply, options: ServerOptions, asked: Headers): void {
  if (response.writableEnded || response.destroyed) return;
  const { status, headers, body } = reply;
  // Text is left as it is: node sends it with the headers, in one write.
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const all: Record<string, string | number> = { ...headers };
  if (status !== 204 && reply.stream === undefined && all['content-length'] === undefined)
    all['content-length'] = length;
  if (options.cors !== undefined && asked.origin !== undefined)
    Object.assign(all, corsHeaders(options.cors, asked));
  const isHttp2 = 'stream' in response;
  if (isHttp2) delete all.connection;
  (response as ServerResponse).writeHead(status, all);
  if (reply.stream === undefined) {
    (response as ServerResponse).end(length === 0 ? undefined : body);
    return;
  }
  const gone = reply.stream({
    write: (part) => void (response as ServerResponse).write(part),
    end: () => void response.end(),
  });
  response.on('close', gone);
}

const corsHeaders = (origin: string, asked: Headers): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, HEAD, OPTIONS',
  'access-control-allow-headers': asked['access-control-request-headers'] ?? '*',
  'access-control-expose-headers': 'x-amzn-requestid, x-amz-request-id, x-amzn-errortype, etag',
});
