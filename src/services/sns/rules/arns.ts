/** From an ARN to what it names, with AWS's order of checks: shape, region, existence. */
import { invalidParameter, notFound, topicNotFound } from '../errors.ts';
import type { SnsState, Subscription, Topic } from '../model.ts';

const ELEMENTS = 6;

/** The elements of an ARN, split at each colon. Refuses a text that has too few. */
export function elementsOf(member: string, text: string): readonly string[] {
  const elements = text.split(':');
  if (elements.length < ELEMENTS) {
    throw invalidParameter(
      `${member} Reason: An ARN must have at least ${ELEMENTS} elements, not ${elements.length}`,
    );
  }
  return elements;
}

/** The ARN of a topic of this region, whether it is there or not. */
export function topicArn(state: SnsState, text: string, member = 'TopicArn'): string {
  const elements = elementsOf(member, text);
  const [arn, , service, region] = elements;
  if (arn !== 'arn' || service !== 'sns' || region !== state.region || elements.length > ELEMENTS) {
    throw invalidParameter(
      member,
      region === state.region
        ? `${text} is no ARN of a topic: arn:aws:sns:REGION:ACCOUNT:NAME.`
        : `The topic is of region ${region}; this is ${state.region}.`,
    );
  }
  return text;
}

export function topicAt(state: SnsState, text: string, member = 'TopicArn'): Topic {
  const topic = state.topics.get(topicArn(state, text, member));
  if (topic === undefined) throw topicNotFound();
  return topic;
}

export const subscriptionOf = (state: SnsState, arn: string): Subscription | undefined => {
  const id = state.subscriptionOfArn.get(arn);
  return id === undefined ? undefined : state.subscriptions.get(id);
};

const PENDING = 'PendingConfirmation';

/** The text of a subscription's ARN, checked. UNSURE: the sentence for the words that stand for no ARN yet. */
export function subscriptionArn(text: string): string {
  if (text === PENDING || text === 'pending confirmation') {
    throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
  }
  const elements = elementsOf('SubscriptionArn', text);
  if (elements.length === ELEMENTS) throw invalidParameter('SubscriptionId', `${text} names a topic.`);
  return text;
}

export function subscriptionAt(state: SnsState, text: string): Subscription {
  const found = subscriptionOf(state, subscriptionArn(text));
  if (found === undefined) throw notFound('Subscription does not exist');
  return found;
}
