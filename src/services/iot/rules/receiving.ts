/** Messages that come to the broker, and which rules take them. AWS IoT Core Developer Guide, Rules for AWS IoT. */
import { messageId } from '../../../contract/messageId.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { emit } from '../events.ts';
import { SEEN_MAX } from '../limits.ts';
import type { Message, TopicRule } from '../model.ts';
import { startActions } from './acting.ts';
import { selected } from './evaluating.ts';
import type { Ctx } from './lookup.ts';
import { readSql } from './sql.ts';
import { surroundings } from './surroundings.ts';
import { fitsTopic } from './topicFilter.ts';

const MESSAGE_IDS = 0x49;

export function receive(context: Ctx, topic: string, payload: Uint8Array, account: string, by: string): void {
  const { state, now } = context;
  const { broker } = state;
  const id = messageId(state.seed, ++state.messagesMade, MESSAGE_IDS);
  const message: Message = Object.freeze({ id, topic, payload, by, at: now });
  if (broker.order === 0) broker.order = ++state.thingsMade;
  broker.published++;
  countTraffic(broker.incoming, now);
  const taking: (readonly [TopicRule, Uint8Array])[] = [];
  for (const rule of state.rules.values()) {
    if (rule.account !== account || rule.disabled) continue;
    const query = readSql(rule.sql);
    if (!fitsTopic(query.filter, topic)) continue;
    rule.counters.heard++;
    const data = selected(query, payload, surroundings(state, message, account));
    if (data !== undefined) taking.push([rule, data]);
  }
  if (taking.length > 0) broker.matched++;
  else broker.unmatched++;
  const fitted = Object.freeze(taking.map(([{ name }]) => name));
  broker.seen = Object.freeze([...broker.seen, Object.freeze({ message, fitted })].slice(-SEEN_MAX));
  emit(context, {
    type: 'iot/MessagePublished',
    by,
    messageId: id,
    topic,
    bytes: payload.length,
    rules: taking.length,
  });
  for (const [rule, data] of taking) {
    rule.counters.matched++;
    countTraffic(rule.incoming, now);
    emit(context, { type: 'iot/RuleMatched', by, rule: rule.name, messageId: id, topic });
    startActions(context, rule, message, data);
  }
}
