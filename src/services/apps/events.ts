/** What happens to apps themselves; what they do to queues is told by the queues. */
import type { DomainEvent } from '../../engine/service.ts';

interface AboutApp extends DomainEvent {
  readonly app: string;
}

export interface AppStarted extends AboutApp {
  readonly type: 'app/Started';
}

export interface AppStopped extends AboutApp {
  readonly type: 'app/Stopped';
  /** `asked`, `count` (it has done what it was made for) or `deleted`. */
  readonly reason: 'asked' | 'count' | 'deleted';
}

/** A worker ended in the middle of its work, or all of them by `app crash`. What it held stays in flight. */
export interface AppCrashed extends AboutApp {
  readonly type: 'app/Crashed';
  readonly worker?: string;
  readonly messageId?: string;
}

/** A consumer that does not remember worked a message whose effect was there already. */
export interface EffectRepeated extends AboutApp {
  readonly type: 'app/EffectRepeated';
  readonly worker: string;
  readonly messageId: string;
}

/** A service refused a call of the app; the first of a kind within a second. */
export interface AppRefused extends AboutApp {
  readonly type: 'app/Refused';
  readonly operation: string;
  readonly code: string;
  readonly message: string;
}

/** A windowed count is done with a window. */
export interface WindowClosed extends AboutApp {
  readonly type: 'app/WindowClosed';
  readonly startMs: number;
  readonly endMs: number;
  readonly total: number;
  readonly keys: number;
  readonly counts: Readonly<Record<string, number>>;
}

export type AppEvent = WindowClosed | AppStarted | AppStopped | AppCrashed | EffectRepeated | AppRefused;

/** In words of the vocabulary: an app's events are flat already. */
export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...fields } = event;
  return fields;
}
