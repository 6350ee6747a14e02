/** What IAM keeps: users, and the policies that say what they may do. Records are frozen and replaced whole. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

export interface PolicyText {
  readonly text: string;
  /** The text, read. Frozen. */
  readonly document: object;
}

export interface InlinePolicy extends PolicyText {
  readonly name: string;
}

export interface User {
  readonly account: string;
  readonly name: string;
  readonly created: Instant;
  readonly order: number;
  /** By name, sorted. */
  readonly inline: readonly InlinePolicy[];
  /** ARNs of managed policies, as they were attached. */
  readonly attached: readonly string[];
}

export interface ManagedPolicy extends PolicyText {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly created: Instant;
}

export interface Role {
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly created: Instant;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyText;
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly string[];
}

export interface AccessKey {
  readonly id: string;
  readonly account: string;
  readonly user: string;
  readonly active: boolean;
  readonly created: Instant;
}

export interface IamState {
  readonly epoch: number;
  readonly account: string;
  /** By `account/name`. */
  readonly users: Map<string, User>;
  /** The customers' own, by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  usersMade: number;
  /** By `account/name`; made with the first. */
  roles?: Map<string, Role>;
  /** By id; made with the first. */
  keys?: Map<string, AccessKey>;
  keysMade?: number;
}

export const createState = ({ epoch, account }: AwsWorldSettings): IamState => ({
  epoch,
  account,
  users: new Map(),
  policies: new Map(),
  usersMade: 0,
});

export const userKey = (account: string, name: string): string => `${account}/${name}`;

export const putUser = (state: IamState, user: User): void => {
  state.users.set(userKey(user.account, user.name), Object.freeze(user));
};

/** Milliseconds since 1970, in whole seconds: so IAM states times. */
export const dateOf = ({ epoch }: IamState, at: Instant): number => Math.floor((epoch + at) / 1000) * 1000;

export const putRole = (state: IamState, role: Role): void => {
  state.roles ??= new Map();
  state.roles.set(userKey(role.account, role.name), Object.freeze(role));
};

export const putAccessKey = (state: IamState, key: AccessKey): void => {
  state.keys ??= new Map();
  state.keys.set(key.id, Object.freeze(key));
};
