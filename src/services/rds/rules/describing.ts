/** An event subscription as RDS answers it. */
import { type EventSubscription, type RdsState, subscriptionArn } from '../model.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Tue Jul 31 23:22:01 UTC 2018` in the answer that makes it, `2018-07-31 23:22:01.893` later on. */
function writtenTime(utc: number, whileMaking: boolean): string {
  const text = new Date(utc).toISOString();
  if (!whileMaking) return text.slice(0, 23).replace('T', ' ');
  const at = new Date(utc);
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${text.slice(8, 10)} ${text.slice(11, 19)} UTC ${text.slice(0, 4)}`;
}

export function described(
  state: RdsState,
  { name, account, topic, sourceType, sources, categories, enabled, created }: EventSubscription,
  status = 'active',
): object {
  return {
    CustomerAwsId: account,
    CustSubscriptionId: name,
    SnsTopicArn: topic,
    Status: status,
    SubscriptionCreationTime: writtenTime(state.epoch + created, status === 'creating'),
    ...(sourceType !== undefined && { SourceType: sourceType }),
    ...(sources.length > 0 && { SourceIdsList: sources }),
    ...(categories.length > 0 && { EventCategoriesList: categories }),
    Enabled: enabled,
    EventSubscriptionArn: subscriptionArn(state, account, name),
  };
}
