/** What an event of a database tells EventBridge. RDS User Guide, Creating a rule that triggers on an Amazon RDS event. */
import { tellEventBus } from '../../../contract/awsEvents.ts';
import type { Context } from '../../../engine/service.ts';
import type { SourceType } from '../limits.ts';
import { type DatabaseEvent, type RdsState, sourceArn } from '../model.ts';

const WORDS: Readonly<Record<SourceType, readonly [detailType: string, sourceType: string]>> = {
  'db-instance': ['RDS DB Instance Event', 'DB_INSTANCE'],
  'db-cluster': ['RDS DB Cluster Event', 'CLUSTER'],
};

/**
 * Without a subscription: the bus is told of every event.
 * UNSURE: AWS's page writes `rds:NAME` as SourceIdentifier; rules in use name the database alone.
 */
export function tellBus(context: Context<RdsState>, event: DatabaseEvent): void {
  const { state } = context;
  const { source, sourceType, at } = event;
  const [detailType, SourceType] = WORDS[sourceType];
  const SourceArn = sourceArn(state, sourceType, source);
  tellEventBus(context, 'rds', {
    source: 'aws.rds',
    detailType,
    account: state.account,
    resources: [SourceArn],
    detail: Object.freeze({
      EventCategories: event.categories,
      SourceType,
      SourceArn,
      Date: new Date(state.epoch + at).toISOString(),
      Message: event.message,
      SourceIdentifier: source,
      EventID: event.id,
      Tags: {},
    }),
    origin: `database/${source}`,
  });
}
