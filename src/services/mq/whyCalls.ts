/** Explains answers to `broker` commands: refused logins and rights, no node, unroutable, turned away at a limit. */
import { helps, helpsNot, mayHelp, type Why, type WhyQuestion, worded } from '../../contract/why.ts';
import type { Refusal } from '../../engine/service.ts';
import { activeOf } from './activemq/why.ts';
import { engineOf } from './engines.ts';
import type { ClientEvent } from './events.ts';
import type { Broker } from './model.ts';
import { runtimeOf } from './rabbit/runtime.ts';
import { atLimit, queueNamed, withoutLeader } from './rabbit/why.ts';
import { aboutBlocked, SERVERS, unreachable } from './whyBroker.ts';
import { type About, type Ground, rule } from './whyParts.ts';

type Call = Extract<WhyQuestion, { readonly type: 'call' }>;

interface Given {
  readonly broker?: string;
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly destination?: string;
  readonly queue?: string;
  readonly user?: string;
}

const WORDS: Readonly<Record<string, string>> = { Publish: 'publish', Get: 'get', Subscribe: 'subscription' };

/** Of the `broker` commands; undefined: it says enough itself. */
export function whyCall(
  ground: Ground,
  { request, outcome }: Call,
  broker: Broker | undefined,
): Why | undefined {
  if (request.service !== 'broker') return undefined;
  const given = request.input as Given;
  const about = outcome.ok
    ? request.operation === 'Publish'
      ? aboutPublish(ground, given, outcome.output as { readonly confirmed?: boolean }, broker)
      : undefined
    : aboutRefusal(ground, given, outcome.refusal, broker);
  if (about === undefined) return undefined;
  const word = WORDS[request.operation] ?? request.operation.toLowerCase();
  const to =
    given.exchange ?? given.destination ?? given.queue ?? (word === 'publish' ? 'the default exchange' : '');
  return {
    title: `your ${word}${to === '' ? '' : ` ${word === 'get' ? 'from' : 'to'} ${to}`}`,
    at: ground.now,
    ...about,
  };
}

const LOGIN = rule(
  'login',
  'A broker has users of its own: IAM has no say inside it.',
  'Amazon MQ Developer Guide, Managing broker users',
);
const RIGHTS = rule(
  'rights',
  'RabbitMQ asks the user’s patterns (configure, write, read); ActiveMQ the authorization map of its configuration.',
  'RabbitMQ, Access Control; Amazon MQ Developer Guide, Messaging authentication',
);

const usersOf = (broker: Broker): string => {
  const users = broker.runtime?.type === 'RABBITMQ' ? runtimeOf(broker).users : broker.users;
  return [...users.keys()].slice(0, 5).join(', ');
};

function aboutRefusal(
  { lately, now }: Ground,
  given: Given,
  { code, message, why }: Refusal,
  broker: Broker | undefined,
): About | undefined {
  const active = broker && activeOf(broker);
  if (code === 'ConnectionRefused') return broker === undefined ? noBroker(given) : unreachable(broker, now);
  if (broker === undefined) return undefined;
  if (code === 'Timeout' && engineOf(broker).figures(broker, now).blocked !== '')
    return aboutBlocked(broker, now);
  const [, full] = /^Usage Manager .* prevent flooding (\S+)\.$/u.exec(message) ?? [];
  if (full !== undefined) return aboutBlocked(broker, now, full);
  const stopped = withoutLeaderOf(broker, given);
  if (stopped !== undefined) return stopped;
  const last = lately(20).find(({ event }) => event.type === 'mq/Refused')?.event as ClientEvent | undefined;
  const user = last?.user ?? given.user ?? '';
  if (/login was refused|user name \[.*\] or password|CONNACK 5/iu.test(`${code} ${message}`)) {
    return {
      answer: `${broker.name} does not let ${user} in. ${why ?? ''}`.trim(),
      rule: LOGIN,
      values: [
        { label: 'user', is: worded(user) },
        { label: 'users of the broker', is: worded(usersOf(broker)) },
      ],
      changes: { by: 'act', into: 'the right user and password' },
      remedies: [
        helps('another user', `aws mq describe-broker --broker-id ${broker.id} --query Users`),
        helpsNot('a policy of IAM: it is about the control API only'),
      ],
    };
  }
  if (!/not authorized|access to .* refused/iu.test(message)) return undefined;
  return {
    answer: `${user} may not do that here. ${why ?? ''}`.trim(),
    rule: RIGHTS,
    values: [
      { label: 'user', is: worded(user) },
      { label: 'refused', is: worded(message) },
    ],
    changes: { by: 'act', into: 'the right must be given' },
    remedies: [
      active === undefined
        ? helps('give the right', `broker set-permissions --broker ${broker.name} help`)
        : helps('an entry in the authorization map, and a reboot'),
      helpsNot('a policy of IAM: it is about the control API only'),
    ],
  };
}

