/**
 * From a service's own description (operations, timers, view) to what the kernel runs and the catalog lists.
 */
import { copyMutable } from '../engine/checkpoint.ts';
import { hashJson } from '../engine/digest.ts';
import type { Random } from '../engine/random.ts';
import type {
  CallId,
  Context,
  Delivery,
  DomainEvent,
  Outcome,
  Request,
  Service,
  Timer,
} from '../engine/service.ts';
import type { Instant, Milliseconds } from '../engine/units.ts';
import type { Access, KeptPolicy, KeyFound, KeyOwner, KeyUse } from './access.ts';
import { ServiceError } from './errors.ts';
import type { MadeId } from './messageId.ts';
import { type Ledger, type MetricName, type MetricSeries, minutePassed } from './metrics.ts';
import type { AnyOperation, Operation, ServiceDescription } from './operation.ts';
import type { ShardsView } from './shards.ts';
import type { Usage, Work } from './usage.ts';
import type { MessageRow, ObjectRow, ObjectView, ResourceId, ResourceView } from './view.ts';
import type { Why, WhyGround, WhyQuestion } from './why.ts';
import type { AwsWorldSettings } from './world.ts';

/** The messages that a service has ever given an id, also those long gone: what a story begins from. */
interface MessagesMade<State> {
  /** Ids that begin with these letters, oldest first, at most `limit`. */
  withPrefix(state: State, prefix: string, limit: number): readonly MadeId[];
  /** How many had been made at the moment of an image. */
  countIn(image: unknown): number;
}

export interface ServiceDefinition<State> {
  readonly name: string;
  /** On the AWS command line, where it has another name there: `s3api`. */
  readonly word?: string;
  readonly title: string;
  readonly kind: 'aws' | 'playground';
  readonly summary: string;
  // biome-ignore lint/suspicious/noExplicitAny: the operations of one service differ in their inputs
  readonly operations: readonly Operation<State, any>[];
  create(settings: AwsWorldSettings): State;
  due(context: Context<State>, timer: Timer): void;
  answered?(context: Context<State>, token: object, outcome: Outcome): void;
  abandoned?(context: Context<State>, call: CallId): void;
  delivered?(context: Context<State>, delivery: Delivery): void;
  latency(random: Random, request: Request): Milliseconds;
  metered?(state: State, request: Request, outcome: Outcome, now: Instant): void;
  /** Its CloudWatch metrics as they are now; `wanted` may narrow the list. */
  metrics?(
    state: NoInfer<State>,
    now: Instant,
    settings: AwsWorldSettings,
    wanted?: Partial<MetricName>,
  ): Iterable<MetricSeries>;
  /** Where it counts for them. `close`: something happens in a later minute, of which nothing is done yet. */
  readonly ledger?: { of(state: State): Ledger; close?(state: State, now: Instant): void };
  /** What AWS would bill so far. */
  usage?(state: State, now: Instant): readonly Usage[];
  /** What else was counted about the same work: `src/pricing/alternatives` says what of it is needed. */
  work?(state: State, now: Instant): Work;
  /** Left out: the state is plain data, copied and hashed as it is. */
  readonly images?: {
    checkpoint(state: State): unknown;
    restore(image: unknown, settings: AwsWorldSettings): State;
    digest(state: State): string;
    toJSON(image: unknown): unknown;
    fromJSON(json: unknown): unknown;
  };
  tell?(event: DomainEvent): Readonly<Record<string, unknown>>;
  /** Operations of AWS that are refused by name, and of some what there is instead. */
  readonly notModelled?: readonly string[];
  readonly instead?: Readonly<Record<string, string>>;
  /** Operations that the AWS CLI leaves out, and what does it instead. */
  readonly withoutCommand?: Readonly<Record<string, string>>;
  readonly httpsOnly?: boolean;
  /** `aws SERVICE wait NAME`, as AWS's waiter models have it. */
  readonly waiters?: ServiceDescription['waiters'];
  /** What policies must allow before a call is served; undefined: nothing, or the input is not good enough to say. */
  access?(state: State, request: Request, settings: AwsWorldSettings): Access | undefined;
  /** The policies of a user; undefined: there is no such user. */
  policiesOf?(state: State, account: string, user: string): readonly KeptPolicy[] | undefined;
  /** The user whom an access key stands for. */
  keyOwner?(state: State, id: string): KeyOwner | undefined;
  /** A key that another service uses. */
  keyFor?(state: State, use: KeyUse, settings: AwsWorldSettings): KeyFound;
  /** The resources of this service that a screen shows, in order of creation. */
  view(state: State, now: Instant, settings: AwsWorldSettings): ResourceView[];
  /** The fields of one of them, where that is much cheaper than all views; undefined: it is not there. */
  fields?(state: State, id: string, now: Instant): object | undefined;
  /** Rows of the Messages pane, for the kinds that keep messages. */
  messages?(state: State, resource: ResourceId, from: number, limit: number, now: Instant): MessageRow[];
  /** Objects that a bucket holds, by key; and one of them, to look into. */
  objects?(state: State, resource: ResourceId, from: number, limit: number): ObjectRow[];
  object?(state: State, resource: ResourceId, key: string): ObjectView | undefined;
  /** The shards of a stream, to draw; undefined: it is not there. */
  shards?(state: State, resource: ResourceId, now: Instant): ShardsView | undefined;
  readonly made?: MessagesMade<State>;
  /** Explains an answer, a resource or a message of its own; undefined: nothing to explain, or not its own. */
  why?(ground: WhyGround<State>, question: WhyQuestion): Why | undefined;
  /** Of an answer that was accepted: may something not have happened that one could ask about? */
  wonders?(request: Request, output: object): boolean;
}

