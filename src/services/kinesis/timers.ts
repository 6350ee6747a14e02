/** What falls due in Kinesis: one handler per kind of timer. */
import { unreachable } from '../../engine/assert.ts';
import type { Context, Timer } from '../../engine/service.ts';
import type { KinesisState } from './model.ts';
import { type StreamDue, streamDue } from './rules/changes.ts';
import { type ConsumerDue, consumerDue } from './rules/consumers.ts';
import { type PushDue, pushDue } from './rules/pushing.ts';
import { type TrimDue, trimDue } from './rules/retention.ts';

type KinesisTimer = StreamDue | TrimDue | ConsumerDue | PushDue;

export function due(context: Context<KinesisState>, timer: Timer): void {
  const kinesisTimer = timer as KinesisTimer;
  switch (kinesisTimer.type) {
    case 'kinesis/StreamDue':
      streamDue(context, kinesisTimer);
      break;
    case 'kinesis/TrimDue':
      trimDue(context, kinesisTimer);
      break;
    case 'kinesis/ConsumerDue':
      consumerDue(context, kinesisTimer);
      break;
    case 'kinesis/PushDue':
    case 'kinesis/SubscriptionDue':
      pushDue(context, kinesisTimer);
      break;
    default:
      unreachable(kinesisTimer);
  }
}
