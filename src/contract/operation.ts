/**
 * One operation of a service, in one entry: shape, limits, words for the help, and what it does. The prompt,
 * completion, help, the endpoint, lessons and the contract test all read this entry.
 */
import type { StaticOperationSchema } from '@smithy/types';
import type { Context, Parked } from '../engine/service.ts';
import type { StructureShape } from './shape.ts';

/** What we add to a member of the input: the words and ranges that the runtime schema lacks. */
export interface MemberRule {
  /** A few words for completion: "wait for a message before giving up". */
  readonly purpose?: string;
  /** Range of a number, or of a text's or list's length. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: 's' | 'ms' | 'bytes' | 'characters' | 'entries' | 'messages' | '/s';
  /** What AWS takes when it is left out, for help; as typed. */
  readonly default?: string | number | boolean;
  /** The values a text can have (AWS's exported constants). */
  readonly values?: readonly string[];
  /** Names of things of the world that fit here, for completion: a queue's URL, a topic's ARN, a receipt … */
  readonly refersTo?:
    | 'queueUrl'
    | 'queueName'
    | 'queueArn'
    | 'receiptHandle'
    | 'taskHandle'
    | 'app'
    | 'resource'
    | 'save'
    | 'lesson'
    | 'userName'
    | 'policyArn'
    | 'keyId'
    | 'topicArn'
    | 'brokerId'
    | 'subscriptionArn'
    | 'alarmName'
    | 'functionName'
    | 'mapping'
    | 'bucketName'
    | 'streamName'
    | 'streamArn'
    | 'client';
  /** Accepted by AWS, not by us: using it is refused with "not modelled: …". */
  readonly notModelled?: string;
}

export interface Operation<State = never, Input extends object = never> {
  readonly name: string;
  readonly service: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** AWS's own, with all that the wire needs; none for the playground's operations. */
  readonly schema?: StaticOperationSchema;
  /** One sentence, for help and completion. */
  readonly summary: string;
  readonly members: Readonly<Record<string, MemberRule>>;
  /** Members that page through an output, as the AWS CLI's paginators know them. */
  readonly pagination?: {
    readonly inputToken: string;
    readonly outputToken: string;
    readonly result: string;
    readonly limitKey?: string;
  };
  /** The member of the output that the AWS CLI writes to a file, named behind the flags. */
  readonly outfile?: string;
  handle(context: Context<State>, input: Input): object | Parked;
}

/** An operation whose types are forgotten: what the catalog holds. */
export type AnyOperation = Operation<never, never>;

/** A condition that `aws SERVICE wait` polls for, as AWS's own waiter models have it. */
export interface Waiter {
  /** The operation that is asked, with the flags of the line. */
  readonly operation: string;
  readonly delaySeconds: number;
  readonly maxAttempts: number;
  /** The first that matches an answer decides. */
  readonly acceptors: readonly WaiterAcceptor[];
}

export type WaiterAcceptor = {
  readonly state: 'success' | 'retry' | 'failure';
} & (
  | {
      readonly matcher: 'path' | 'pathAll' | 'pathAny';
      /** JMESPath over the answer. */
      readonly argument: string;
      readonly expected: string | number | boolean;
    }
  | { readonly matcher: 'error'; readonly expected: string }
);

/** What the catalog knows of a service beside the engine's `Service`. */
export interface ServiceDescription {
  /** As on the AWS command line: `sqs`. */
  readonly name: string;
  /** On the AWS command line, where it has another name there: `s3api`. */
  readonly word?: string;
  /** `SQS`: as the screen writes it. */
  readonly title: string;
  readonly kind: 'aws' | 'playground';
  readonly summary: string;
  readonly operations: ReadonlyMap<string, AnyOperation>;
  /** `aws SERVICE wait NAME`, by AWS's name: `StreamExists`. */
  readonly waiters?: ReadonlyMap<string, Waiter>;
  /** Operations that AWS has and this program has not: refused by name. */
  readonly notModelled?: readonly string[];
  /** Of some of these: what there is instead. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Operations that the AWS CLI leaves out, and what does it instead: apps call them. */
  readonly withoutCommand?: Readonly<Record<string, string>>;
  /** Its endpoint listens to HTTPS alone. AWS General Reference, endpoints and quotas of each service. */
  readonly httpsOnly?: boolean;
}
