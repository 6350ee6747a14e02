/**
 * Who of the real clients does what, told from the answers in the log: nothing of it is part of a world, so that a
 * world runs the same whoever looks. What is counted begins where the log begins.
 */
import { type Arn, parseArn } from '../contract/arn.ts';
import type { LinkView, ResourceId } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { LoggedEvent, Request } from '../engine/service.ts';
import type { Answered, Simulation } from '../engine/simulation.ts';
import type { Instant } from '../engine/units.ts';
import type { Catalog } from './publish.ts';

/** Counts of the last ten seconds of the world. */
class Lately {
  #second = 0;
  readonly #counts = new Array<number>(SECONDS).fill(0);

  count(at: Instant, amount: number): void {
    this.#upTo(Math.floor(at / 1_000));
    this.#counts[this.#second % SECONDS]! += amount;
  }

  /** Per second, over the last ten, or since `since` if that is later (but at least one second). */
  perSecond(now: Instant, since: Instant): number {
    this.#upTo(Math.floor(now / 1_000));
    const sum = this.#counts.reduce((total, count) => total + count, 0);
    const window = Math.max(1_000, Math.min(now - since, SECONDS * 1_000));
    return Math.round((sum * 100_000) / window) / 100;
  }

  #upTo(second: number): void {
    if (second - this.#second >= SECONDS) this.#counts.fill(0);
    else for (let at = this.#second + 1; at <= second; at++) this.#counts[at % SECONDS] = 0;
    this.#second = Math.max(this.#second, second);
  }
}
const SECONDS = 10;

interface Wire {
  readonly to: ResourceId;
  readonly type: LinkView['type'] & ('send' | 'poll');
  readonly moved: Lately;
  readonly refused: Lately;
}

/** What one client has done. */
export interface Traffic {
  readonly name: string;
  readonly first: Instant;
  last: Instant;
  account: string;
  calls: number;
  refusals: number;
  sent: number;
  received: number;
  readonly out: Lately;
  readonly in: Lately;
  readonly refused: Lately;
  readonly lately: Lately;
  /** By kind of wire and resource. */
  readonly wires: Map<string, Wire>;
}

/** A program that gives itself a new name each time does not fill the memory. */
const CLIENTS_MAX = 100;
const WIRES_MAX = 60;

const SENDS = new Set([
  'Invoke',
  'Publish',
  'PublishBatch',
  'PutLogEvents',
  'PutObject',
  'PutRecord',
  'PutRecordBatch',
  'PutRecords',
  'SendMessage',
  'SendMessageBatch',
]);
const TAKES = new Set([
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'DeleteMessage',
  'DeleteMessageBatch',
  'GetObject',
  'GetRecords',
  'ReceiveMessage',
  'SubscribeToShard',
]);
/** Of these, what comes back is counted. */
const BRINGS = new Set(['GetObject', 'GetRecords', 'ReceiveMessage']);

export class ClientTraffic {
  readonly #simulation: Simulation;
  readonly #catalog: Catalog;
  readonly #settings: AwsWorldSettings;
  readonly #known = new Map<string, Traffic>();
  /** The next event to be read. */
  #next = 0;

  constructor(simulation: Simulation, catalog: Catalog, settings: AwsWorldSettings) {
    this.#simulation = simulation;
    this.#catalog = catalog;
    this.#settings = settings;
  }

  /** The world went to another instant: what is known is read again from its log. */
  forget(): void {
    this.#known.clear();
    this.#next = 0;
  }

