import { describe, expect, it } from 'vitest';
import { instant } from '../../src/engine/units.ts';
import type { EventView } from '../../src/projection/snapshot.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { eventLine } from '../../src/tui/panes/eventWords.ts';

const theme = makeTheme({ depth: 'none' });
const said = (type: string, fields: Record<string, unknown>, by = 'worker-1'): string | undefined => {
  const event: EventView = { sequence: 1, at: instant(72_400), type, by, fields };
  return eventLine(theme, event, (id) => id.slice(0, 4))?.words;
};

describe('an event in one sentence', () => {
  it('says who received what, how often, and until when it is hidden', () => {
    const fields = { queue: 'orders', messageId: 'a1f3-77', receiveCount: 2, timeoutMs: 30_000 };
    expect(said('sqs/MessageReceived', fields)).toBe(
      'received a1f3 by worker-1, the 2nd time, hidden to 01:42.4',
    );
  });

  it('says why a message is back', () => {
    expect(said('sqs/MessageVisible', { messageId: 'a1f3', reason: 'timeout' })).toBe(
      'a1f3 is back: its time ran out',
    );
    expect(said('sqs/MessageVisible', { messageId: 'a1f3', reason: 'delay' })).toBe(
      'a1f3 is visible: its delay is over',
    );
  });

  it('says who holds the lease of a shard, how far it is done, and what a window counted', () => {
    const lease = { stream: 'clicks', shard: 1, app: 'group', worker: 'group-1' };
    expect(said('kinesis/LeaseTaken', { ...lease, before: 'group-2', reason: 'expired' })).toBe(
      'group-1 took the lease of shard 1 from group-2: it was not renewed for the failover time',
    );
    expect(said('kinesis/Checkpointed', { ...lease, sequenceNumber: 'SHARD_END' })).toBe(
      'group-1 noted that shard 1 is read to its end',
    );
    expect(said('app/WindowClosed', { app: 'sums', startMs: 10_000, endMs: 20_000, total: 7, keys: 2 })).toBe(
      'window of 00:10.0 to 00:20.0 closed: 7 records of 2 keys',
    );
    expect(said('kinesis/RecordThrottled', { shard: 0, meter: 'records', of: 'shard' })).toBe(
      'a record refused: shard 0 takes no more records in this second',
    );
  });

  it('says why a receive came back empty', () => {
    expect(said('sqs/ReceiveEmpty', { queue: 'orders', reason: 'inFlight' }, 'you')).toBe(
      'an empty receive by you: all there is is in flight',
    );
  });

  it('is silent about calls that were answered, and tells those that were refused', () => {
    expect(said('api/Answered', { operation: 'SendMessage' }, 'you')).toBeUndefined();
    expect(said('api/Answered', { operation: 'SendMessage', error: 'InvalidMessageContents' }, 'you')).toBe(
      'SendMessage by you refused: InvalidMessageContents',
    );
  });

  it('has a sentence for what it does not know', () => {
    expect(said('sns/MessagePublished', {}, 'web')).toBe('message published by web');
  });

  it('lets no control character through', () => {
    expect(
      said('sqs/MessageDeadLettered', { to: 'a\u001b[2Jb', receiveCount: 3, messageId: 'x' }),
    ).not.toMatch(/\u001b/);
  });
});
