/** Finds delivery streams. */
import type { Context } from '../../../engine/service.ts';
import { inUse, notFound } from '../errors.ts';
import { type DeliveryStream, type FirehoseState, streamKey } from '../model.ts';

type Ground = Pick<Context<FirehoseState>, 'state' | 'caller'>;

/** A service that calls for somebody has no account of its own. */
export const accountOf = ({ state, caller }: Ground): string => caller.account || state.account;

export function streamNamed(ground: Ground, name: string): DeliveryStream {
  const account = accountOf(ground);
  const stream = ground.state.streams.get(streamKey(account, name));
  if (stream === undefined) throw notFound(name, account);
  return stream;
}

export function activeStream(ground: Ground, name: string): DeliveryStream {
  const stream = streamNamed(ground, name);
  if (stream.status !== 'ACTIVE') throw inUse(name, stream.account, stream.status);
  return stream;
}

/** The stream that a timer or an answer is for; undefined: it is gone. */
export function streamOfLife(
  state: FirehoseState,
  { stream: key, life }: { readonly stream: string; readonly life: number },
): DeliveryStream | undefined {
  const stream = state.streams.get(key);
  return stream?.life === life ? stream : undefined;
}

export const keyOf = ({ account, name }: Pick<DeliveryStream, 'account' | 'name'>): string =>
  streamKey(account, name);
