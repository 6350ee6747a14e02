/** Moments of the SQS state: what never changes is shared, the rest is copied. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import { copyMutable } from '../../engine/checkpoint.ts';
import { Hasher } from '../../engine/digest.ts';
import { fromPlainJson, toPlainJson } from '../../engine/plainJson.ts';
import {
  type DedupImage,
  dedupImageFromJSON,
  type StoreImage,
  storeImageFromJSON,
} from '../../engine/store/index.ts';
import { newOpenMinute } from './metrics.ts';
import { addQueue, createState, newSentBefore, type Queue, type SqsState } from './model.ts';

type Plain = Omit<SqsState, 'store' | 'queueOfRow' | 'queueOfUrl' | 'sentBefore'>;

export interface SqsImage {
  readonly plain: Plain;
  readonly store: StoreImage;
  readonly sentBefore: readonly (readonly [string, DedupImage])[];
}

function plainOf(state: SqsState): Plain {
  const { store: _store, queueOfRow: _rows, queueOfUrl: _urls, sentBefore: _memory, ...plain } = state;
  return plain;
}

export function checkpoint(state: SqsState): SqsImage {
  return {
    plain: copyMutable(plainOf(state)),
    store: state.store.checkpoint(),
    sentBefore: [...state.sentBefore].map(([key, memory]) => [key, memory.checkpoint()] as const),
  };
}

export function restore(image: unknown, settings: AwsWorldSettings): SqsState {
  const { plain, store, sentBefore } = image as SqsImage;
  const state: SqsState = { ...createState(settings), ...copyMutable(plain) };
  state.store.restore(store);
  for (const queue of state.queues.values()) {
    // A save may be older than the metrics of queues.
    const open = (queue as Partial<Queue>).open ?? newOpenMinute(queue.counters);
    addQueue(state, { ...queue, open });
  }
  for (const [key, memory] of sentBefore) {
    const window = newSentBefore();
    window.restore(memory);
    state.sentBefore.set(key, window);
  }
  return state;
}

export function digest(state: SqsState): string {
  const hasher = new Hasher().value(plainOf(state)).text(state.store.digest());
  for (const [key, memory] of state.sentBefore) hasher.text(key).text(memory.digest());
  return hasher.hex;
}

export function toJSON(image: unknown): unknown {
  const { plain, store, sentBefore } = image as SqsImage;
  return {
    plain: toPlainJson(plain),
    store: store.toJSON(),
    sentBefore: sentBefore.map(([key, memory]) => [key, toPlainJson(memory.toJSON())]),
  };
}

interface SavedImage {
  readonly plain: unknown;
  readonly store: unknown;
  readonly sentBefore: readonly (readonly [string, unknown])[];
}

export function fromJSON(json: unknown): SqsImage {
  const { plain, store, sentBefore } = json as SavedImage;
  return {
    plain: fromPlainJson(plain) as Plain,
    store: storeImageFromJSON(store),
    sentBefore: sentBefore.map(([key, memory]) => [key, dedupImageFromJSON(fromPlainJson(memory))] as const),
  };
}
