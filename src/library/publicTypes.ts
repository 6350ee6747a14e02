/**
 * What `import { createPlayground } from 'msg-playground'` gives. This file imports nothing: it is also what the
 * package publishes as its types.
 */

export interface PlaygroundOptions {
  /** What chance draws from. Default 1: the same calls give the same answers, to the byte. */
  readonly seed?: number;
  /** Which limits hold: today's of AWS (default), those of the study guide, or small ones that are easily reached. */
  readonly limits?: 'current' | 'study-guide' | 'scaled';
  /** How far standard queues stray from order and exactly once. Default `calm`: not at all. */
  readonly delivery?: 'calm' | 'typical' | 'rough';
  /** Default 000000000000. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Creation, deletion and resharding take no time. Default true. */
  readonly instant?: boolean;
  /** The instant at which the world begins. Default 2026-01-05T09:00:00Z. */
  readonly epoch?: Date;
  /**
   * `auto` (default): while a call waits and the test's own code rests, time goes on to whatever is due next, so that
   * long polls and delays end at once. `manual`: time passes only in `advance`, `until` and `never`.
   */
  readonly time?: 'auto' | 'manual';
}

/** Milliseconds, or `500ms`, `30s`, `5m`, `2h`, `4d`. */
export type Duration = number | string;

/** What clients of the AWS SDK for JavaScript v3 are made with: `new SQSClient(playground.client)`. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Buckets are named in the path. */
  readonly forcePathStyle: true;
  /** Nothing is tried again by the wall's clock: the world has its own. */
  readonly maxAttempts: 1;
  readonly requestHandler: PlaygroundHandler;
}

/** An HTTP request as the SDK hands it to a request handler. */
export interface HandledRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

export interface HandledResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** A stream of Node's. */
  readonly body: unknown;
}

/** The SDK's `requestHandler`: no socket is opened. */
export interface PlaygroundHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(
    request: HandledRequest,
    options?: { readonly abortSignal?: unknown },
  ): Promise<{ response: HandledResponse }>;
  destroy(): void;
  /** The SDK's settings of a handler: there are none here. */
  updateHttpClientConfig(key: string, value: unknown): void;
  httpHandlerConfigs(): Record<string, never>;
}

export interface ResourceSnapshot {
  /** `queue/orders`. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** What conditions may name: `msg-playground lessons vocabulary` lists it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Snapshot {
  /** Milliseconds since the world began. */
  readonly now: number;
  /** The same instant, in ISO 8601. */
  readonly time: string;
  readonly resources: readonly ResourceSnapshot[];
  /** What AWS would bill so far, before the free tier. */
  readonly usd: number;
  /** Calls that were answered. */
  readonly requests: number;
}

export interface StoryMoment {
  /** Milliseconds since the world began. */
  readonly at: number;
  /** `sqs/MessageReceived`. */
  readonly type: string;
  /** Who did it. */
  readonly by: string;
  /** Where, as a resource: `queue/orders`. */
  readonly where: string;
  readonly words: string;
  /** The state of the message afterwards. */
  readonly state: string | undefined;
}

export interface MessageStory {
  readonly messageId: string;
  readonly moments: readonly StoryMoment[];
  /** In short, and as the prompt's `story` prints it. */
  readonly summary: readonly string[];
  readonly text: string;
}

export interface Playground {
  /** Settings for clients of the SDK: `new SQSClient(playground.client)`. */
  readonly client: ClientSettings;
  readonly requestHandler: PlaygroundHandler;
  /** Milliseconds since the world began. */
  readonly now: number;
  /**
   * Runs lines of the prompt: AWS CLI commands, apps, faults, `expect`. Gives back the transcript.
   * @throws Error with the refused line and its answer.
   */
  run(script: string): string;
  /** Lets time pass: everything that falls due happens, in order. */
  advance(duration: Duration): Promise<void>;
  /**
   * Lets time pass until a condition is met: `queue/orders inFlight=0 visible>=1`,
   * `sqs/MessageDeadLettered queue=orders`, or an object of the lesson format.
   * @param options.within how much of the world's time; default 5m.
   * @throws Error that says what is still missing.
   */
  until(condition: string | object, options?: { readonly within?: Duration }): Promise<void>;
  /**
   * Lets time pass, and fails as soon as a condition is met.
   * @param options.for how much of the world's time; default 5m.
   */
  never(condition: string | object, options?: { readonly for?: Duration }): Promise<void>;
  /** What became of a message; its id, or how it begins. Undefined: nothing is known of it. */
  story(messageId: string): MessageStory | undefined;
  /** The world at this instant: plain values. */
  snapshot(): Snapshot;
  /** A new world with the same options; calls that wait end with a retryable error. */
  reset(): void;
}
