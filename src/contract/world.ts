/** The settings of a world that AWS-shaped services read; the kernel knows only the seed. */
import type { Context, WorldSettings } from '../engine/service.ts';
import { type Instant, type Milliseconds, milliseconds } from '../engine/units.ts';
import type { HostDials } from './hostDials.ts';

export type LimitsProfile = 'current' | 'study-guide' | 'scaled';
export type DeliverySetting = 'calm' | 'typical' | 'rough';

export interface AwsWorldSettings extends WorldSettings {
  /** UTC milliseconds of the world's instant 0. */
  readonly epoch: number;
  readonly limits: LimitsProfile;
  readonly delivery: DeliverySetting;
  /** Dials of its own for standard queues; left out: those of `delivery`. */
  readonly dials?: HostDials;
  readonly region: string;
  /** The account that the profile `default` administers. */
  readonly account: string;
  /** Creation, deletion and resharding take no time. */
  readonly instant?: true;
  /** The price list it was made with; left out: the program's own. Prices change nothing but what is shown. */
  readonly prices?: { readonly name: string; readonly date: string };
}

/** Lessons and gallery worlds begin here: 2026-01-05T09:00:00Z, a Monday. */
const FIXED_EPOCH = Date.UTC(2026, 0, 5, 9);
export const DEFAULT_ACCOUNT = '000000000000';
export const PARTNER_ACCOUNT = '111111111111';
export const DEFAULT_REGION = 'us-east-1';

export function worldSettings(given: Partial<AwsWorldSettings> = {}): AwsWorldSettings {
  return {
    seed: 1,
    epoch: FIXED_EPOCH,
    limits: 'current',
    delivery: 'calm',
    region: DEFAULT_REGION,
    account: DEFAULT_ACCOUNT,
    ...given,
  };
}

export const settingsOf = (context: Pick<Context<unknown>, 'settings'>): AwsWorldSettings =>
  context.settings as AwsWorldSettings;

/** How long a creation, a deletion or a change takes: no time at all in an instant world. */
export const lifeTime = (context: Pick<Context<unknown>, 'settings'>, usual: Milliseconds): Milliseconds =>
  settingsOf(context).instant === true ? milliseconds(0) : usual;

/** UTC milliseconds of an instant of this world. */
export const toUtc = (settings: AwsWorldSettings, at: Instant): number => settings.epoch + at;
