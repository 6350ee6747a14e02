/** How ActiveMQ refuses, in the words of the protocol that is spoken. UNSURE: the sentences of MQTT and AMQP. */
import type { BrokerProtocol } from '../../../contract/broker.ts';
import { Refused } from '../errors.ts';
import { shownTo } from './names.ts';

interface Words {
  readonly code: string;
  readonly closes: 'nothing' | 'channel' | 'connection';
}

/** STOMP closes after an ERROR frame; MQTT has no answer to a bad publish but to hang up. */
const inWords = (protocol: BrokerProtocol, jms: string, amqp: string, mqtt: string): Words => {
  if (protocol === 'mqtt') return { code: mqtt, closes: 'connection' };
  if (protocol === 'stomp' || protocol === 'wss') return { code: 'ERROR', closes: 'connection' };
  return protocol === 'amqp-1-0' ? { code: amqp, closes: 'channel' } : { code: jms, closes: 'nothing' };
};

const refused = (words: Words, message: string, why?: string): Refused =>
  new Refused({ ...words, message, ...(why !== undefined && { why }) });

export function badLogin(protocol: BrokerProtocol, user: string): Refused {
  const words = inWords(protocol, 'JMSSecurityException', 'amqp:unauthorized-access', 'CONNACK 5');
  const said =
    protocol === 'mqtt'
      ? 'Connection Refused, not authorized'
      : `User name [${user}] or password is invalid.`;
  return refused(
    { ...words, closes: 'connection' },
    said,
    'Users of the broker sign in here, not IAM users.',
  );
}

export function notAuthorized(
  protocol: BrokerProtocol,
  user: string,
  may: 'write to' | 'read from' | 'create',
  key: string,
): Refused {
  return refused(
    inWords(
      protocol,
      'JMSSecurityException',
      'amqp:unauthorized-access',
      may === 'read from' ? 'SUBACK 0x80' : 'DISCONNECT',
    ),
    `User ${user} is not authorized to ${may}: ${key}`,
    'The authorization map of the broker’s configuration says which groups may.',
  );
}

export const unreachable = (address: string, why: string): Refused =>
  refused({ code: 'ConnectionRefused', closes: 'connection' }, `connection refused: ${address}`, why);

export function tooMany(protocol: BrokerProtocol, most: number): Refused {
  return refused(
    { code: 'ExceededMaximumConnectionsException', closes: 'connection' },
    "Exceeded the maximum number of allowed client connections. See the 'maximumConnections' property on the TCP transport configuration URI in the ActiveMQ configuration file (e.g., activemq.xml)",
    `This instance takes ${most} connections of ${protocol}.`,
  );
}

export function clientIdTaken(clientId: string): Refused {
  return refused(
    { code: 'InvalidClientIDException', closes: 'connection' },
    `Broker: localhost - Client: ${clientId} already connected`,
    'A client id is one connection’s at a time.',
  );
}

export function badDestination(protocol: BrokerProtocol, text: string): Refused {
  const form = protocol === 'mqtt' ? 'prices/eu' : shownTo(protocol, 'queue://orders');
  const words = inWords(protocol, 'InvalidDestinationException', 'amqp:not-found', 'DISCONNECT');
  return refused(
    words,
    `'${text}' is not a valid destination`,
    `In this protocol a destination is written like ${form}.`,
  );
}

export function badSelector(protocol: BrokerProtocol, text: string, why: string): Refused {
  return refused(
    inWords(protocol, 'InvalidSelectorException', 'amqp:invalid-field', 'DISCONNECT'),
    text,
    why,
  );
}

export const badRequest = (protocol: BrokerProtocol, message: string, why?: string): Refused =>
  refused(inWords(protocol, 'JMSException', 'amqp:not-allowed', 'DISCONNECT'), message, why);

export const noRoom = (protocol: BrokerProtocol, message: string): Refused =>
  refused(
    {
      ...inWords(protocol, 'ResourceAllocationException', 'amqp:resource-limit-exceeded', 'DISCONNECT'),
      closes: 'nothing',
    },
    message,
  );

export const notModelled = (what: string): Refused =>
  refused({ code: 'NotModelled', closes: 'nothing' }, `not modelled: ${what}`);
