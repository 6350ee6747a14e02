/** The course of a fault: it begins, it ends, and who it concerns is told. */
import type { Fault, FaultNews } from '../../contract/faults.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context, Timer } from '../../engine/service.ts';
import { instant } from '../../engine/units.ts';
import { emit } from './events.ts';
import { keyIdOf } from './existing.ts';
import { KINDS } from './kinds.ts';
import type { FaultsState } from './model.ts';

type Ctx = Context<FaultsState>;

interface FaultDue extends Timer {
  readonly type: 'fault/BeginDue' | 'fault/EndDue';
  readonly fault: string;
}

export function plan(context: Ctx, fault: Fault): void {
  context.schedule(fault.from, { type: 'fault/BeginDue', fault: fault.id } as FaultDue);
  if (fault.until >= 0) {
    context.schedule(instant(fault.until), { type: 'fault/EndDue', fault: fault.id } as FaultDue);
  }
}

export function due(context: Ctx, timer: Timer): void {
  const { type, fault: id } = timer as FaultDue;
  const fault = context.state.faults.get(id);
  if (fault === undefined) return;
  if (type === 'fault/BeginDue') begin(context, fault);
  else end(context, fault, 'fault');
}

function begin(context: Ctx, fault: Fault): void {
  emit(context, { type: 'fault/Began', by: 'fault', fault: fault.id, kind: fault.kind, on: fault.on });
  hand(context, { type: 'FaultBegan', fault });
}

/** It holds no longer: its time is over, or somebody clears it. */
export function end(context: Ctx, fault: Fault, by: string): void {
  context.state.faults.delete(fault.id);
  // One that has not begun leaves no trace.
  if (fault.from > context.now) return;
  emit(context, { type: 'fault/Ended', by, fault: fault.id, kind: fault.kind, on: fault.on });
  hand(context, { type: 'FaultEnded', fault });
}

function hand(context: Ctx, news: FaultNews): void {
  const { kind, on } = news.fault;
  if (kind === 'deny-key') {
    switchKey(context, on.slice('key/'.length), news.type === 'FaultEnded');
    return;
  }
  if (kind !== 'crash' && kind !== 'zone-down') return;
  const to = KINDS[kind].on[on.slice(0, on.indexOf('/'))];
  if (to !== undefined) context.deliver({ to, from: 'fault', payload: Object.freeze({ ...news }) });
}

/** As an administrator of the account would do it. */
function switchKey(context: Ctx, name: string, on: boolean): void {
  const KeyId = keyIdOf(context, name);
  if (KeyId === undefined) return;
  const { account } = settingsOf(context);
  const caller = { by: 'fault', account, profile: 'default', secure: true };
  const operation = on ? 'EnableKey' : 'DisableKey';
  context.request({ service: 'kms', operation, input: { KeyId }, caller }, { type: 'key' });
}

/** KMS's answer: nobody waits for it. */
export function answered(): void {
  // A key that is pending deletion, or gone, stays as it is.
}
