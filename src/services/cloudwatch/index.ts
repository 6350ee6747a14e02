/** Amazon CloudWatch: metrics of all services and of one's own, and alarms. Wiring only. */
import type { MetricSource } from '../../contract/metrics.ts';
import { type CatalogEntry, defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED, WAITERS } from './notModelled.ts';
import * as alarms from './operations/alarms.ts';
import * as putAlarms from './operations/putAlarms.ts';
import * as putData from './operations/putMetricData.ts';
import { readOperations } from './operations/readMetrics.ts';
import * as tags from './operations/tags.ts';
import { ownSeries, seriesFinder } from './rules/series.ts';
import { type Publishing, published } from './rules/transitions.ts';
import { delivered, dueWith } from './timers.ts';
import { view } from './view.ts';

/** `sources`: the other services whose metrics it reads; the catalog hands them over. */
export function cloudWatchOf(sources: readonly MetricSource[]): CatalogEntry {
  const find = seriesFinder(sources);
  return defineService({
    name: 'cloudwatch',
    title: 'CloudWatch',
    kind: 'aws',
    summary: 'Metrics of what the services do, and alarms that watch them.',
    operations: [
      ...readOperations(find),
      ...[putData, putAlarms, alarms, tags].flatMap((group) => Object.values(group)),
    ],
    notModelled: NOT_MODELLED,
    instead: INSTEAD,
    waiters: WAITERS,
    create: createState,
    due: dueWith(find),
    delivered,
    answered: (context, token, outcome) => published(context, token as Publishing, outcome),
    latency: (random) => milliseconds(random.integer(8, 30)),
    metrics: ownSeries,
    access,
    view,
  });
}
