/** Addresses of brokers, by protocol. Amazon MQ Developer Guide, Connecting to a broker. All over TLS. */
import type { BrokerProtocol } from '../../../contract/broker.ts';
import type { Broker, BrokerNode, MqState } from '../model.ts';

const ACTIVEMQ_PORTS: readonly (readonly [BrokerProtocol, scheme: string, port: number])[] = [
  ['openwire', 'ssl', 61_617],
  ['amqp-1-0', 'amqp+ssl', 5_671],
  ['stomp', 'stomp+ssl', 61_614],
  ['mqtt', 'mqtt+ssl', 8_883],
  ['wss', 'wss', 61_619],
];
const RABBITMQ_PORT = 5_671;
const CONSOLE_PORT = 8_162;

export interface InstanceAddresses {
  readonly ConsoleURL: string;
  readonly Endpoints: readonly string[];
  readonly IpAddress?: string;
}

/** One of RabbitMQ, however many nodes; of ActiveMQ one for each instance, `-1` and `-2`. */
export function instancesOf({ region }: MqState, broker: Broker): readonly InstanceAddresses[] {
  const domain = `mq.${region}.amazonaws.com`;
  if (broker.engine === 'RABBITMQ') {
    const host = `${broker.id}.${domain}`;
    return [{ ConsoleURL: `https://${host}`, Endpoints: [`amqps://${host}:${RABBITMQ_PORT}`] }];
  }
  return broker.nodes.map((node: BrokerNode) => {
    const host = `${broker.id}-${node.number}.${domain}`;
    return {
      ConsoleURL: `https://${host}:${CONSOLE_PORT}`,
      Endpoints: ACTIVEMQ_PORTS.map(([, scheme, port]) => `${scheme}://${host}:${port}`),
      IpAddress: node.ipAddress,
    };
  });
}
