/** RabbitMQ inside a broker. */
import type { Engine } from '../engine.ts';
import { Refused } from '../errors.ts';

const absent = (): Refused =>
  new Refused({ code: 'NotModelled', message: 'not modelled: messages of RabbitMQ', closes: 'connection' });

export const rabbit: Engine = {
  type: 'RABBITMQ',
  protocols: ['amqp-0-9-1'],
  create() {
    throw absent();
  },
  admit() {
    throw absent();
  },
  opened: () => {},
  closed: () => {},
  channelClosed: () => {},
  perform() {
    throw absent();
  },
  due: () => {},
  nodeDown: () => {},
  nodeUp: () => {},
  stopped: () => {},
  started: () => {},
  figures: ({ nodes }) => ({
    ready: 0,
    unacknowledged: 0,
    consumers: 0,
    producers: 0,
    channels: 0,
    queues: 0,
    exchanges: 0,
    topics: 0,
    memoryBytes: 0,
    memoryLimitBytes: 0,
    diskBytes: 0,
    diskLimitBytes: 0,
    blocked: '',
    activeNode: nodes.find(({ up }) => up)?.number,
  }),
  brokerFields: () => ({}),
  views: () => [],
  messages: () => [],
  queueFigures: () => [],
};
