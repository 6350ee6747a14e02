/**
 * Endpoints outside AWS as simulated things: an HTTP endpoint that answers well or badly, a mailbox, a phone, a device.
 * What arrives stays to be read. An HTTP address that nobody keeps refuses its connection; a mail or a text message
 * reaches its address whether somebody opened that box or not.
 */
import type { EndpointAnswer, EndpointDelivery } from '../../contract/endpoint.ts';
import { faultOn } from '../../contract/faults.ts';
import type { ResourceView } from '../../contract/view.ts';
import type { CallId, Context, Outcome } from '../../engine/service.ts';
import { type Instant, type Milliseconds, milliseconds } from '../../engine/units.ts';
import type { AppsState, Given } from './model.ts';
import { sentOutside } from './outside.ts';
import { countIn, perSecond, type RateRing, rateRing } from './rings.ts';

export const ENDPOINT_KINDS = ['http', 'mailbox', 'phone', 'mobile'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

export interface EndpointSettings {
  readonly kind: EndpointKind;
  readonly address: string;
  /** An HTTP status; 0: it refuses the connection, -1: it hangs. */
  readonly status: number;
  readonly latency: Milliseconds;
  /** It agrees by itself to every subscription that asks. */
  readonly confirms: boolean;
  /** It is a real one, on this machine. */
  readonly real?: true;
}

/** What arrived. Frozen. */
export interface Arrival {
  readonly at: Instant;
  readonly delivery: EndpointDelivery;
  /** As it was answered; -1: it was not. */
  readonly status: number;
}

export interface Endpoint {
  readonly name: string;
  readonly life: number;
  readonly created: Instant;
  given: Given;
  settings: EndpointSettings;
  /** Attempts that reached it, and of these those that it took. */
  arrived: number;
  accepted: number;
  /** The newest ones, oldest first. */
  arrivals: Arrival[];
  readonly flow: RateRing;
  readonly refusals: RateRing;
}

const KEPT = 100;
const OK = 200;
const REFUSED = 0;
export const HANGS = -1;

export const newEndpoint = (
  name: string,
  life: number,
  given: Given,
  settings: EndpointSettings,
  created: Instant,
): Endpoint => ({
  name,
  life,
  created,
  given,
  settings,
  arrived: 0,
  accepted: 0,
  arrivals: [],
  flow: rateRing(),
  refusals: rateRing(),
});

/** An HTTP endpoint answers for its address and all below it. */
function endpointFor(state: AppsState, { protocol, address }: EndpointDelivery): Endpoint | undefined {
  const web = protocol === 'http' || protocol === 'https';
  let best: Endpoint | undefined;
  for (const endpoint of state.endpoints.values()) {
    const own = endpoint.settings.address;
    if (endpoint.settings.real) continue;
    const fits = own === address || (web && address.startsWith(`${own.replace(/\/$/u, '')}/`));
    if (fits && (best === undefined || own.length > best.settings.address.length)) best = endpoint;
  }
  return best;
}

/** A box that fills although nobody opened it. */
function boxFor(context: Context<AppsState>, { protocol, address }: EndpointDelivery): Endpoint | undefined {
  const { state, now } = context;
  if (protocol === 'http' || protocol === 'https') return undefined;
  const kind = protocol === 'sms' ? 'phone' : protocol === 'application' ? 'mobile' : 'mailbox';
  const settings = Object.freeze({ kind, address, status: OK, latency: milliseconds(0), confirms: false });
  const box = newEndpoint(address, state.nextLife++, Object.freeze({ name: address }), settings, now);
  state.endpoints.set(address, box);
  return box;
}

/** Something comes from SNS, or from another service that delivers outside AWS. */
export function deliveryArrived(context: Context<AppsState>, from: string, delivery: EndpointDelivery): void {
  const { state, now } = context;
  const made = endpointFor(state, delivery);
  if (made === undefined && sentOutside(context, from, delivery)) return;
  const endpoint = made ?? boxFor(context, delivery);
  if (endpoint === undefined) {
    answer(context, from, { delivery: delivery.delivery, status: REFUSED, latency: milliseconds(1) });
    return;
  }
  const { status, latency } = answerNow(context, endpoint);
  const good = status >= OK && status < 400;
  if (status !== REFUSED) {
    endpoint.arrived++;
    endpoint.arrivals = [...endpoint.arrivals.slice(1 - KEPT), Object.freeze({ at: now, delivery, status })];
  }
  if (good) endpoint.accepted++;
  countIn(good ? endpoint.flow : endpoint.refusals, now, 1);
  if (good && endpoint.settings.confirms && delivery.confirmation !== undefined) {
    visit(context, endpoint, delivery.confirmation, 0);
  }
  const resource = `endpoint/${endpoint.name}`;
  if (status !== HANGS) answer(context, from, { delivery: delivery.delivery, status, latency, resource });
}

/** As it is set, or as a fault has it. */
function answerNow(
  context: Context<AppsState>,
  { name, settings }: Endpoint,
): Pick<EndpointSettings, 'status' | 'latency'> {
  const on = `endpoint/${name}`;
  const holds = (kind: 'crash' | 'refuse' | 'slow') => {
    const fault = faultOn(context, on, kind);
    if (fault === undefined) return undefined;
    const { numerator, denominator } = fault.chance;
    return context.random('faults of endpoints').chance(numerator, denominator) ? fault : undefined;
  };
  if (holds('crash') !== undefined) return { status: REFUSED, latency: milliseconds(1) };
  const slow = holds('slow');
  const latency = slow === undefined ? settings.latency : milliseconds(settings.latency * slow.times);
  return { status: holds('refuse') === undefined ? settings.status : 503, latency };
}

export const answer = (context: Context<AppsState>, to: string, facts: Omit<EndpointAnswer, 'type'>): void =>
  context.deliver({ to, from: 'app', payload: Object.freeze({ type: 'endpoint/Answer', ...facts }) });

/** Comes back with the answer to a visit; `call` is 0 when nobody waits for it. */
export interface VisitToken {
  readonly type: 'visit';
  readonly call: number;
}

/** Opens the URL with which an endpoint agrees to a subscription. */
export function visit(
  context: Context<AppsState>,
  endpoint: Endpoint,
  confirmation: NonNullable<EndpointDelivery['confirmation']>,
  call: number,
): void {
  const account = confirmation.TopicArn.split(':')[4] ?? '';
  const token: VisitToken = { type: 'visit', call };
  context.request(
    {
      service: 'sns',
      operation: 'ConfirmSubscription',
      input: { ...confirmation },
      caller: { by: endpoint.name, account, profile: 'default', secure: true },
    },
    token,
  );
}

/** Whoever opened the link gets the answer of SNS. */
export function visitAnswered(context: Context<AppsState>, { call }: VisitToken, outcome: Outcome): void {
  if (call !== 0) context.complete(call as CallId, outcome);
}

/** The vocabulary of conditions: `endpoint/NAME`. */
export function endpointFigures(endpoint: Endpoint): Readonly<Record<string, unknown>> {
  const { settings, arrived, accepted, arrivals, created } = endpoint;
  const newest = arrivals.at(-1);
  return {
    kind: settings.kind,
    address: settings.address,
    answers: answersText(settings.status),
    arrived,
    accepted,
    confirmations: arrivals.filter(({ delivery }) => delivery.confirmation !== undefined).length,
    ...(newest !== undefined && { newest: arrivalShown(newest) }),
    createdAtMs: created,
  };
}

const answersText = (status: number): string =>
  status === HANGS ? 'hang' : status === REFUSED ? 'refuse' : String(status);

export const arrivalShown = ({ at, status, delivery }: Arrival): Readonly<Record<string, unknown>> => {
  const { protocol, address, subject, body, attempt, headers } = delivery;
  return {
    atMs: at,
    protocol,
    address,
    ...(subject !== undefined && { subject }),
    body,
    attempt,
    answered: answersText(status),
    ...(Object.keys(headers).length > 0 && { headers: { ...headers } }),
  };
};

const TITLES: Readonly<Record<EndpointKind, string>> = {
  http: 'web hook',
  mailbox: 'mailbox',
  phone: 'phone',
  mobile: 'device',
};

export function endpointView(endpoint: Endpoint, now: Instant): ResourceView {
  const { name, life, settings, created, arrived } = endpoint;
  const { kind, status, latency } = settings;
  return {
    id: `endpoint/${name}`,
    kind: 'endpoint',
    name,
    title: TITLES[kind],
    role: 'sink',
    order: life,
    fields: endpointFigures(endpoint),
    rates: {
      in: perSecond(endpoint.flow, now, created),
      out: 0,
      refused: perSecond(endpoint.refusals, now, created),
    },
    links: [],
    notes: [
      `${arrived} arrived`,
      ...(settings.real ? ['this machine'] : []),
      ...(kind === 'http' && status !== OK ? [`answers ${answersText(status)}`] : []),
      ...(latency > 1_000 ? [`after ${latency / 1000} s`] : []),
    ],
  };
}
