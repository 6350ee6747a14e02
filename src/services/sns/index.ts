/** Amazon SNS: topics and those who listen. Wiring only. */
import { isEndpointAnswer, isPhoneReply } from '../../contract/endpoint.ts';
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { tell } from './events.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import * as permissions from './operations/permissions.ts';
import * as platformApplications from './operations/platformApplications.ts';
import * as platformEndpoints from './operations/platformEndpoints.ts';
import * as publishing from './operations/publishing.ts';
import * as sms from './operations/sms.ts';
import * as subscriptionAttributes from './operations/subscriptionAttributes.ts';
import * as subscriptions from './operations/subscriptions.ts';
import * as tags from './operations/tags.ts';
import * as topics from './operations/topics.ts';
import type { AttemptToken } from './rules/attempt.ts';
import { answered, type DeadLetterToken } from './rules/delivering.ts';
import { answerComes } from './rules/endpointAnswers.ts';
import { phoneReplied } from './rules/optOut.ts';
import { due } from './timers.ts';
import { usage } from './usage.ts';
import { view } from './view.ts';
import { why, wonders } from './why.ts';

/** The SMS sandbox, and numbers that an account sends from. */
const NOT_MODELLED = `
CreateSMSSandboxPhoneNumber DeleteSMSSandboxPhoneNumber GetSMSSandboxAccountStatus ListOriginationNumbers
ListSMSSandboxPhoneNumbers VerifySMSSandboxPhoneNumber`
  .trim()
  .split(/\s+/u);

export const sns = defineService({
  name: 'sns',
  title: 'SNS',
  kind: 'aws',
  summary: 'Topics: one message to many subscribers, to queues, functions, web hooks, mails and phones.',
  operations: [
    ...[topics.createTopic, topics.deleteTopic, topics.listTopics],
    ...[topics.getTopicAttributes, topics.setTopicAttributes],
    ...Object.values(tags),
    ...Object.values(permissions),
    ...[subscriptions.subscribe, subscriptions.confirmSubscription, subscriptions.unsubscribe],
    ...[subscriptions.listSubscriptions, subscriptions.listSubscriptionsByTopic],
    ...Object.values(subscriptionAttributes),
    ...Object.values(publishing),
    ...Object.values(platformApplications),
    ...Object.values(platformEndpoints),
    ...Object.values(sms),
  ],
  notModelled: NOT_MODELLED,
  create: createState,
  due,
  answered: (context, token, outcome) => answered(context, token as AttemptToken | DeadLetterToken, outcome),
  delivered(context, { payload }) {
    if (isEndpointAnswer(payload)) answerComes(context, payload);
    else if (isPhoneReply(payload)) phoneReplied(context, payload);
  },
  latency: (random) => milliseconds(random.integer(4, 14)),
  access,
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  usage,
  tell,
  view,
  why,
  wonders,
});
