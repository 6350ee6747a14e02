/** Event subscriptions of RDS. */
import { type Answer, type Declared, given, listIn, type Readable } from '../declared.ts';

/** Databases are apps and stay here: a subscription that names some is made without them, for all of its type. */
export const readEventSubscriptions = ({ ask }: Readable): readonly Declared[] =>
  listIn<Answer>(ask('rds', 'DescribeEventSubscriptions'), 'EventSubscriptionsList').map((described) => {
    const { CustSubscriptionId, SnsTopicArn, SourceType, EventCategoriesList, Enabled } = described;
    const kept = { SourceType, EventCategories: EventCategoriesList, Enabled };
    return {
      type: 'AWS::RDS::EventSubscription',
      name: String(CustSubscriptionId),
      make: [],
      connect: [
        {
          service: 'rds',
          operation: 'CreateEventSubscription',
          input: given({ SubscriptionName: CustSubscriptionId, SnsTopicArn, ...kept }),
        },
      ],
      properties: given({ SubscriptionName: CustSubscriptionId, SnsTopicArn, ...kept }),
      names: [],
    };
  });
