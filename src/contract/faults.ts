/**
 * Faults that hold now, for the services that they concern: each asks `faultOn` where it would go wrong. The faults
 * themselves are kept by `services/faults`, as data of the world.
 */
import type { Context } from '../engine/service.ts';
import type { Instant } from '../engine/units.ts';

export const FAULT_KINDS = ['slow', 'crash', 'refuse', 'duplicate', 'deny-key', 'zone-down'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Frozen. */
export interface Fault {
  readonly id: string;
  readonly kind: FaultKind;
  /** `queue/orders`. */
  readonly on: string;
  readonly from: Instant;
  /** -1: until it is cleared. */
  readonly until: number;
  /** True in `numerator` of `denominator` cases; 1 in 1: always. */
  readonly chance: { readonly numerator: number; readonly denominator: number };
  /** Of `slow`: so many times slower. */
  readonly times: number;
  /** Of `zone-down`; else ''. */
  readonly zone: string;
}

/** What others read of the state that keeps them. */
export interface FaultBook {
  readonly faults: ReadonlyMap<string, Fault>;
}

/** Delivered to the service of the resource when a fault begins and ends. */
export interface FaultNews {
  readonly type: 'FaultBegan' | 'FaultEnded';
  readonly fault: Fault;
}

/** The newest fault of this kind that holds for a resource now. */
export function faultOn(
  { now, peek }: Pick<Context<unknown>, 'now' | 'peek'>,
  on: string,
  kind: FaultKind,
): Fault | undefined {
  const book = peek('fault') as FaultBook | undefined;
  if (book === undefined || book.faults.size === 0) return undefined;
  let found: Fault | undefined;
  for (const fault of book.faults.values()) {
    if (fault.on === on && fault.kind === kind && holds(fault, now)) found = fault;
  }
  return found;
}

export const holds = ({ from, until }: Pick<Fault, 'from' | 'until'>, now: Instant): boolean =>
  from <= now && (until < 0 || now < until);
