/**
 * Calls of endpoints on this machine, and of no others: a name is resolved here, every address that it stands for
 * must be a loopback address, and the connection goes to the very address that was looked at. Redirects are not
 * followed.
 */
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** A POST to an endpoint; `within`: milliseconds of the wall. */
export interface LocalCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly within: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

export const isLoopback = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/** What an answer says beside its status is not kept. */
const ANSWER_BYTES_MAX = 1_048_576;

/** The addresses that a host name stands for here; none: some of them are elsewhere, or it stands for nothing. */
export async function loopbackAddresses(hostname: string): Promise<readonly string[]> {
  const name = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(name) !== 0) return isLoopback(name) ? [name] : [];
  try {
    const found = await lookup(name, { all: true });
    return found.every(({ address }) => isLoopback(address)) ? found.map(({ address }) => address) : [];
  } catch {
    // RFC 6761, 6.3: names below localhost are this machine, also where the resolver does not know them.
    return name.endsWith('.localhost') ? ['127.0.0.1'] : [];
  }
}

/** The status of the answer; 0: no connection was made, or the address is not this machine's. */
export async function sendToLoopback(outgoing: LocalCall, signal: AbortSignal): Promise<number> {
  let url: URL;
  try {
    url = new URL(outgoing.url);
  } catch {
    return 0;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 0;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(outgoing.within)]);
  for (const address of await loopbackAddresses(url.hostname)) {
    const status = await reached(url, address, outgoing, limit);
    if (status !== undefined) return status;
  }
  return 0;
}

/** Undefined: nobody listens at this address. */
async function reached(
  url: URL,
  address: string,
  outgoing: LocalCall,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return await post(url, address, outgoing, signal, url.protocol === 'https:');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    // Firehose takes https addresses only; a server on this machine seldom has a certificate, or any TLS.
    if (SPEAKS_PLAIN.test(code)) return post(url, address, outgoing, signal, false).catch(() => undefined);
    return undefined;
  }
}
const SPEAKS_PLAIN = /^(?:EPROTO|ERR_SSL_)/u;

function post(
  url: URL,
  address: string,
  { headers, body }: LocalCall,
  signal: AbortSignal,
  secure: boolean,
): Promise<number> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const options = {
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    agent: false,
    signal,
    headers: { ...headers, Host: url.host, 'Content-Length': bytes.length, Connection: 'close' },
    ...(url.username !== '' && {
      auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
    }),
  };
  return new Promise((resolve, reject) => {
    const heard = (response: IncomingMessage): void => {
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > ANSWER_BYTES_MAX) response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () => resolve(response.statusCode ?? 0));
    };
    const asked = secure
      ? // The address is this machine's own: whose certificate it shows says nothing more.
        secureRequest({ ...options, rejectUnauthorized: false, ...named(url) }, heard)
      : plainRequest(options, heard);
    asked.on('error', reject);
    asked.end(bytes);
  });
}

const named = ({ hostname }: URL): { readonly servername?: string } =>
  isIP(hostname.replace(/^\[|\]$/gu, '')) === 0 ? { servername: hostname } : {};
