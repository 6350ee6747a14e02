/**
 * The metrics of resources that report while they are used: a table of names and units, with what counts into it and
 * what lists its series. The names of account, dimensions and resource are read from a subject's key.
 */
import type { Instant } from '../engine/units.ts';
import {
  count,
  endReport,
  type Ledger,
  ledgerSeries,
  type MetricDimension,
  type MetricName,
  type MetricSeries,
  report,
  sample,
  subjectOf,
} from './metrics.ts';
import { ACTIVE_MINUTES, type TrackKind } from './metricTrack.ts';

/** Whose metrics they are. */
interface MetricSubject {
  readonly account: string;
  readonly dimensions: readonly MetricDimension[];
  /** On the stage: `topic/news`. */
  readonly resource: string;
}

interface Described<Metric extends string> {
  readonly namespace: string;
  /** By name: how it is counted, and CloudWatch's StandardUnit. */
  readonly metrics: Readonly<Record<Metric, readonly [TrackKind, string]>>;
  /** `own`: the account of the world, whose resources go by their short names. */
  readonly subject: (key: string, own: string) => MetricSubject;
  /** Lists only what was counted, unless a metric is asked for by name. */
  readonly onlyCounted?: boolean;
}

export interface MetricTable<Metric extends string> {
  /**
   * Counts, and so the resource reports for another six hours. UNSURE: for how long AWS does; this is a queue's time.
   */
  count(ledger: Ledger, key: string, now: Instant, metric: Metric, value?: number): void;
  /** It is gone; what it counted stays to be read. */
  end(ledger: Ledger, key: string, now: Instant): void;
  /** The form of `metrics` in a service's definition. */
  series(
    state: { readonly ledger: Ledger; readonly account: string },
    now: Instant,
    settings: unknown,
    wanted?: Partial<MetricName>,
  ): Iterable<MetricSeries>;
}

export function metricTable<Metric extends string>(of: Described<Metric>): MetricTable<Metric> {
  const named = Object.entries(of.metrics) as [Metric, readonly [TrackKind, string]][];
  return {
    count(ledger, key, now, metric, value = 1) {
      const subject = subjectOf(ledger, key);
      report(subject, now, ACTIVE_MINUTES);
      if (of.metrics[metric][0] === 'set') sample(subject, now, metric, value);
      else count(subject, now, metric, value);
    },
    end(ledger, key, now) {
      const subject = ledger.subjects.get(key);
      if (subject !== undefined) endReport(subject, now);
    },
    *series({ ledger, account: own }, now, _settings, wanted = {}) {
      const { namespace } = of;
      if (wanted.namespace !== undefined && wanted.namespace !== namespace) return;
      for (const [key, subject] of ledger.subjects) {
        const whose = of.subject(key, own);
        if (wanted.account !== undefined && wanted.account !== whose.account) continue;
        for (const [name, [kind, unit]] of named) {
          if (wanted.name !== undefined && wanted.name !== name) continue;
          if (of.onlyCounted && wanted.name === undefined && !subject.tracks.has(name)) continue;
          yield ledgerSeries({ ...whose, namespace, name, unit }, kind, subject, now);
        }
      }
    },
  };
}
