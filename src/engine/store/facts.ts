/** What a message's row says, in words. */
import type { Instant } from '../units.ts';
import { toInstant } from './ages.ts';
import * as word from './layout.ts';
import type { Content, MessageFacts, MessageState, QueueRow } from './messageStore.ts';
import type { RowNumber, Rows } from './rows.ts';

export function readFacts(rows: Rows, row: RowNumber, clock: Instant): MessageFacts {
  const kind = rows.get(row, word.KIND);
  const group = rows.get(row, word.GROUP);
  const receiveCount = rows.get(row, word.RECEIVE_COUNT);
  const time = (at: number): Instant => toInstant(rows.get(row, at), clock);
  return {
    content: rows.ref(row) as Content,
    queue: rows.get(rows.get(row, word.BODY), word.OWNER) as QueueRow,
    state: stateOf(kind),
    sent: time(word.SENT),
    firstReceived: receiveCount > 0 ? time(word.FIRST_RECEIVED) : undefined,
    receiveCount,
    due: kind === word.VISIBLE ? undefined : time(word.DUE),
    received: receiveCount > 0 ? time(word.RECEIVED) : undefined,
    holder: rows.get(row, word.HOLDER),
    group: group === 0 ? undefined : (rows.ref(group) as string),
  };
}

export function stateOf(kind: number): MessageState {
  if (kind === word.VISIBLE) return 'visible';
  return kind === word.IN_FLIGHT ? 'inFlight' : 'delayed';
}
