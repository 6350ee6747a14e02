/** From a queue's URL to the queue: AWS's own form, and that of a local endpoint. */
import type { Context } from '../../../engine/service.ts';
import { invalidAddress, nonExistentQueue } from '../errors.ts';
import type { Queue, SqsState } from '../model.ts';

export const queueUrlOf = (region: string, key: string): string =>
  `https://sqs.${region}.amazonaws.com/${key}`;

const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?\/(\d{12}\/[^/?#]+)$/;

/**
 * The key `account/name` inside a URL of this region.
 *
 * UNSURE: whether every malformed address gets this sentence; it is recorded for texts that are no URL.
 */
function keyOfUrl(state: SqsState, url: string): string {
  const key = keyInUrl(state, url);
  if (key === undefined) throw invalidAddress(url);
  return key;
}

/** The same, undefined when the URL is none of a queue of this region. */
export function keyInUrl(state: SqsState, url: string): string | undefined {
  const prefix = `https://sqs.${state.region}.amazonaws.com/`;
  if (url.startsWith(prefix)) {
    const slash = url.indexOf('/', prefix.length);
    if (slash > prefix.length && slash < url.length - 1 && !url.includes('/', slash + 1)) {
      return url.slice(prefix.length);
    }
    return undefined;
  }
  return LOCAL.exec(url)?.[1];
}

/** The queue a call is about. Whether the caller may was asked before the call was served. */
export const queueAt = (context: Context<SqsState>, url: string): Queue =>
  context.state.queueOfUrl.get(url) ?? queueOfOtherUrl(context, url);

/** A URL that is not written as answers write it, or is nobody's. */
function queueOfOtherUrl(context: Context<SqsState>, url: string): Queue {
  const key = keyOfUrl(context.state, url);
  const queue = context.state.queues.get(key);
  if (queue === undefined) throw nonExistentQueue(whyMissing(context, key));
  return queue;
}

/** The name may be wrong, or the queue was there a moment ago. */
export function whyMissing({ state, now }: Context<SqsState>, key: string): { readonly why: string } {
  const deleted = state.deleted.get(key);
  const slash = key.indexOf('/');
  if (deleted === undefined) {
    return { why: `Account ${key.slice(0, slash)} has no queue named ${key.slice(slash + 1)}.` };
  }
  const ago = Math.floor((now - deleted) / 1000);
  return { why: `The queue was deleted ${ago} s ago.` };
}
