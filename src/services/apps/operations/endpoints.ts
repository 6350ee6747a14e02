/** `app create-endpoint`, `app read`, `app visit` and `app reply`. */
import type { PhoneReply } from '../../../contract/endpoint.ts';
import { ServiceError } from '../../../contract/errors.ts';
import type { MemberRule, Operation } from '../../../contract/operation.ts';
import type { Member, Shape } from '../../../contract/shape.ts';
import { type Context, PARKED } from '../../../engine/service.ts';
import {
  arrivalShown,
  ENDPOINT_KINDS,
  type Endpoint,
  type EndpointKind,
  type EndpointSettings,
  HANGS,
  newEndpoint,
  visit,
} from '../endpoints.ts';
import { appExists, databaseExists, invalidValue } from '../errors.ts';
import type { AppsState, Given } from '../model.ts';
import { readDuration, readName } from '../values.ts';
import { NAME_RULE, NOTHING, structure } from './shapes.ts';

const STRING: Shape = { type: 'string' };
const member = (name: string, shape: Shape = STRING, required = false): Member => ({
  name,
  shape: () => shape,
  required,
});

export const ENDPOINT_MEMBERS: readonly Member[] = [
  member('kind', { type: 'string', values: ENDPOINT_KINDS }),
  member('address'),
  member('answers'),
  member('latency'),
  member('confirms', { type: 'boolean' }),
];

export const ENDPOINT_RULES: Readonly<Record<string, MemberRule>> = {
  kind: { purpose: 'what it is', values: ENDPOINT_KINDS, default: 'http' },
  address: { purpose: 'its URL, e-mail address, number or token; left out: from its name' },
  answers: { purpose: 'how an http endpoint answers: 200, 500, hang, refuse', default: '200' },
  latency: { purpose: 'how long it takes to answer: 50ms', default: '50ms' },
  confirms: { purpose: 'agree by itself to every subscription that asks', default: false },
};

const EXISTING: MemberRule = { purpose: 'the endpoint, by name or address', refersTo: 'app' };

/** What is typed, read. A settings' kind and address stay as they were made. */
function endpointSettings(given: Given): EndpointSettings {
  const kind = String(given.kind ?? 'http');
  if (!ENDPOINT_KINDS.includes(kind as EndpointKind)) {
    throw invalidValue('kind', kind, `one of ${ENDPOINT_KINDS.join(', ')}`);
  }
  return Object.freeze({
    kind: kind as EndpointKind,
    address: String(given.address ?? addressOf(kind as EndpointKind, String(given.name))),
    status: readAnswers(String(given.answers ?? '200')),
    latency: readDuration('latency', String(given.latency ?? '50ms')),
    confirms: given.confirms === true,
  });
}

function addressOf(kind: EndpointKind, name: string): string {
  switch (kind) {
    case 'http':
      return `https://${name}.example.com`;
    case 'mailbox':
      return `${name}@example.com`;
    case 'mobile':
      return name;
    case 'phone':
      throw invalidValue('address', '', 'a phone needs its number: --address +15550100');
  }
}

function readAnswers(text: string): number {
  if (text === 'hang') return HANGS;
  if (text === 'refuse') return 0;
  const status = Number(text);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw invalidValue('answers', text, 'an HTTP status like 200, 404 or 500, or hang, or refuse');
}

export const createEndpoint: Operation<AppsState, Given & { readonly name: string }> = {
  name: 'CreateEndpoint',
  service: 'app',
  input: structure('CreateEndpointRequest', [member('name', STRING, true), ...ENDPOINT_MEMBERS]),
  output: NOTHING('CreateEndpoint'),
  summary: 'Makes an endpoint outside AWS: a web hook, a mailbox, a phone or a device.',
  members: { name: NAME_RULE, ...ENDPOINT_RULES },
  handle(context, input) {
    const { state, now } = context;
    const name = readName(input.name);
    if (state.apps.has(name) || state.clients.has(name)) throw appExists(name);
    if (state.databases.has(name)) throw databaseExists(name);
    if (state.endpoints.has(name)) throw appExists(name);
    const given = Object.freeze({ ...input });
    const settings = endpointSettings(given);
    const box = state.endpoints.get(settings.address);
    const made = newEndpoint(name, state.nextLife++, given, settings, now);
    // What came before somebody opened the box is in it.
    if (box !== undefined) {
      state.endpoints.delete(settings.address);
      made.arrived = box.arrived;
      made.accepted = box.accepted;
      made.arrivals = box.arrivals;
    }
    state.endpoints.set(name, made);
    return {};
  },
};