  /** Up to now, in the order in which they were first seen. */
  upToNow(): readonly Traffic[] {
    const { log } = this.#simulation;
    for (let at = Math.max(this.#next, log.first); at < log.count; at++) {
      const logged = log.at(at);
      if (logged !== undefined && isOfClient(logged)) this.#answered(logged.event, logged.at);
    }
    this.#next = log.count;
    return [...this.#known.values()];
  }

  /** The resource that a call is about; undefined: of none, or of one that cannot be told. */
  resourceOf(request: Request): ResourceId | undefined {
    const entry = this.#catalog.find(({ description }) => description.name === request.service);
    const access = entry?.access?.(this.#simulation.stateOf(request.service), request, this.#settings);
    const resource = access?.needs[0]?.resource;
    const arn = resource === undefined ? undefined : parseArn(resource);
    return arn === undefined ? undefined : this.#idOf(arn);
  }

  #idOf({ service, account, resource }: Arn): ResourceId | undefined {
    const [kind, name] = IDS[service]?.(resource) ?? [];
    if (kind === undefined || name === undefined || name === '' || name === '*') return undefined;
    return account === '' || account === this.#settings.account
      ? `${kind}/${name}`
      : `${kind}/${account}/${name}`;
  }

  #answered({ call, outcome }: Answered, at: Instant): void {
    const traffic = this.#of(call.caller.by, at);
    traffic.last = at;
    traffic.account = call.caller.account;
    traffic.calls++;
    traffic.lately.count(at, 1);
    const sends = SENDS.has(call.operation);
    const lost = outcome.ok ? failedIn(outcome.output) : 1;
    if (lost > 0) {
      traffic.refusals++;
      traffic.refused.count(at, lost);
    }
    if (!sends && !TAKES.has(call.operation)) return;
    const moved = outcome.ok
      ? sends
        ? sentBy(call.input) - lost
        : broughtBy(call.operation, outcome.output)
      : 0;
    if (sends) traffic.sent += moved;
    else traffic.received += moved;
    (sends ? traffic.out : traffic.in).count(at, moved);
    const to = this.resourceOf(call);
    if (to === undefined) return;
    const wire = wireOf(traffic, to, sends ? 'send' : 'poll');
    wire?.moved.count(at, moved);
    wire?.refused.count(at, lost);
  }

  #of(name: string, at: Instant): Traffic {
    let traffic = this.#known.get(name);
    if (traffic !== undefined) return traffic;
    if (this.#known.size >= CLIENTS_MAX) {
      const oldest = [...this.#known.values()].reduce((a, b) => (b.last < a.last ? b : a));
      this.#known.delete(oldest.name);
    }
    const [out, taken, refused, lately] = [new Lately(), new Lately(), new Lately(), new Lately()];
    traffic = {
      name,
      first: at,
      last: at,
      account: '',
      calls: 0,
      refusals: 0,
      sent: 0,
      received: 0,
      out,
      in: taken,
      refused,
      lately,
      wires: new Map(),
    };
    this.#known.set(name, traffic);
    return traffic;
  }
}

/** An answer to a real client. */
export const isOfClient = (logged: LoggedEvent): logged is LoggedEvent & { readonly event: Answered } =>
  logged.event.type === 'api/Answered' && (logged.event as Answered).call.caller.remote === true;

/** How a resource is called in an ARN, and on the screen. */
const IDS: Readonly<Record<string, (resource: string) => readonly [string, string | undefined]>> = {
  sqs: (resource) => ['queue', resource],
  sns: (resource) => ['topic', resource.split(':')[0]],
  kinesis: (resource) => ['stream', resource.split('/')[1]],
  firehose: (resource) => ['delivery', resource.split('/')[1]],
  s3: (resource) => ['bucket', resource.split('/')[0]],
  lambda: (resource) => ['function', resource.split(':')[1]],
  mq: (resource) => ['broker', resource.split(':')[1]],
  logs: (resource) => ['loggroup', resource.replace(/^log-group:/u, '').split(':')[0]],
};

function wireOf({ wires }: Traffic, to: ResourceId, type: Wire['type']): Wire | undefined {
  const key = `${type} ${to}`;
  let wire = wires.get(key);
  if (wire === undefined && wires.size < WIRES_MAX) {
    wire = { to, type, moved: new Lately(), refused: new Lately() };
    wires.set(key, wire);
  }
  return wire;
}

const lengthOf = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined);
type Members = Readonly<Record<string, unknown>>;

/** Entries of an accepted batch that were refused. */
function failedIn(output: object): number {
  const { Failed, FailedRecordCount, FailedPutCount } = output as Members;
  const count = FailedRecordCount ?? FailedPutCount;
  return lengthOf(Failed) ?? (typeof count === 'number' ? count : 0);
}

function sentBy(input: object): number {
  const { Entries, PublishBatchRequestEntries, Records, logEvents } = input as Members;
  return (
    lengthOf(Entries) ?? lengthOf(PublishBatchRequestEntries) ?? lengthOf(Records) ?? lengthOf(logEvents) ?? 1
  );
}

function broughtBy(operation: string, output: object): number {
  if (!BRINGS.has(operation)) return 0;
  if (operation === 'GetObject') return 1;
  const { Messages, Records } = output as Members;
  return lengthOf(Messages) ?? lengthOf(Records) ?? 0;
}
