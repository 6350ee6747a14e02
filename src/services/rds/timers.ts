/** News of databases, and the answers of topics. Nothing falls due here. */
import type { DatabaseNews } from '../../contract/databases.ts';
import type { Context, Delivery, Outcome } from '../../engine/service.ts';
import type { RdsState } from './model.ts';
import { type SubscribingToken, topicAnswered } from './rules/subscribing.ts';
import { happened, type ToldToken, topicTold } from './rules/telling.ts';

export function delivered(context: Context<RdsState>, { payload }: Delivery): void {
  const news = payload as DatabaseNews;
  if (news.type === 'DatabaseNews') happened(context, news);
}

export function answered(context: Context<RdsState>, token: object, outcome: Outcome): void {
  const ours = token as ToldToken | SubscribingToken;
  if (ours.type === 'told') topicTold(context, ours, outcome);
  else topicAnswered(context, ours, outcome);
}
