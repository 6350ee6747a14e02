/** Explains brokers, their queues, topics and messages, their clients, and answers to `broker` commands. */
import type { Why, WhyQuestion } from '../../contract/why.ts';
import { aboutBox, aboutTopic, activeOf } from './activemq/why.ts';
import { messageIn as activeMessage } from './activemq/whyMessage.ts';
import type { Broker, MqState } from './model.ts';
import { aboutQueue, queueNamed } from './rabbit/why.ts';
import { messageIn as rabbitMessage } from './rabbit/whyMessage.ts';
import { whyApp } from './whyApps.ts';
import { whyBroker } from './whyBroker.ts';
import { whyCall } from './whyCalls.ts';
import { type About, type Ground, goneMessage } from './whyParts.ts';

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'message') return whyMessage(ground, question.prefix);
  if (question.type === 'call') {
    const { broker = '' } = question.request.input as { readonly broker?: string };
    return whyCall(ground, question, brokerOf(ground.state, broker));
  }
  const [kind, name = '', ...rest] = question.id.split('/');
  if (kind === 'app') return whyApp(ground, name);
  if (kind !== 'broker' && kind !== 'brokerqueue') return undefined;
  const broker = brokerOf(ground.state, name);
  if (broker === undefined) return undefined;
  return kind === 'broker' ? whyBroker(ground, broker) : whyDestination(ground, broker, rest.join('/'));
}

const brokerOf = ({ brokers }: MqState, name: string): Broker | undefined =>
  [...brokers.values()].find((broker) => broker.name === name || broker.id === name);

/** A queue of either engine, or a topic of ActiveMQ. */
function whyDestination({ now }: Ground, broker: Broker, name: string): Why | undefined {
  const told = (what: string, about: About): Why => ({
    ...about,
    title: `${what} ${name} of ${broker.name}`,
    at: now,
  });
  if (broker.runtime?.type === 'RABBITMQ') {
    const queue = queueNamed(broker, name);
    return queue && told('queue', aboutQueue(broker, queue));
  }
  const active = activeOf(broker);
  const box = active?.boxes.get(`queue://${name}`);
  if (box !== undefined) return told('queue', aboutBox(broker, box, now));
  const topic = active?.topics.get(name);
  return topic && told('topic', aboutTopic(broker, topic, now));
}

function whyMessage(ground: Ground, prefix: string): Why | undefined {
  for (const broker of ground.state.brokers.values()) {
    if (broker.runtime === undefined) continue;
    const find = broker.runtime.type === 'RABBITMQ' ? rabbitMessage : activeMessage;
    const found = find(ground, broker, prefix);
    if (found === undefined) continue;
    const { about, messageId, queue } = found;
    return {
      see: [`brokerqueue/${broker.name}/${queue}`],
      ...about,
      title: `message ${messageId.slice(0, 4)} in ${queue}`,
      at: ground.now,
    };
  }
  return goneMessage(ground, prefix);
}
