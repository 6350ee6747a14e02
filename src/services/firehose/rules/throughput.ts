/** What a stream takes in one second. Firehose Developer Guide, Amazon Data Firehose quota. */
import type { Instant } from '../../../engine/units.ts';
import { type Quotas, quotas } from '../limits.ts';
import type { DeliveryStream, FirehoseState } from '../model.ts';

type Meter = 'requests' | 'records' | 'bytes';

export interface Gauge {
  readonly meter: Meter;
  readonly used: number;
  readonly limit: number;
}

export const quotasOf = ({ limits, region }: FirehoseState): Quotas => quotas(limits, region);

function metersAt(stream: DeliveryStream, now: Instant): DeliveryStream['meters'] {
  const { meters } = stream;
  const second = Math.floor(now / 1_000);
  if (meters.second !== second) {
    meters.second = second;
    meters.requests = 0;
    meters.records = 0;
    meters.bytes = 0;
  }
  return meters;
}

/** Counts a request; the meter that is full, if one is. */
export function takeRequest(state: FirehoseState, stream: DeliveryStream, now: Instant): Gauge | undefined {
  const meters = metersAt(stream, now);
  const limit = quotasOf(state).requests;
  if (meters.requests >= limit) return { meter: 'requests', used: meters.requests, limit };
  meters.requests++;
  return undefined;
}

/** Counts a record, or says which meter is full. A stream that took nothing yet takes one record of any size. */
export function takeRecord(
  state: FirehoseState,
  stream: DeliveryStream,
  size: number,
  now: Instant,
): Gauge | undefined {
  const meters = metersAt(stream, now);
  const { records, bytes } = quotasOf(state);
  if (meters.records >= records) return { meter: 'records', used: meters.records, limit: records };
  if (meters.bytes + size > bytes && meters.bytes > 0) {
    return { meter: 'bytes', used: meters.bytes, limit: bytes };
  }
  meters.records++;
  meters.bytes += size;
  return undefined;
}

/** The meters as they stand, for screens. Looks only. */
export function gaugesNow(state: FirehoseState, { meters }: DeliveryStream, now: Instant): Gauge[] {
  const fresh = meters.second === Math.floor(now / 1_000);
  const limit = quotasOf(state);
  return (['records', 'requests', 'bytes'] as const).map((meter) => ({
    meter,
    used: fresh ? meters[meter] : 0,
    limit: limit[meter],
  }));
}

export const gaugeWords = ({ meter, used, limit }: Gauge): string =>
  `${used} of ${limit} ${meter} a second are used; more can go in the next second.`;
