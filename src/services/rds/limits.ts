/** Quotas, source types and categories of Amazon RDS events. */

/** RDS User Guide, Quotas: event subscriptions of an account. */
export const SUBSCRIPTIONS_MAX = 20;
/** RDS User Guide, Viewing Amazon RDS events: kept for 14 days; here so many at most. */
export const EVENTS_MAX = 1_000;
export const EVENTS_KEPT_MS = 14 * 24 * 3_600_000;

/** Those whose events are modelled. */
export const SOURCE_TYPES = ['db-instance', 'db-cluster'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];
/** Those that AWS has besides. */
export const OTHER_SOURCE_TYPES: readonly string[] = [
  'db-parameter-group',
  'db-security-group',
  'db-snapshot',
  'db-cluster-snapshot',
  'custom-engine-version',
  'db-proxy',
  'blue-green-deployment',
  'db-shard-group',
  'zero-etl',
];

/** RDS User Guide, Amazon RDS event categories and event messages; Aurora User Guide likewise. */
export const CATEGORIES: Readonly<Record<SourceType, readonly string[]>> = {
  'db-instance': [
    'availability',
    'backtrack',
    'backup',
    'configuration change',
    'creation',
    'deletion',
    'failover',
    'failure',
    'low storage',
    'maintenance',
    'notification',
    'read replica',
    'recovery',
    'restoration',
    'security',
    'security patching',
  ],
  'db-cluster': [
    'configuration change',
    'creation',
    'deletion',
    'failover',
    'failure',
    'global failover',
    'maintenance',
    'migration',
    'notification',
    'serverless',
  ],
};
