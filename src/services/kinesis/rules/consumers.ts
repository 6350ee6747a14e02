/** Consumers with enhanced fan-out come and go in a second or two. */
import type { Context } from '../../../engine/service.ts';
import { emit, KINESIS_PRINCIPAL } from '../events.ts';
import type { KinesisState } from '../model.ts';
import { accrue } from './billing.ts';
import { endSubscriptions } from './pushing.ts';

export interface ConsumerDue {
  readonly type: 'kinesis/ConsumerDue';
  readonly stream: string;
  readonly arn: string;
  readonly becomes: 'ACTIVE' | 'DELETING';
}

export function consumerDue(
  context: Context<KinesisState>,
  { stream: key, arn, becomes }: ConsumerDue,
): void {
  const stream = context.state.streams.get(key);
  const consumer = [...(stream?.consumers.values() ?? [])].find((one) => one.arn === arn);
  if (stream === undefined || consumer === undefined) return;
  const by = KINESIS_PRINCIPAL;
  if (becomes === 'ACTIVE') {
    if (consumer.status !== 'CREATING') return;
    consumer.status = 'ACTIVE';
    emit(context, { type: 'kinesis/ConsumerActive', by, stream: stream.name, consumer: consumer.name });
    return;
  }
  endSubscriptions(context, stream, consumer.name);
  accrue(stream, context.now);
  stream.consumers.delete(consumer.name);
  emit(context, { type: 'kinesis/ConsumerDeregistered', by, stream: stream.name, consumer: consumer.name });
}
