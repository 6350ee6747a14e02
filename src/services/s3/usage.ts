/**
 * What AWS bills: requests that write or list, requests that read, and storage by time. Amazon S3 pricing. Deletes are
 * free.
 */
import type { Usage } from '../../contract/usage.ts';
import type { Instant } from '../../engine/units.ts';
import type { S3State } from './model.ts';

export function usage(state: S3State, now: Instant): readonly Usage[] {
  const stored = state.byteSeconds + (state.bytes * (now - state.storedAt)) / 1_000;
  return [
    { item: 's3/put-requests', quantity: state.putRequests },
    { item: 's3/get-requests', quantity: state.getRequests },
    { item: 's3/storage', quantity: stored },
  ].filter(({ quantity }) => quantity > 0);
}
