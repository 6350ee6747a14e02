/** What KMS keeps: keys and aliases. Records are frozen and replaced whole. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly order: number;
  readonly created: Instant;
  readonly description: string;
  readonly state: KeyState;
  /** Pending deletion: when it is gone, and after how many days that was asked for. */
  readonly deletion: { readonly at: Instant; readonly days: number } | undefined;
  /** Its material changes every so many days. */
  readonly rotation?: { readonly days: number; readonly since: Instant };
  /** The key policy. `document` is the text, read; frozen. */
  readonly policy: { readonly text: string; readonly document: object };
}

export interface Alias {
  /** `alias/orders`. */
  readonly name: string;
  readonly account: string;
  readonly keyId: string;
  readonly created: Instant;
  readonly updated: Instant;
}

export interface KmsState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By id. */
  readonly keys: Map<string, Key>;
  /** By `account/alias/name`. */
  readonly aliases: Map<string, Alias>;
  keysMade: number;
  /** For the bill: calls answered, and how long keys that are gone were billed for. */
  callsAnswered: number;
  deletedKeysMs: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): KmsState => ({
  seed,
  epoch,
  region,
  account,
  keys: new Map(),
  aliases: new Map(),
  keysMade: 0,
  callsAnswered: 0,
  deletedKeysMs: 0,
});

export const putKey = (state: KmsState, key: Key): void => {
  state.keys.set(key.id, Object.freeze(key));
};

export const keyArn = ({ region }: KmsState, account: string, id: string): string =>
  `arn:aws:kms:${region}:${account}:key/${id}`;
export const aliasArn = ({ region }: KmsState, account: string, name: string): string =>
  `arn:aws:kms:${region}:${account}:${name}`;
export const aliasKey = (account: string, name: string): string => `${account}/${name}`;
