/**
 * The lock of the shared journal: one node holds it and serves, the other waits for it. What a node that goes takes with it
 * and what the next one finds in the journal. Amazon MQ Developer Guide, Active/standby broker; Apache ActiveMQ, Shared
 * File System Master Slave. SIMPLER THAN AWS: the times are ours; there they are seconds to a few minutes.
 */
import { after, type Instant, milliseconds } from '../../../engine/units.ts';
import type { Ground } from '../engine.ts';
import { emit, MQ_PRINCIPAL } from '../events.ts';
import type { BrokerNode } from '../model.ts';
import { type Field, fieldOf, finishReady, finishUnacked, putBack, readyOf, removeBox } from './boxes.ts';
import { messageEvent } from './dispatch.ts';
import type { Box, Entry, Fate, Phase, PhaseName, Takeover } from './model.ts';
import { planAnew } from './schedule.ts';
import { resume } from './settle.ts';
import { planWork } from './timers.ts';

/** Of a node that fails nobody hears: its lock ends when its lease runs out. One that reboots gives it back. */
const LEASE_MS = 8_000;
const LOCK_MS = 100;
const JOURNAL_MS = { base: 500, message: 15, max: 60_000 } as const;
const PORTS_MS = 800;

export function nodeDown(ground: Ground, node: BrokerNode): void {
  const field = fieldOf(ground);
  const { runtime, broker } = field;
  const isReboot = broker.state === 'REBOOT_IN_PROGRESS';
  const { takeover } = runtime;
  if (runtime.active === node.number) {
    const connectionsLost = runtime.sessions.size;
    const fate = fall(field);
    runtime.active = 0;
    runtime.takeover = undefined;
    begin(field, node.number, isReboot ? 'reboot' : 'failure', fate, connectionsLost);
  } else if (takeover !== undefined && !takeover.done && takeover.to === node.number) {
    runtime.takeover = undefined;
    begin(field, node.number, isReboot ? 'reboot' : 'failure', takeover.fate, takeover.connectionsLost);
  }
}

export function nodeUp(ground: Ground, _node: BrokerNode): void {
  const field = fieldOf(ground);
  const { takeover, active } = field.runtime;
  if (active !== 0 || (takeover !== undefined && !takeover.done)) return;
  begin(field, 0, 'start', { kept: field.runtime.totals.ready, redelivered: 0, lost: 0 }, 0);
}

/** A node that is up takes over; none is: whoever comes next will. */
function begin(
  field: Field,
  from: number,
  reason: Takeover['reason'],
  fate: Fate,
  connectionsLost: number,
): void {
  const { runtime, broker, context } = field;
  const next = broker.nodes.find(({ up, number }) => up && number !== from);
  if (next === undefined) return;
  const read = JOURNAL_MS.base + JOURNAL_MS.message * runtime.totals.ready;
  const lasting: readonly [PhaseName, number][] = [
    ['lease', reason === 'failure' ? LEASE_MS : 0],
    ['lock', LOCK_MS],
    ['journal', Math.min(JOURNAL_MS.max, read)],
    ['ports', PORTS_MS],
  ];
  let at = context.now;
  const phases: Phase[] = [];
  for (const [name, wait] of lasting) {
    const until = after(at, milliseconds(wait));
    if (wait > 0) phases.push(Object.freeze({ name, from: at, until }));
    at = until;
  }
  const { now: began } = context;
  const facts = { from, to: next.number, reason, began, fate, connectionsLost, done: false };
  runtime.takeover = Object.freeze({ ...facts, phases: Object.freeze(phases), fate: Object.freeze(fate) });
  planWork(field, at, { type: 'activemq/TakeoverDue', began });
}

export function takeoverDue(field: Field, began: number): void {
  const { runtime, broker, context } = field;
  const { takeover } = runtime;
  if (takeover === undefined || takeover.done || takeover.began !== began) return;
  if (takeover.phases.at(-1)!.until > context.now) return;
  complete(field, takeover);
  const { from, to, reason } = takeover;
  if (from === 0 || from === to) return;
  const zone = broker.nodes.find(({ number }) => number === to)?.zone ?? '';
  emit(context, { type: 'mq/FailedOver', by: MQ_PRINCIPAL, broker: broker.name, zone, node: to, reason });
}

function complete(field: Field, takeover: Takeover): void {
  const { runtime } = field;
  runtime.active = takeover.to;
  runtime.takeover = Object.freeze({ ...takeover, done: true });
  resume(field);
  planAnew(field, true);
}

/** A reboot is over. Timers of before it are stale, also that of a takeover which still goes on. */
export function catchUp(field: Field): void {
  const { runtime, context } = field;
  const { takeover } = runtime;
  if (runtime.active !== 0) {
    resume(field);
    planAnew(field, true);
  } else if (takeover !== undefined && !takeover.done) {
    const until = takeover.phases.at(-1)!.until;
    const at = Math.max(until, context.now) as Instant;
    planWork(field, at, { type: 'activemq/TakeoverDue', began: takeover.began });
  }
}

/** The node that served is gone, with all that only its memory knew. */
function fall(field: Field): Fate {
  const { runtime, broker } = field;
  let redelivered = 0;
  let lost = 0;
  const lose = (box: Box, { message }: Entry, reason: string): void => {
    lost++;
    broker.counters.lost++;
    messageEvent(field, 'mq/MessageLost', MQ_PRINCIPAL, box, message, { reason });
  };
  const again = (box: Box, entry: Entry): void => {
    if (!entry.message.persistent) {
      finishUnacked(runtime, box, entry, 'lost');
      lose(box, entry, 'notPersistent');
      return;
    }
    redelivered++;
    broker.counters.requeued++;
    putBack(field, box, Object.freeze({ ...entry, redelivered: true }));
    messageEvent(field, 'mq/Requeued', MQ_PRINCIPAL, box, entry.message, {
      reason: 'failover',
      redelivered: true,
    });
  };
  for (const box of runtime.boxes.values()) {
    for (const entry of [...readyOf(box)]) {
      if (entry.message.persistent) continue;
      finishReady(runtime, box, entry, 'lost');
      lose(box, entry, 'notPersistent');
    }
    for (const [sequence, { entry }] of [...box.redelivering]) {
      box.redelivering.delete(sequence);
      again(box, entry);
    }
    box.groups.clear();
    box.consumers.clear();
    box.able.clear();
    box.owner = 0;
  }
  for (const session of runtime.sessions.values()) {
    for (const { box: key, entry } of session.unacked.values()) {
      const box = runtime.boxes.get(key);
      if (box !== undefined) again(box, entry);
    }
  }
  // Plain subscriptions are their connection's.
  for (const box of [...runtime.boxes.values()]) {
    if (box.kind !== 'subscription' || box.durable) continue;
    for (const entry of removeBox(field, box, 'lost')) lose(box, entry, 'notDurable');
  }
  for (const [name, message] of [...runtime.retained]) if (!message.persistent) runtime.retained.delete(name);
  runtime.consumers.clear();
  runtime.sessions.clear();
  runtime.held = [];
  runtime.totals.producers = 0;
  return { kept: runtime.totals.ready - redelivered, redelivered, lost };
}
