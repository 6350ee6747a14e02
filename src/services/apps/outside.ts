/**
 * Deliveries that leave the world: what goes to an address on this machine is really sent, if the world was told so,
 * and the answer comes back as a command, which is journalled like any other. A replay then needs nobody outside.
 */
import type { EndpointDelivery, OutsideDelivery } from '../../contract/endpoint.ts';
import { ServiceError } from '../../contract/errors.ts';
import type { Context } from '../../engine/service.ts';
import { OUTSIDE } from '../../engine/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { answer, type Endpoint, newEndpoint } from './endpoints.ts';
import type { AppsState } from './model.ts';
import { countIn } from './rings.ts';

/** Of what is on its way: who delivers, and what. */
interface Awaited {
  readonly from: string;
  readonly delivery: EndpointDelivery;
}

/** By who delivers and its number. */
export interface Outside {
  readonly to: 'loopback';
  readonly awaited: Map<string, Awaited>;
}

/** Who is never answered is forgotten, the oldest first. */
const AWAITED_MAX = 10_000;

/** `localhost`, a name below it, 127.0.0.0/8, `::1`. What such a name means is looked at again before it is called. */
const THIS_MACHINE =
  /^https?:\/\/(?:[^/?#@]*@)?(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:[/?#]|$)/iu;

/** True: it has left, and its answer comes by `app answer-delivery`. */
export function sentOutside(context: Context<AppsState>, from: string, delivery: EndpointDelivery): boolean {
  const { outside } = context.state;
  if (outside === undefined || !THIS_MACHINE.test(delivery.address)) return false;
  const { awaited } = outside;
  if (awaited.size >= AWAITED_MAX) awaited.delete(awaited.keys().next().value!);
  awaited.set(keyOf(from, delivery.delivery), Object.freeze({ from, delivery }));
  const payload: OutsideDelivery = Object.freeze({ type: 'endpoint/Outside', from, delivery });
  context.deliver({ to: OUTSIDE, from: 'app', payload });
  return true;
}

const keyOf = (from: string, delivery: number): string => `${from} ${delivery}`;

/** The answer of a real endpoint: an HTTP status, or 0 where no connection was made. */
export function answeredOutside(
  context: Context<AppsState>,
  {
    from,
    delivery: number,
    status,
  }: { readonly from: string; readonly delivery: number; readonly status: number },
): void {
  const { state, now } = context;
  const known = state.outside?.awaited.get(keyOf(from, number));
  if (known === undefined) {
    throw new ServiceError('NotAwaited', `No delivery ${number} of ${from} is on its way to this machine.`);
  }
  state.outside!.awaited.delete(keyOf(from, number));
  const endpoint = hookAt(context, known.delivery);
  const good = status >= 200 && status < 400;
  if (status !== 0) {
    endpoint.arrived++;
    const arrival = Object.freeze({ at: now, delivery: known.delivery, status });
    endpoint.arrivals = [...endpoint.arrivals.slice(1 - KEPT), arrival];
  }
  if (good) endpoint.accepted++;
  countIn(good ? endpoint.flow : endpoint.refusals, now, 1);
  const resource = `endpoint/${endpoint.name}`;
  answer(context, from, { delivery: number, status, latency: milliseconds(0), resource });
}
const KEPT = 100;

/** The real endpoint as the stage shows it: under its address. */
function hookAt({ state, now }: Context<AppsState>, { address }: EndpointDelivery): Endpoint {
  let hook = state.endpoints.get(address);
  if (hook === undefined) {
    const settings = Object.freeze({
      kind: 'http' as const,
      address,
      status: 200,
      latency: milliseconds(0),
      confirms: false,
      real: true as const,
    });
    hook = newEndpoint(address, state.nextLife++, Object.freeze({ name: address }), settings, now);
    state.endpoints.set(address, hook);
  }
  return hook;
}
