/** What falls due inside ActiveMQ. Plain data; a stale one is normal. */
import type { Instant } from '../../../engine/units.ts';
import { type EngineWork, type Ground, plan } from '../engine.ts';

interface BoxWork extends EngineWork {
  readonly type: 'activemq/ExpiryDue' | 'activemq/RedeliveryDue';
  readonly box: string;
}
interface ScheduleWork extends EngineWork {
  readonly type: 'activemq/ScheduleDue';
}
/** A node has become active. */
interface TakeoverWork extends EngineWork {
  readonly type: 'activemq/TakeoverDue';
  readonly began: number;
}
/** The journal has a persistent message: its producer may hear of it. */
export interface StoredWork extends EngineWork {
  readonly type: 'activemq/StoredDue';
  readonly connection: number;
  readonly request: number;
}
export type ActiveWork = BoxWork | ScheduleWork | TakeoverWork | StoredWork;

export const planWork = (ground: Ground, at: Instant, work: ActiveWork): void => plan(ground, at, work);
