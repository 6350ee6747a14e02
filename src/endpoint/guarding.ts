/** Who may come to the door: the Host header against DNS rebinding, the Origin against web pages. */
import type { Headers, Reply } from './exchange.ts';

export interface Guarding {
  /** Origins whose pages may call; `*` is all. Undefined: none. */
  readonly cors?: string | undefined;
  /** More names of this machine, where it listens to more than the loopback. */
  readonly hosts: readonly string[];
}

const LOOPBACK = /^(?:(?:[a-z0-9.-]+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)$/iu;
/** A client may be told that our address is AWS's own, `sqs.us-east-1.amazonaws.com`. */
const AWS = /^(?:[a-z0-9.-]+\.)?(?:amazonaws\.com|localstack\.cloud)$/iu;

export function isOurHost(host: string, { hosts }: Guarding): boolean {
  const name = host.replace(/:\d{1,5}$/u, '').toLowerCase();
  return LOOPBACK.test(name) || AWS.test(name) || hosts.includes(name) || hosts.includes('*');
}

export function originOf(headers: Headers, { cors }: Guarding): 'none' | 'allowed' | 'refused' {
  const origin = headers.origin;
  // Browsers say `cross-site` also where they send no origin.
  if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site' ? 'refused' : 'none';
  return cors === '*' || cors === origin ? 'allowed' : 'refused';
}

/** Ours, before anybody knows which protocol is spoken. */
export const refusedReply = (status: number, code: string, message: string, hangUp = false): Reply => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': code,
    ...(hangUp && { connection: 'close' }),
  },
  body: JSON.stringify({ __type: code, message }),
});
