/**
 * Tumbling windows of a mapping. Lambda Developer Guide, Implementing stateful Kinesis Data Streams processing: each
 * record belongs to one window by its time of arrival; each call is given the state that the call before it answered;
 * the last call of a window has no records, and then the state is dropped. A shard that ends closes its window.
 *
 * UNSURE: the two minutes for which Lambda waits for more records are counted from the window's end; the last call's
 * answer needs no state; a state that is too large ends the window by a call that says so.
 */
import { utf8Bytes } from '../../../contract/text.ts';
import type { Context } from '../../../engine/service.ts';
import { instant } from '../../../engine/units.ts';
import { emit } from '../events.ts';
import { WINDOW_STATE_MAX, WINDOW_WAIT } from '../limits.ts';
import type { Ending, LambdaState } from '../model.ts';
import type { StreamEntry } from './kinesisRecord.ts';
import type { MappingRecord } from './mappingRecord.ts';
import type { BatchResult } from './partialResponse.ts';
import { streamSettingsOf } from './streamSettings.ts';
import {
  planStream,
  type ShardWindow,
  type StreamBatch,
  type StreamLane,
  type StreamShard,
} from './streamWork.ts';

type Ctx = Context<LambdaState>;

const FRESH = '{}';
/** So much of a state is told in events. */
const TOLD_MAX = 1_000;

/** Of the records that wait, those of the window that is open; the first of them opens one. */
export function inWindow(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  { pending }: StreamLane,
): readonly StreamEntry[] {
  const size = streamSettingsOf(mapping.settings).TumblingWindowInSeconds * 1_000;
  if (size === 0) return pending;
  const { end } = shard.window ?? open(context, mapping, shard, size, pending[0]!.arrived);
  const later = pending.findIndex(({ arrived }) => arrived >= end);
  return later < 0 ? pending : pending.slice(0, later);
}

function open(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  size: number,
  arrived: number,
): ShardWindow {
  const start = Math.floor(arrived / size) * size;
  const end = start + size;
  const closes = Math.max(context.now + 1, end + WINDOW_WAIT - context.state.epoch);
  const window = Object.freeze({ start, end, state: FRESH, isTooLarge: false, closes: instant(closes) });
  shard.window = window;
  planStream(context, mapping, closes - context.now, { what: 'lane', shardId: shard.shardId, lane: 0 });
  return window;
}

/** The last call of the window, when it is time for it. */
export function lastBatch(
  { now }: Ctx,
  { settings }: MappingRecord,
  shard: StreamShard,
  { pending }: StreamLane,
): StreamBatch | undefined {
  const { window } = shard;
  if (window === undefined) return undefined;
  if (streamSettingsOf(settings).TumblingWindowInSeconds === 0) {
    delete shard.window;
    return undefined;
  }
  const [next] = pending;
  const isOver =
    next === undefined
      ? shard.state === 'read' || (shard.quiet && now >= window.closes)
      : next.arrived >= window.end;
  if (!isOver && !window.isTooLarge) return undefined;
  return Object.freeze({ entries: [], invokes: 0, retries: 0, last: window.isTooLarge ? 'early' : 'final' });
}

const secondsText = (utc: number): string => new Date(utc).toISOString().replace('.000Z', 'Z');

/** What a call is given beside its records. */
export function windowMembers(
  { source }: MappingRecord,
  { shardId, window }: StreamShard,
  { last }: StreamBatch,
): object {
  if (window === undefined) return {};
  return {
    window: { start: secondsText(window.start), end: secondsText(window.end) },
    state: JSON.parse(window.state),
    shardId,
    eventSourceARN: source,
    isFinalInvokeForWindow: last === 'final',
    isWindowTerminatedEarly: last === 'early',
  };
}

function stateIn({ payload }: Ending): string | undefined {
  try {
    const { state } = JSON.parse(payload) as { readonly state?: unknown };
    return typeof state === 'object' && state !== null ? JSON.stringify(state) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer without the state is a failed call. */
export function windowResult(
  shard: StreamShard,
  { last }: StreamBatch,
  ending: Ending,
  result: BatchResult,
): BatchResult {
  if (shard.window === undefined || last !== undefined || result.type === 'failure') return result;
  return stateIn(ending) === undefined
    ? Object.freeze({ type: 'failure', said: 'the answer has no state' })
    : result;
}

/** The call went well, or in part: its state is for the next one, or the window is done. */
export function keepState(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  { last }: StreamBatch,
  ending: Ending,
): void {
  const { window } = shard;
  if (window === undefined) return;
  if (last === undefined) {
    const state = stateIn(ending) ?? window.state;
    const isTooLarge = utf8Bytes(state).length > WINDOW_STATE_MAX;
    shard.window = Object.freeze({ ...window, state, isTooLarge });
    return;
  }
  const { epoch } = context.state;
  const name = mapping.function.slice(mapping.function.indexOf('/') + 1);
  emit(context, {
    type: 'lambda/WindowClosed',
    by: name,
    function: name,
    mapping: mapping.uuid,
    source: mapping.source,
    shardId: shard.shardId,
    startMs: window.start - epoch,
    endMs: window.end - epoch,
    state: window.state.slice(0, TOLD_MAX),
    early: last === 'early',
  });
  dropState(shard, last);
}

/** The window is done, or goes on with a fresh state. */
export function dropState(shard: StreamShard, last: NonNullable<StreamBatch['last']>): void {
  const { window } = shard;
  if (window === undefined) return;
  if (last === 'final') delete shard.window;
  else shard.window = Object.freeze({ ...window, state: FRESH, isTooLarge: false });
}
