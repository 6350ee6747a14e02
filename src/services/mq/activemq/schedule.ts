/**
 * Delay and Schedule Message Delivery: AMQ_SCHEDULED_DELAY, _PERIOD, _REPEAT and a simple _CRON. What is scheduled lies in
 * the job store, on disk, whatever its delivery mode.
 */
import { after, type Instant, instant, milliseconds } from '../../../engine/units.ts';
import type { Field } from './boxes.ts';
import type { Message, ScheduledMessage, Session } from './model.ts';
import { acceptScheduled } from './publish.ts';
import { badRequest, notModelled } from './refusals.ts';
import { planWork } from './timers.ts';

export interface Schedule {
  readonly delayMs: number;
  readonly periodMs: number;
  readonly repeats: number;
  readonly cron: string;
}

/** undefined: at once. Throws `Refused` before anything is written. */
export function scheduleOf(
  { runtime }: Field,
  { protocol }: Session,
  { properties }: Message,
): Schedule | undefined {
  const { headers = {} } = properties;
  const number = (name: string): number => {
    const value = headers[name];
    if (value === undefined) return 0;
    if (typeof value === 'object' || !(Number(value) >= 0)) {
      throw badRequest(protocol, `${name} is not a number of milliseconds: ${String(value)}`);
    }
    return Math.floor(Number(value));
  };
  const delayMs = properties.delayMs ?? number('AMQ_SCHEDULED_DELAY');
  const periodMs = number('AMQ_SCHEDULED_PERIOD');
  const repeats = number('AMQ_SCHEDULED_REPEAT');
  const cron = String(headers.AMQ_SCHEDULED_CRON ?? '');
  if (cron !== '' && !isSimple(cron)) {
    throw notModelled(`AMQ_SCHEDULED_CRON ${cron}. A minute and an hour can be given: 0 2 * * *`);
  }
  if (delayMs === 0 && periodMs === 0 && repeats === 0 && cron === '') return undefined;
  if (repeats > 0 && periodMs === 0) {
    throw badRequest(protocol, 'AMQ_SCHEDULED_REPEAT needs AMQ_SCHEDULED_PERIOD');
  }
  // Without support the broker takes no notice of these properties.
  return runtime.policy.scheduler ? { delayMs, periodMs, repeats, cron } : undefined;
}

export function scheduleMessage(field: Field, message: Message, schedule: Schedule): number {
  const { runtime, context } = field;
  const { delayMs, periodMs, repeats, cron } = schedule;
  const at = cron === '' ? after(context.now, milliseconds(delayMs || periodMs)) : nextCron(field, cron);
  context.state.messagesMade++;
  add(field, Object.freeze({ at, message, periodMs, repeats, cron }));
  runtime.totals.diskBytes += message.bytes;
  return 0;
}

function add(field: Field, scheduled: ScheduledMessage): void {
  const { runtime } = field;
  runtime.scheduled.set(++runtime.scheduledMade, scheduled);
  planSchedule(field, scheduled.at);
}

function planSchedule(field: Field, at: Instant): void {
  const { runtime } = field;
  if (runtime.scheduledAt >= 0 && runtime.scheduledAt <= at) return;
  runtime.scheduledAt = at;
  planWork(field, at, { type: 'activemq/ScheduleDue' });
}

export function scheduleDue(field: Field): void {
  const { runtime, context } = field;
  if (runtime.active === 0 || runtime.scheduledAt !== context.now) return;
  planAnew(field, true);
}

/** After a standstill, or when some are due: those go out, the timer is set for the next. */
export function planAnew(field: Field, due: boolean): void {
  const { runtime, context } = field;
  runtime.scheduledAt = -1;
  for (const [number, scheduled] of [...runtime.scheduled]) {
    if (!due || scheduled.at > context.now) continue;
    runtime.scheduled.delete(number);
    const next = following(field, scheduled);
    if (next === undefined) runtime.totals.diskBytes -= scheduled.message.bytes;
    else runtime.scheduled.set(number, next);
    acceptScheduled(field, scheduled.message);
  }
  for (const { at } of runtime.scheduled.values()) {
    planSchedule(field, instant(Math.max(at, context.now)));
  }
}

function following(field: Field, scheduled: ScheduledMessage): ScheduledMessage | undefined {
  const { at, repeats, periodMs, cron } = scheduled;
  if (cron !== '') return Object.freeze({ ...scheduled, at: nextCron(field, cron) });
  if (repeats === 0 || periodMs === 0) return undefined;
  return Object.freeze({ ...scheduled, at: after(at, milliseconds(periodMs)), repeats: repeats - 1 });
}

/** `MINUTE HOUR * * *`, each a number or `*`. */
function isSimple(cron: string): boolean {
  const parts = cron.trim().split(/\s+/u);
  const fits = (text: string | undefined, most: number) =>
    text === '*' || (/^\d{1,2}$/u.test(text ?? '') && Number(text) <= most);
  return (
    parts.length === 5 &&
    fits(parts[0], 59) &&
    fits(parts[1], 23) &&
    parts.slice(2).every((one) => one === '*')
  );
}

const MINUTE = 60_000;

/** The next minute that it names, in UTC. */
function nextCron({ context }: Field, cron: string): Instant {
  const [minute, hour] = cron.trim().split(/\s+/u);
  const { epoch } = context.state;
  let clock = Math.floor((epoch + context.now) / MINUTE) + 1;
  for (let tries = 0; tries < 1_440; tries++, clock++) {
    const fits = (text: string | undefined, value: number) => text === '*' || Number(text) === value;
    if (fits(minute, clock % 60) && fits(hour, Math.floor(clock / 60) % 24)) break;
  }
  return instant(clock * MINUTE - epoch);
}
