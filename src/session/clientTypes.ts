/** What a screen and the prompt see of real clients, and do to what they send. */
import type { ResourceId } from '../contract/view.ts';
import type { CallId, Request } from '../engine/service.ts';
import type { Instant } from '../engine/units.ts';
import type { Done } from './sessionTypes.ts';

/** A call that waits for its answer in the world: a long poll. */
export interface WaitingCall {
  readonly request: Request;
  readonly since: Instant;
  readonly about: ResourceId | undefined;
}

/** A request that has not been let in. */
export interface HeldCall extends WaitingCall {
  /** From 1, of this session. */
  readonly number: number;
  readonly id: CallId;
}

/** Whose requests are held. */
export interface HoldRule {
  /** `all`: of everybody. */
  readonly client: string;
  /** Left out: all. */
  readonly operation?: string;
}

export interface ClientsAtDoor {
  readonly rules: readonly HoldRule[];
  readonly held: readonly HeldCall[];
  /** Oldest first. */
  readonly waiting: readonly WaitingCall[];
  /** From now on requests of this client wait at the door. */
  hold(client: string, operation?: string): Done;
  /** Lets in the one with this number, or all of a client, and holds no more of it. Left out: all, of everybody. */
  release(which?: string | number): Done;
  /** Answers with an error that is worth another try. What comes next is held as before. */
  refuse(which?: string | number): Done;
}