/** From now on it behaves otherwise; kind and address stay. */
export function updateEndpoint(endpoint: Endpoint, input: Given): void {
  const given = Object.freeze({ ...endpoint.given, ...input });
  const { kind, address } = endpoint.settings;
  endpoint.settings = Object.freeze({ ...endpointSettings({ ...given, kind, address }), kind, address });
  endpoint.given = given;
}

function endpointAt(context: Context<AppsState>, name: string): Endpoint {
  const { endpoints } = context.state;
  const found =
    endpoints.get(name) ?? [...endpoints.values()].find(({ settings }) => settings.address === name);
  if (found !== undefined) return found;
  throw new ServiceError(
    'AppNotFound',
    `There is no endpoint named ${name}. See app list; app create-endpoint makes one.`,
  );
}

interface Named {
  readonly name: string;
}
const DOCUMENT: Shape = { type: 'document' };

export const readEndpoint: Operation<AppsState, Named & { readonly newest?: number }> = {
  name: 'Read',
  service: 'app',
  input: structure('ReadRequest', [member('name', STRING, true), member('newest', { type: 'integer' })]),
  output: structure('ReadResponse', [member('arrivals', { type: 'list', member: DOCUMENT })]),
  summary: 'Shows what arrived at an endpoint, the newest first.',
  members: {
    name: EXISTING,
    newest: { purpose: 'how many at most', min: 1, max: 100, default: 10, unit: 'messages' },
  },
  handle(context, { name, newest = 10 }) {
    const { arrivals } = endpointAt(context, name);
    if (!(newest >= 1 && newest <= 100)) throw invalidValue('newest', newest, 'from 1 to 100');
    return { arrivals: arrivals.slice(-newest).reverse().map(arrivalShown) };
  },
};

export const visitEndpoint: Operation<AppsState, Named> = {
  name: 'Visit',
  service: 'app',
  input: structure('VisitRequest', [member('name', STRING, true)]),
  output: structure('VisitResponse', [member('SubscriptionArn')]),
  summary: 'Opens the newest confirmation link that arrived: the endpoint agrees.',
  members: { name: EXISTING },
  handle(context, { name }) {
    const endpoint = endpointAt(context, name);
    const confirmation = endpoint.arrivals.findLast(({ delivery }) => delivery.confirmation !== undefined)
      ?.delivery.confirmation;
    if (confirmation === undefined) {
      throw new ServiceError('NothingToConfirm', `No confirmation has arrived at ${name} yet.`, {
        why: 'aws sns subscribe sends one; it takes a moment to arrive.',
      });
    }
    visit(context, endpoint, confirmation, context.call!);
    return PARKED;
  },
};

export const replyFromPhone: Operation<AppsState, Named & { readonly text: string }> = {
  name: 'Reply',
  service: 'app',
  input: structure('ReplyRequest', [member('name', STRING, true), member('text', STRING, true)]),
  output: NOTHING('Reply'),
  summary: 'Answers a text message from a phone; STOP ends them.',
  members: { name: EXISTING, text: { purpose: 'what to answer: STOP' } },
  handle(context, { name, text }) {
    const { settings } = endpointAt(context, name);
    if (settings.kind !== 'phone') throw invalidValue('name', name, 'only a phone can reply');
    const payload: PhoneReply = { type: 'endpoint/PhoneReply', address: settings.address, text };
    context.deliver({ to: 'sns', from: 'app', payload: Object.freeze(payload) });
    return {};
  },
};