/** One line of the catalog. */
export interface CatalogEntry {
  readonly description: ServiceDescription;
  readonly engine: Service;
  view(state: unknown, now: Instant, settings: AwsWorldSettings): ResourceView[];
  /** The fields of one resource. */
  fields(state: unknown, id: string, now: Instant, settings: AwsWorldSettings): object | undefined;
  metrics?(
    state: unknown,
    now: Instant,
    settings: AwsWorldSettings,
    wanted?: Partial<MetricName>,
  ): Iterable<MetricSeries>;
  /** What AWS would bill so far. */
  usage(state: unknown, now: Instant): readonly Usage[];
  /** What else was counted about the same work. */
  work(state: unknown, now: Instant): Work;
  access?(state: unknown, request: Request, settings: AwsWorldSettings): Access | undefined;
  policiesOf?(state: unknown, account: string, user: string): readonly KeptPolicy[] | undefined;
  keyOwner?(state: unknown, id: string): KeyOwner | undefined;
  keyFor?(state: unknown, use: KeyUse, settings: AwsWorldSettings): KeyFound;
  messages?(state: unknown, resource: ResourceId, from: number, limit: number, now: Instant): MessageRow[];
  objects?(state: unknown, resource: ResourceId, from: number, limit: number): ObjectRow[];
  object?(state: unknown, resource: ResourceId, key: string): ObjectView | undefined;
  shards?(state: unknown, resource: ResourceId, now: Instant): ShardsView | undefined;
  readonly made?: MessagesMade<unknown>;
  why?(ground: WhyGround<unknown>, question: WhyQuestion): Why | undefined;
  wonders?(request: Request, output: object): boolean;
}

