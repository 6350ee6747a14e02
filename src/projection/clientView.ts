/** A real client as the stage and the lists show it: like an app, under its own name. */
import type { LinkView, ResourceId, ResourceView } from '../contract/view.ts';
import type { Request } from '../engine/service.ts';
import type { Instant } from '../engine/units.ts';
import type { Traffic } from './clientTraffic.ts';

export interface ClientCall {
  readonly request: Request;
  readonly since: Instant;
  readonly about: ResourceId | undefined;
}

export interface ClientShown {
  readonly name: string;
  /** Undefined: nothing of it was answered yet. */
  readonly traffic: Traffic | undefined;
  readonly waiting: readonly ClientCall[];
  readonly held: readonly (ClientCall & { readonly number: number })[];
  /** What it sends is held from now on. */
  readonly holds: boolean;
  readonly order: number;
  readonly now: Instant;
  /** What there is: a wire to what is gone is not drawn. */
  readonly known: ReadonlySet<ResourceId>;
}

/** Who has not called for so long leaves the stage; the list still has it. */
const STAYS_MS = 600_000;
/** Behind everything that the world has made. */
const ORDER = 1_000_000_000;
const HELD_SHOWN = 5;

export function clientView(shown: ClientShown): ResourceView {
  const { name, traffic, waiting, held, now, order } = shown;
  const links = linksOf(shown);
  const takesOnly = links.length > 0 && links.every(({ type }) => type === 'poll');
  const last = traffic?.last ?? held[0]?.since ?? waiting[0]?.since ?? now;
  const busy = waiting.length > 0 || held.length > 0;
  const since = traffic?.first ?? now;
  return {
    id: `client/${name}`,
    kind: 'client',
    name,
    title: 'client',
    role: takesOnly ? 'sink' : 'source',
    order: ORDER + order,
    fields: {
      calls: traffic?.calls ?? 0,
      sent: traffic?.sent ?? 0,
      received: traffic?.received ?? 0,
      refused: traffic?.refusals ?? 0,
      waiting: waiting.length,
      held: held.length,
      ...(traffic !== undefined && { account: traffic.account }),
      lastCallAt: last,
      ...Object.fromEntries(held.slice(0, HELD_SHOWN).map((call) => [`held ${call.number}`, callText(call)])),
    },
    rates: {
      in: traffic?.in.perSecond(now, since) ?? 0,
      out: traffic?.out.perSecond(now, since) ?? 0,
      refused: traffic?.refused.perSecond(now, since) ?? 0,
    },
    links,
    notes: [noteOf(shown)],
    ...(!busy && now - last > STAYS_MS && { offStage: true as const }),
  };
}

function linksOf({ traffic, waiting, held, known, now }: ClientShown): LinkView[] {
  const links = new Map<string, LinkView>();
  for (const [key, { to, type, moved, refused }] of traffic?.wires ?? []) {
    if (!known.has(to)) continue;
    const since = traffic!.first;
    links.set(key, {
      to,
      type,
      perSecond: moved.perSecond(now, since),
      refusedPerSecond: refused.perSecond(now, since),
    });
  }
  for (const { about, request } of [...waiting, ...held]) {
    if (about === undefined || !known.has(about)) continue;
    const type = request.operation === 'ReceiveMessage' ? 'poll' : 'send';
    const key = `${type} ${about}`;
    if (!links.has(key)) links.set(key, { to: about, type, perSecond: 0, refusedPerSecond: 0 });
  }
  return [...links.values()];
}

/** One line under its name: what is out of the ordinary first. Always one, so that the stage need not move. */
function noteOf({ traffic, waiting, held, holds, now }: ClientShown): string {
  if (held.length > 0) return `${held.length} held`;
  if (holds) return 'is held';
  const rate = traffic?.lately.perSecond(now, traffic.first) ?? 0;
  if (rate >= 1) return `${calls(Math.round(rate))}/s`;
  if (waiting.length > 0) return waiting.length === 1 ? 'waits' : `${waiting.length} wait`;
  if (rate > 0) return `${calls(Math.max(1, Math.round(rate * 60)))}/min`;
  return 'quiet';
}

const calls = (count: number): string => (count === 1 ? '1 call' : `${count} calls`);

const TEXT_MAX = 160;

/** A call in a line: `SendMessage {"QueueUrl":…}`. */
export function callText({ request }: Pick<ClientCall, 'request'>): string {
  const text = `${request.operation} ${inputText(request.input)}`;
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

/** As JSON; bytes as their number. */
export const inputText = (input: object, indent = 0): string =>
  JSON.stringify(
    input,
    (_name, value: unknown) => (value instanceof Uint8Array ? `(${value.length} bytes)` : value),
    indent,
  );
