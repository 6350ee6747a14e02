/** `app create-client`: an application that speaks a broker's protocol. */
import type { MemberRule, Operation } from '../../../contract/operation.ts';
import type { Member, Shape } from '../../../contract/shape.ts';
import type { Context } from '../../../engine/service.ts';
import { ACKS, CLIENT_PROTOCOLS, type Client, newClient, ROLES } from '../clientModel.ts';
import { clientSettings } from '../clientSettings.ts';
import { changeClient, clientFigures, startClient } from '../clients.ts';
import { appExists, databaseExists } from '../errors.ts';
import type { AppsState, Given } from '../model.ts';
import { begin, PATTERNS } from '../pattern.ts';
import { readName } from '../values.ts';
import { NAME_RULE, NOTHING, structure } from './shapes.ts';

const STRING: Shape = { type: 'string' };
const INTEGER: Shape = { type: 'integer' };
const BOOLEAN: Shape = { type: 'boolean' };
const member = (name: string, shape: Shape = STRING, required = false): Member => ({
  name,
  shape: () => shape,
  required,
});

export const CLIENT_MEMBERS: readonly Member[] = [
  member('broker'),
  member('protocol', { type: 'string', values: Object.keys(CLIENT_PROTOCOLS) }),
  member('role', { type: 'string', values: ROLES }),
  member('destination'),
  member('exchange'),
  member('routingKey'),
  member('user'),
  member('rate'),
  member('pattern', { type: 'string', values: PATTERNS }),
  member('body'),
  member('headers'),
  member('group'),
  member('priority', INTEGER),
  member('ttl'),
  member('qos', INTEGER),
  member('retained', BOOLEAN),
  member('lastWill'),
  member('persistent', BOOLEAN),
  member('durable', BOOLEAN),
  member('clientId'),
  member('selector'),
  member('prefetch', INTEGER),
  member('ack', { type: 'string', values: ACKS }),
  member('time'),
  member('fail'),
  member('failover', BOOLEAN),
  member('reconnect'),
  member('endpoint', INTEGER),
  member('concurrency', INTEGER),
  member('count', INTEGER),
];
const REQUIRED: ReadonlySet<string> = new Set(['broker', 'protocol', 'destination']);

export const CLIENT_RULES: Readonly<Record<string, MemberRule>> = {
  broker: { purpose: 'the broker’s name, or onprem for one in your own data centre' },
  protocol: { purpose: 'what it speaks', values: Object.keys(CLIENT_PROTOCOLS) },
  role: { purpose: 'does it send, take, or both', values: ROLES, default: 'both' },
  destination: {
    purpose: 'in the protocol’s form: queue://orders, /topic/prices, prices/eu, or a queue’s name',
  },
  exchange: { purpose: 'amqp091: send to this exchange, or bind the queue to it' },
  routingKey: { purpose: 'amqp091: the key to send with, or to bind with', default: 'the destination, or #' },
  user: { purpose: 'a user of the broker', default: 'app, or the broker’s first user' },
  rate: { purpose: 'how many messages: 12/s, 300/min', default: '1/s' },
  pattern: { purpose: 'how they are spread', values: PATTERNS, default: 'constant' },
  body: { purpose: 'text of a message; {n} counts', default: 'message {n}' },
  headers: { purpose: 'properties of each message: color=red,price=6' },
  group: { purpose: 'message group (JMSXGroupID), in turn: user-{1..10}' },
  priority: { purpose: 'priority of each message', min: 0, max: 255 },
  ttl: { purpose: 'how long a message may live: 30s' },
  qos: { purpose: 'mqtt: 0 at most once, 1 at least once, 2 exactly once', min: 0, max: 2, default: 0 },
  retained: { purpose: 'mqtt: the broker keeps the newest for those who come later', default: false },
  lastWill: { purpose: 'mqtt: sent when the client is lost: tills/1=offline' },
  persistent: { purpose: 'kept on disk by the broker', default: 'as the protocol has it' },
  durable: { purpose: 'a durable subscription, or an MQTT session that is kept', default: false },
  clientId: { purpose: 'its id at the broker', default: 'its name, where one is needed' },
  selector: { purpose: "take only these: color='red' AND price>5" },
  prefetch: { purpose: 'how many it is handed before it acknowledges', min: 1, max: 65_535 },
  ack: {
    purpose: 'auto, manual (one by one), client (all so far), or never',
    values: ACKS,
    default: 'auto',
  },
  time: { purpose: 'work on one message: 1s, or 2s..8s', default: '100ms' },
  fail: { purpose: 'chance that the work fails: "1 in 20"', default: '0' },
  failover: { purpose: 'connect again by itself', default: 'only amqp091' },
  reconnect: { purpose: 'rest between two tries: 1s', default: '10ms, growing to 30s' },
  endpoint: { purpose: 'without failover: the one address it knows, 1 or 2', min: 1, max: 3 },
  concurrency: { purpose: 'connections', min: 1, max: 2_000, default: 1 },
  count: { purpose: 'stop sending after this many messages', min: 1 },
};

interface CreateInput {
  readonly name: string;
  readonly stopped?: boolean;
}

export const createClient: Operation<AppsState, CreateInput> = {
  name: 'CreateClient',
  service: 'app',
  input: structure('CreateClientRequest', [
    member('name', STRING, true),
    ...CLIENT_MEMBERS.map((one) => ({ ...one, required: REQUIRED.has(one.name) })),
    member('stopped', BOOLEAN),
  ]),
  output: NOTHING('CreateClient'),
  summary: 'Makes an application that speaks AMQP, MQTT, STOMP or OpenWire to a broker.',
  members: { name: NAME_RULE, ...CLIENT_RULES, stopped: { purpose: 'wait for app start' } },
  handle(context, { stopped, ...typed }) {
    const { state, now } = context;
    const name = readName(typed.name);
    if (state.apps.has(name) || state.endpoints.has(name) || state.clients.has(name)) throw appExists(name);
    if (state.databases.has(name)) throw databaseExists(name);
    const given: Given = Object.freeze({ ...typed });
    const settings = clientSettings(given);
    const progress = begin(settings.rate, settings.pattern, now, context.random(`client/${name}`));
    const app = newClient(name, state.nextLife++, given, settings, progress, now);
    state.clients.set(name, app);
    if (stopped !== true) startClient(context, app);
    return {};
  },
};

export function updateClient(context: Context<AppsState>, app: Client, input: Given): void {
  const given = Object.freeze({ ...app.given, ...input });
  changeClient(context, app, given, clientSettings(given));
}

export const clientSummary = ({ name, running, settings }: Client): object => ({
  name,
  kind: 'client',
  running,
  ...(settings.role === 'consumer' ? { from: targetOf(settings) } : { to: targetOf(settings) }),
});

const targetOf = ({ broker, destination }: Client['settings']): string => `broker/${broker} ${destination}`;

export function clientDescribed(app: Client, now: Context<AppsState>['now']): object {
  const { name: _name, ...settings } = app.given;
  const { refusal } = app;
  return {
    ...clientSummary(app),
    settings,
    figures: clientFigures(app, now),
    ...(refusal && {
      lastRefusal: { operation: refusal.operation, code: refusal.code, message: refusal.message },
    }),
  };
}
