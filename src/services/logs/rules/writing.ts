/** Events into a stream: kept, counted, and forwarded by the filters of their group. */

import type { LogLines } from '../../../contract/logLines.ts';
import { utf8Length } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { BATCH, KEPT_EVENTS } from '../limits.ts';
import { type LogEvent, type LogGroup, type LogStream, type LogsState, newStream } from '../model.ts';
import { forwardEvents } from './forwarding.ts';
import { groupKey } from './lookup.ts';

type Ctx = Context<LogsState>;

export interface GivenEvent {
  /** UTC milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

export const sizeOf = ({ message }: GivenEvent): number => utf8Length(message) + BATCH.overhead;

export function write(
  context: Ctx,
  group: LogGroup,
  stream: LogStream,
  given: readonly GivenEvent[],
  by: string,
): void {
  const { state, now } = context;
  const events: readonly LogEvent[] = given.map(({ timestamp, message }) =>
    Object.freeze({ number: ++state.eventsMade, timestamp, ingested: now, message }),
  );
  const bytes = given.reduce((sum, event) => sum + sizeOf(event), 0);
  stream.events = Object.freeze([...stream.events, ...events].slice(-KEPT_EVENTS));
  stream.put += events.length;
  stream.bytes += bytes;
  group.counters.events += events.length;
  group.counters.bytes += bytes;
  countTraffic(group.incoming, now, events.length);
  const count = events.length;
  emit(context, { type: 'logs/EventsPut', by, group: group.name, stream: stream.name, count, bytes });
  forwardEvents(context, group, stream, events);
}

/** Another service writes; its stream is made when it is not there. */
export function writeLines(context: Ctx, { account, group: name, stream: of, lines }: LogLines): void {
  const { state, now } = context;
  const group = state.groups.get(groupKey(account, name));
  if (group === undefined) return;
  let stream = group.streams.get(of);
  if (stream === undefined) {
    stream = newStream(of, now);
    group.streams.set(of, stream);
  }
  const timestamp = state.epoch + now;
  const given = lines.map((message) => ({ timestamp, message }));
  write(context, group, stream, given, name);
}