export function defineService<State>(definition: ServiceDefinition<State>): CatalogEntry {
  const operations = new Map<string, Operation<State, object>>(
    definition.operations.map((operation) => [operation.name, operation]),
  );
  const images = definition.images ?? {
    checkpoint: (state: State): unknown => copyMutable(state),
    // An image may be older than a member of the state.
    restore: (image: unknown, settings: AwsWorldSettings): State => ({
      ...definition.create(settings),
      ...(copyMutable(image) as State),
    }),
    digest: (state: State): string => hashJson(state),
    toJSON: (image: unknown): unknown => image,
    fromJSON: (json: unknown): unknown => json,
  };
  const engine: Service<State> = {
    name: definition.name,
    create: (settings) => definition.create(settings as AwsWorldSettings),
    serve(context, request) {
      const operation = operations.get(request.operation);
      if (operation === undefined) {
        const why = definition.instead?.[request.operation];
        throw new ServiceError('InvalidAction', `not modelled: ${definition.name} ${request.operation}`, {
          ...(why !== undefined && { why }),
        });
      }
      return operation.handle(context, request.input);
    },
    due: definition.due,
    latency: definition.latency,
    checkpoint: images.checkpoint,
    restore: (image, settings) => images.restore(image, settings as AwsWorldSettings),
    digest: images.digest,
    toJSON: images.toJSON,
    fromJSON: images.fromJSON,
    ...(definition.answered && { answered: definition.answered }),
    ...(definition.abandoned && { abandoned: definition.abandoned }),
    ...(definition.delivered && { delivered: definition.delivered }),
    ...(definition.metered && { metered: definition.metered }),
    ...(definition.tell && { tell: definition.tell }),
  };
  const {
    messages,
    objects,
    object,
    shards,
    access,
    policiesOf,
    keyOwner,
    keyFor,
    made,
    why,
    wonders,
    metrics,
  } = definition;
  return {
    description: {
      name: definition.name,
      ...(definition.word && { word: definition.word }),
      title: definition.title,
      kind: definition.kind,
      summary: definition.summary,
      operations: operations as unknown as ReadonlyMap<string, AnyOperation>,
      ...(definition.notModelled && { notModelled: definition.notModelled }),
      ...(definition.instead && { instead: definition.instead }),
      ...(definition.withoutCommand && { withoutCommand: definition.withoutCommand }),
      ...(definition.waiters && { waiters: definition.waiters }),
      ...(definition.httpsOnly && { httpsOnly: true }),
    },
    engine: (definition.ledger === undefined ? engine : counting(engine, definition.ledger)) as Service,
    ...(metrics && {
      metrics: (
        state: unknown,
        now: Instant,
        settings: AwsWorldSettings,
        wanted?: Partial<MetricName>,
      ): Iterable<MetricSeries> => metrics(state as State, now, settings, wanted),
    }),
    view: (state, now, settings) => definition.view(state as State, now, settings),
    fields: (state, id, now, settings) =>
      definition.fields === undefined
        ? definition.view(state as State, now, settings).find((view) => view.id === id)?.fields
        : definition.fields(state as State, id, now),
    usage: (state, now) => definition.usage?.(state as State, now) ?? [],
    work: (state, now) => definition.work?.(state as State, now) ?? {},
    ...(made && { made: made as MessagesMade<unknown> }),
    ...(access && {
      access: (state: unknown, request: Request, settings: AwsWorldSettings) =>
        access(state as State, request, settings),
    }),
    ...(policiesOf && {
      policiesOf: (state: unknown, account: string, user: string) =>
        policiesOf(state as State, account, user),
    }),
    ...(keyOwner && { keyOwner: (state: unknown, id: string) => keyOwner(state as State, id) }),
    ...(keyFor && {
      keyFor: (state: unknown, use: KeyUse, settings: AwsWorldSettings) =>
        keyFor(state as State, use, settings),
    }),
    ...(messages && {
      messages: (state: unknown, resource: ResourceId, from: number, limit: number, now: Instant) =>
        messages(state as State, resource, from, limit, now),
    }),
    ...(objects && {
      objects: (state: unknown, resource: ResourceId, from: number, limit: number) =>
        objects(state as State, resource, from, limit),
    }),
    ...(object && {
      object: (state: unknown, resource: ResourceId, key: string) => object(state as State, resource, key),
    }),
    ...(shards && {
      shards: (state: unknown, resource: ResourceId, now: Instant) => shards(state as State, resource, now),
    }),
    ...(why && {
      why: (ground: WhyGround<unknown>, question: WhyQuestion) => why(ground as WhyGround<State>, question),
    }),
    ...(wonders && { wonders }),
  };
}

/** Before anything is done in a later minute, the minutes before it are closed. */
function counting<State>(
  engine: Service<State>,
  { of, close }: NonNullable<ServiceDefinition<State>['ledger']>,
): Service<State> {
  const entered = (context: Context<State>): void => {
    const ledger = of(context.state);
    if (context.now < ledger.closesAt) return;
    close?.(context.state, context.now);
    minutePassed(context, engine.name, ledger);
  };
  const { serve, due, answered, abandoned, delivered } = engine;
  return {
    ...engine,
    serve(context, request) {
      entered(context);
      return serve(context, request);
    },
    due(context, timer) {
      entered(context);
      due(context, timer);
    },
    ...(answered && {
      answered(context: Context<State>, token: object, outcome: Outcome) {
        entered(context);
        answered(context, token, outcome);
      },
    }),
    ...(abandoned && {
      abandoned(context: Context<State>, call: CallId) {
        entered(context);
        abandoned(context, call);
      },
    }),
    ...(delivered && {
      delivered(context: Context<State>, delivery: Delivery) {
        entered(context);
        delivered(context, delivery);
      },
    }),
  };
}
