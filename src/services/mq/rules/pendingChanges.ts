/**
 * What waits for the next reboot: users of ActiveMQ, configuration, version, instance type. Amazon MQ Developer Guide,
 * Maintaining an Amazon MQ broker: applied in the weekly window, or by a reboot.
 */
import { instant } from '../../../engine/units.ts';
import type { Ground } from '../engine.ts';
import type { Broker, MaintenanceWindow } from '../model.ts';
import type { MaintenanceDue } from '../timers.ts';
import { billInstances } from './billing.ts';

export const hasPending = ({ pending, pendingUsers }: Broker): boolean =>
  pending !== undefined || pendingUsers.size > 0;

/** The broker restarts: what waited holds now. */
export function applyPending({ broker, context }: Ground): void {
  const { pending } = broker;
  if (pending !== undefined) {
    if (pending.hostInstanceType !== broker.settings.hostInstanceType)
      billInstances(context.state, broker, context.now);
    const { configuration } = pending;
    const before = broker.settings.configuration;
    if (
      before !== undefined &&
      (configuration?.id !== before.id || configuration.revision !== before.revision)
    ) {
      broker.history = [before, ...broker.history].slice(0, 50);
    }
    broker.settings = pending;
    broker.pending = undefined;
  }
  for (const [name, change] of broker.pendingUsers) {
    if (change.change === 'DELETE') broker.users.delete(name);
    else broker.users.set(name, change.user);
  }
  broker.pendingUsers.clear();
}

const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-01 was a Thursday. */
const EPOCH_DAY = 4;

/** Milliseconds since 1970 of the first window that begins later than `utc`. */
function nextWindow({ dayOfWeek, timeOfDay }: MaintenanceWindow, utc: number): number {
  const day = DAYS.indexOf(dayOfWeek as (typeof DAYS)[number]);
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const inWeek = ((day - EPOCH_DAY + 7) % 7) * DAY_MS + hours * 3_600_000 + minutes * 60_000;
  const week = Math.floor((utc - inWeek) / WEEK_MS) + 1;
  return week * WEEK_MS + inWeek;
}

/** Something waits now: it is planned for the next window, if it is not yet. Quiet weeks plan nothing. */
export function planMaintenance({ context, broker }: Ground): void {
  if (!hasPending(broker)) return;
  const { epoch } = context.state;
  const at = instant(nextWindow(broker.maintenance, epoch + context.now) - epoch);
  if (broker.maintenanceAt === at) return;
  broker.maintenanceAt = at;
  const timer: MaintenanceDue = { type: 'mq/MaintenanceDue', broker: broker.id, at };
  context.schedule(at, timer);
}
