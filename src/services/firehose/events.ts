/** What happens in Firehose, in the vocabulary of lessons. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import type { FlushReason, Purpose } from './model.ts';
import type { RecordSpan } from './rules/spans.ts';

interface OfStream extends DomainEvent {
  /** The delivery stream's name. */
  readonly delivery: string;
}

export type FirehoseEvent =
  | (OfStream & { readonly type: 'firehose/StreamCreated' | 'firehose/StreamActive' })
  | (OfStream & { readonly type: 'firehose/StreamDeleted'; readonly lost: number })
  | (OfStream & { readonly type: 'firehose/DestinationChanged'; readonly version: number })
  | (OfStream & { readonly type: 'firehose/RecordsPut'; readonly records: number; readonly bytes: number })
  | (OfStream & { readonly type: 'firehose/Throttled'; readonly records: number; readonly meter: string })
  | (OfStream & {
      readonly type: 'firehose/BufferFlushed';
      readonly reason: FlushReason;
      readonly purpose: Purpose;
      readonly records: number;
      readonly bytes: number;
    })
  | (OfStream & {
      readonly type: 'firehose/RecordTransformed';
      readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed';
      readonly records: number;
    })
  | (OfStream & {
      readonly type: 'firehose/ObjectDelivered' | 'firehose/BackedUp';
      readonly bucket: string;
      readonly key: string;
      readonly records: number;
      readonly bytes: number;
      readonly reason: FlushReason;
      readonly result: Purpose;
      /** Of a data stream: which of its records. */
      readonly spans?: readonly RecordSpan[];
    })
  | (OfStream & {
      readonly type: 'firehose/RecordsDelivered';
      readonly to: string;
      readonly records: number;
      readonly bytes: number;
    })
  | (OfStream & {
      readonly type: 'firehose/DeliveryFailed';
      readonly result: string;
      readonly records: number;
      readonly attempt: number;
      /** Before the next attempt; left out when there is none. */
      readonly nextMs?: number;
    })
  | (OfStream & {
      readonly type: 'firehose/RecordsFailed';
      readonly result: string;
      readonly records: number;
    })
  | (OfStream & { readonly type: 'firehose/RecordsLost'; readonly result: string; readonly records: number });

/** Who causes what time does. */
export const FIREHOSE_PRINCIPAL = 'firehose.amazonaws.com';

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: FirehoseEvent): void =>
  context.emit(Object.freeze(event));

export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...facts } = event as FirehoseEvent;
  return facts;
}