function noBroker({ broker = '' }: Given): About {
  return {
    answer: `There is no broker ${broker} in this account.`,
    rule: SERVERS,
    values: [{ label: 'broker', is: worded(broker) }],
    changes: { by: 'act', into: 'the broker must be made, which takes about 15 minutes' },
    remedies: [
      helps('its name as it is', 'aws mq list-brokers'),
      helpsNot('the command again: nothing listens under that name'),
    ],
  };
}

/** A queue of RabbitMQ that the command names and that has no leader now. */
function withoutLeaderOf(
  broker: Broker,
  { exchange, queue, destination, routingKey }: Given,
): About | undefined {
  if (broker.runtime?.type !== 'RABBITMQ' || exchange !== undefined) return undefined;
  const found = queueNamed(broker, queue ?? destination ?? routingKey ?? '');
  return found?.leader === 0 ? withoutLeader(broker, found) : undefined;
}

function aboutPublish(
  ground: Ground,
  given: Given,
  { confirmed }: { readonly confirmed?: boolean },
  broker: Broker | undefined,
): About | undefined {
  if (confirmed === false && broker?.runtime?.type === 'RABBITMQ') return turnedAway(broker, given);
  const gone = ground
    .lately(20)
    .find(({ event }) => event.type === 'mq/MessageDropped' || event.type === 'mq/MessageReturned');
  const facts = gone?.event as { reason?: string; routingKey?: string; by?: string } | undefined;
  if (facts?.reason !== 'unroutable') return undefined;
  const { exchange = '', broker: name = '' } = given;
  return {
    answer: 'No queue is bound for this key, so no queue has the message.',
    rule: rule(
      'unroutable',
      'An exchange keeps nothing: what no binding takes is dropped, or given back when it was mandatory.',
      'RabbitMQ, Publishers',
    ),
    values: [{ label: 'routing key', is: worded(facts.routingKey ?? '') }],
    changes: { by: 'act', into: 'a binding that takes the key' },
    remedies: [
      exchange === ''
        ? helps(
            'make the queue',
            `broker declare-queue --broker ${name} --queue ${facts.routingKey ?? 'NAME'}`,
          )
        : helps(
            'bind a queue',
            `broker bind --broker ${name} --exchange ${exchange} --queue NAME --routing-key '#'`,
          ),
      mayHelp('publish with --mandatory, to be told'),
      mayHelp('give the exchange an alternate-exchange'),
    ],
  };
}

/** A confirm that says no: the queue that was full, or had no leader. */
function turnedAway(broker: Broker, given: Given): About | undefined {
  const key = given.destination ?? given.routingKey ?? '';
  const direct = given.exchange === undefined ? queueNamed(broker, key) : undefined;
  const all = [...runtimeOf(broker).virtualHosts.values()].flatMap(({ queues }) => [...queues.values()]);
  const full = (direct === undefined ? all : [direct]).find(({ counters }) => counters.rejected > 0);
  if (full !== undefined) {
    const about = atLimit(broker, full);
    return { ...about, answer: `${full.name} turned it away. ${about.answer}` };
  }
  return direct?.leader === 0 ? withoutLeader(broker, direct) : undefined;
}
