/** What S3 keeps: buckets, their objects, and notifications on their way. Plain data; bodies are never changed. */
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, DeliverySetting } from '../../contract/world.ts';
import { type Instant, instant } from '../../engine/units.ts';

/** Frozen. */
export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** MD5 in hex, without quotes. */
  readonly eTag: string;
  readonly modified: Instant;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Order of writing in the world. */
  readonly sequence: number;
  /** None: the version called null. */
  readonly versionId?: string;
  readonly tags?: Tags;
}

export type Tags = Readonly<Record<string, string>>;

/** What a delete leaves in a bucket that keeps versions. Frozen. */
export interface DeleteMarker {
  readonly key: string;
  readonly modified: Instant;
  readonly sequence: number;
  readonly versionId?: string;
  readonly isMarker: true;
}

export type Version = StoredObject | DeleteMarker;

/** Frozen. */
export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  /** MD5 in hex. */
  readonly eTag: string;
  readonly modified: Instant;
}

/** A multipart upload that is neither complete nor given up. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly started: Instant;
  readonly order: number;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags?: Tags;
  readonly parts: Map<number, UploadedPart>;
}

/** Frozen. */
export interface PublicAccess {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** Which events of a bucket go where. Frozen. */
export interface NotificationRule {
  readonly id: string;
  readonly kind: 'queue' | 'topic' | 'function';
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly order: number;
  readonly created: Instant;
  policy: { readonly text: string; readonly value: object } | undefined;
  rules: readonly NotificationRule[];
  /** It tells EventBridge of all that happens to its objects. */
  eventBridge?: true;
  /** The newest version of each key, where that is an object. */
  readonly objects: Map<string, StoredObject>;
  /** None: versioning was never switched on. */
  versioning?: 'Enabled' | 'Suspended';
  /** All other versions, the newest first; a marker at the head hides the key. Lists are frozen. */
  older?: Map<string, readonly Version[]>;
  tags?: Tags;
  /** Left out: AWS's default, all four. Null: taken away. */
  publicAccess?: PublicAccess | null;
  bytes: number;
  /** The object written last; it may be gone. */
  newest:
    | { readonly key: string; readonly size: number; readonly eTag: string; readonly at: Instant }
    | undefined;
  readonly counters: {
    puts: number;
    gets: number;
    deletes: number;
    notified: number;
    notificationsFailed: number;
  };
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
}

/** A notification on its way. Frozen. */
export interface Notification {
  readonly id: number;
  readonly bucket: string;
  readonly account: string;
  readonly rule: string;
  readonly kind: NotificationRule['kind'];
  readonly arn: string;
  readonly eventName: string;
  readonly key: string;
  /** The write that it tells of. */
  readonly sequence: number;
  /** JSON. */
  readonly body: string;
  readonly attempt: number;
}

export interface S3State {
  readonly seed: number;
  readonly account: string;
  readonly region: string;
  readonly epoch: number;
  readonly delivery: DeliverySetting;
  bucketsMade: number;
  objectsMade: number;
  requestsMade: number;
  notificationsMade: number;
  configurationsMade: number;
  uploadsMade: number;
  /** By id. */
  readonly uploads: Map<string, Upload>;
  /** By name: names are the whole world's. */
  readonly buckets: Map<string, Bucket>;
  readonly notifications: Map<number, Notification>;
  /** Configurations whose destinations are being asked. */
  readonly checks: Map<number, ConfigurationCheck>;
  readonly ledger: Ledger;
  /** Bytes of all objects, versions and parts, and byte-seconds until `storedAt`. */
  bytes: number;
  byteSeconds: number;
  storedAt: Instant;
  putRequests: number;
  getRequests: number;
}

export interface ConfigurationCheck {
  readonly call: number;
  readonly by: string;
  readonly bucket: string;
  readonly rules: readonly NotificationRule[];
  readonly eventBridge: boolean;
  left: number;
  readonly problems: string[];
}

export const createState = (settings: AwsWorldSettings): S3State => ({
  seed: settings.seed,
  account: settings.account,
  region: settings.region,
  epoch: settings.epoch,
  delivery: settings.delivery,
  bucketsMade: 0,
  objectsMade: 0,
  requestsMade: 0,
  notificationsMade: 0,
  configurationsMade: 0,
  uploadsMade: 0,
  uploads: new Map(),
  buckets: new Map(),
  notifications: new Map(),
  checks: new Map(),
  ledger: newLedger(),
  bytes: 0,
  byteSeconds: 0,
  storedAt: instant(0),
  putRequests: 0,
  getRequests: 0,
});

export const newBucket = (given: Pick<Bucket, 'name' | 'account' | 'order' | 'created'>): Bucket => ({
  ...given,
  policy: undefined,
  rules: Object.freeze([]),
  objects: new Map(),
  bytes: 0,
  newest: undefined,
  counters: { puts: 0, gets: 0, deletes: 0, notified: 0, notificationsFailed: 0 },
  incoming: newTraffic(),
  outgoing: newTraffic(),
});

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
