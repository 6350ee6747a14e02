/** What goes over the wire, in each protocol's own words: the frames and packets of one exchange. */
import type { BrokerProtocol } from '../../contract/broker.ts';

export type Exchange = 'connect' | 'subscribe' | 'publish' | 'confirm' | 'deliver' | 'ack' | 'nack' | 'close';

const STOMP: Readonly<Record<Exchange, readonly string[]>> = {
  connect: ['CONNECT', 'CONNECTED'],
  subscribe: ['SUBSCRIBE'],
  publish: ['SEND'],
  confirm: ['RECEIPT'],
  deliver: ['MESSAGE'],
  ack: ['ACK'],
  nack: ['NACK'],
  close: ['DISCONNECT'],
};

const WORDS: Readonly<Record<BrokerProtocol, Readonly<Record<Exchange, readonly string[]>>>> = {
  'amqp-0-9-1': {
    connect: ['connection.open', 'channel.open'],
    subscribe: ['basic.qos', 'basic.consume'],
    publish: ['basic.publish'],
    confirm: ['basic.ack (confirm)'],
    deliver: ['basic.deliver'],
    ack: ['basic.ack'],
    nack: ['basic.nack'],
    close: ['connection.close'],
  },
  'amqp-1-0': {
    connect: ['open', 'begin'],
    subscribe: ['attach', 'flow'],
    publish: ['transfer'],
    confirm: ['disposition (accepted)'],
    deliver: ['transfer'],
    ack: ['disposition (accepted)'],
    nack: ['disposition (modified)'],
    close: ['close'],
  },
  openwire: {
    connect: ['ConnectionInfo', 'SessionInfo'],
    subscribe: ['ConsumerInfo'],
    publish: ['Message'],
    confirm: ['Response'],
    deliver: ['MessageDispatch'],
    ack: ['MessageAck'],
    nack: ['MessageAck (redelivered)'],
    close: ['ShutdownInfo'],
  },
  stomp: STOMP,
  // WebSocket carries the frames of STOMP.
  wss: STOMP,
  mqtt: {
    connect: ['CONNECT', 'CONNACK'],
    subscribe: ['SUBSCRIBE', 'SUBACK'],
    publish: ['PUBLISH'],
    confirm: [],
    deliver: ['PUBLISH'],
    ack: [],
    nack: [],
    close: ['DISCONNECT'],
  },
};

/** MQTT 4.3: QoS 1 has an acknowledgement, QoS 2 a handshake in four steps, QoS 0 nothing. */
const HANDSHAKE = [[], ['PUBACK'], ['PUBREC', 'PUBREL', 'PUBCOMP']] as const;

function wordsOf(protocol: BrokerProtocol, exchange: Exchange, qos: 0 | 1 | 2): readonly string[] {
  if (protocol === 'mqtt' && (exchange === 'confirm' || exchange === 'ack')) return HANDSHAKE[qos];
  return WORDS[protocol][exchange];
}

export function note(
  frames: Map<string, number>,
  protocol: BrokerProtocol,
  exchange: Exchange,
  qos: 0 | 1 | 2,
): void {
  for (const word of wordsOf(protocol, exchange, qos)) frames.set(word, (frames.get(word) ?? 0) + 1);
}

/** RabbitMQ and STOMP take a message as done when they have sent it; the others when the client says so. */
export const settlesAtOnce = (protocol: BrokerProtocol): boolean =>
  protocol === 'amqp-0-9-1' || protocol === 'stomp' || protocol === 'wss';
