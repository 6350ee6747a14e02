/**
 * How long a message is on its way, before its first attempt. One draw for all subscribers of a kind, so a message
 * can overtake another but a publish costs one timer a kind. The figures are ours.
 *
 * A calm world, and every FIFO topic, takes always the same time, so the order of publishing is kept.
 */
import { settingsOf } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import { type Milliseconds, milliseconds } from '../../../engine/units.ts';
import type { Protocol, SnsState } from '../model.ts';

export type Kind = 'aws' | 'http' | 'mail' | 'sms' | 'push';

export const KINDS: readonly Kind[] = ['aws', 'http', 'mail', 'sms', 'push'];

const KIND_OF: Readonly<Record<Protocol, Kind>> = {
  sqs: 'aws',
  lambda: 'aws',
  firehose: 'aws',
  http: 'http',
  https: 'http',
  email: 'mail',
  'email-json': 'mail',
  sms: 'sms',
  application: 'push',
};

export const kindOf = (protocol: Protocol): Kind => KIND_OF[protocol];

/** Milliseconds: always, and the longest that is not rare. */
const TIMES: Readonly<Record<Kind, readonly [steady: number, longest: number]>> = {
  aws: [20, 80],
  http: [30, 120],
  mail: [1_000, 4_000],
  sms: [1_500, 5_000],
  push: [200, 800],
};

export function timeOnTheWay(context: Context<SnsState>, kind: Kind, fifo: boolean): Milliseconds {
  const [steady, longest] = TIMES[kind];
  const { delivery, instant } = settingsOf(context);
  // For tests of apps: what was published is there when the call has answered.
  if (instant === true && kind === 'aws') return milliseconds(0);
  if (fifo || delivery === 'calm') return milliseconds(steady);
  const most = delivery === 'rough' ? longest * 5 : longest;
  return milliseconds(context.random('latency of deliveries').integer(Math.floor(steady / 2), most));
}

/** SNS Developer Guide, message delivery retries: "jitter". Up to a tenth, in worlds that are not calm. */
export function jittered(context: Context<SnsState>, delay: Milliseconds): Milliseconds {
  if (delay === 0 || settingsOf(context).delivery === 'calm') return delay;
  return milliseconds(delay + context.random('jitter').below(Math.max(1, Math.floor(delay / 10))));
}
