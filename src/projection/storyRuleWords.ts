/** What happens to an event on EventBridge's bus, and to a message that a device publishes to AWS IoT. */
import type { EventView } from './snapshot.ts';
import { numberOf, placeOfEndpoint, type Tell, textOf } from './storyTelling.ts';

const BUS = 'bus/default';
const BROKER = 'iot/core';
const busRule = ({ fields }: EventView): string => `rule/${textOf(fields, 'rule')}`;
const topicRule = ({ fields }: EventView): string => `iotrule/${textOf(fields, 'rule')}`;

const rulesThatTakeIt = ({ fields }: EventView): string => {
  const rules = numberOf(fields, 'rules');
  return rules === 0 ? 'no rule takes it' : `${rules === 1 ? '1 rule takes' : `${rules} rules take`} it`;
};

const refusal = (
  { fields }: EventView,
  whom: string,
): { readonly words: string; readonly detail: string } => ({
  words:
    fields.again === true
      ? `${whom} refused, try ${numberOf(fields, 'attempt')}: tried again`
      : `${whom} refused: given up`,
  detail: textOf(fields, 'reason'),
});

/** Targets and actions name buckets, queues, functions by ARN, URL or name. */
const KINDS: Readonly<Record<string, string>> = {
  firehose: 'delivery',
  kinesis: 'stream',
  s3: 'bucket',
  cloudwatchLogs: 'loggroup',
};

function placeOfAction({ fields }: EventView): string {
  const action = textOf(fields, 'action');
  const to = textOf(fields, 'to');
  if (action === 'republish') return BROKER;
  const kind = KINDS[action];
  if (kind !== undefined) return `${kind}/${to}`;
  return action === 'sqs' && to.includes('/')
    ? `queue/${to.slice(to.lastIndexOf('/') + 1)}`
    : placeOfEndpoint(to);
}

export const RULE_TELLERS: Readonly<Record<string, Tell>> = {
  'events/EventReceived': (event) => ({
    words: `on the bus: ${textOf(event.fields, 'detailType')}`,
    detail: rulesThatTakeIt(event),
    after: numberOf(event.fields, 'rules') === 0 ? 'lost' : 'passed',
    ...(numberOf(event.fields, 'rules') === 0 && { tone: 'quiet' as const }),
    place: BUS,
    from: event.by,
    to: BUS,
  }),
  'events/EventMatched': (event) => ({
    words: 'its pattern fits: taken',
    place: BUS,
    to: busRule(event),
  }),
  'events/TargetInvoked': (event) => ({
    words: 'handed to its target',
    tone: 'good',
    after: 'passed',
    place: busRule(event),
    to: placeOfEndpoint(textOf(event.fields, 'to')),
  }),
  'events/InvocationFailed': (event) => ({
    ...refusal(event, 'the target'),
    tone: event.fields.again === true ? 'watch' : 'bad',
    place: busRule(event),
  }),
  'events/EventDeadLettered': (event) => ({
    words: 'into its dead-letter queue',
    tone: 'bad',
    after: 'passed',
    place: busRule(event),
    to: placeOfEndpoint(textOf(event.fields, 'queue')),
  }),
  'events/EventLost': (event) => ({
    words: 'lost: no dead-letter queue keeps it',
    detail: textOf(event.fields, 'reason'),
    tone: 'bad',
    after: 'lost',
    place: busRule(event),
  }),
  'iot/MessagePublished': (event) => ({
    words: `published to ${textOf(event.fields, 'topic')}`,
    detail: rulesThatTakeIt(event),
    after: numberOf(event.fields, 'rules') === 0 ? 'lost' : 'passed',
    ...(numberOf(event.fields, 'rules') === 0 && { tone: 'quiet' as const }),
    place: BROKER,
    from: event.by,
    to: BROKER,
  }),
  'iot/RuleMatched': (event) => ({
    words: 'its SQL lets it through: taken',
    place: BROKER,
    to: topicRule(event),
  }),
  'iot/ActionDone': (event) => ({
    words:
      event.fields.isErrorAction === true
        ? 'its error action is done'
        : `its ${textOf(event.fields, 'action')} action is done`,
    tone: event.fields.isErrorAction === true ? 'watch' : 'good',
    after: 'passed',
    place: topicRule(event),
    to: placeOfAction(event),
  }),
  'iot/ActionFailed': (event) => ({
    ...refusal(event, textOf(event.fields, 'action')),
    tone: event.fields.again === true ? 'watch' : 'bad',
    place: topicRule(event),
  }),
  'iot/MessageLost': (event) => ({
    words: 'lost: no error action takes it',
    detail: textOf(event.fields, 'reason'),
    tone: 'bad',
    after: 'lost',
    place: topicRule(event),
  }),
};
