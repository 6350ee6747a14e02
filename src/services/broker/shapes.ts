/** Shapes of the `broker` commands, written by hand: the playground's own words, in camelCase. */
import { BROKER_PROTOCOLS } from '../../contract/broker.ts';
import { ServiceError } from '../../contract/errors.ts';
import type { MemberRule } from '../../contract/operation.ts';
import type { Member, Shape, StructureShape } from '../../contract/shape.ts';

const TEXT: Shape = { type: 'string' };
export const NUMBER: Shape = { type: 'integer' };
export const FLAG: Shape = { type: 'boolean' };
export const DOCUMENT: Shape = { type: 'document' };

export interface Flag {
  readonly shape?: Shape;
  readonly required?: true;
  readonly rule: MemberRule;
}

export const structure = (name: string, members: readonly Member[]): StructureShape => ({
  type: 'structure',
  name,
  members,
});

export const member = (name: string, shape: Shape = TEXT, required = false): Member => ({
  name,
  shape: () => shape,
  required,
});

/** Every command has these. */
export const COMMON: Readonly<Record<string, Flag>> = {
  broker: { rule: { purpose: 'the broker, by its name or id' }, required: true },
  user: { rule: { purpose: 'a user of the broker; left out: its first' } },
  protocol: {
    rule: {
      purpose: 'how you speak with it; left out: what its engine is made for',
      values: BROKER_PROTOCOLS,
    },
  },
  virtualHost: { rule: { purpose: 'of RabbitMQ: where in it', default: '/' } },
  password: { rule: { purpose: 'the user’s password; left out: the right one' } },
  endpoint: {
    rule: { purpose: 'of a pair: 1 or 2; left out: the one that answers', min: 1, max: 2 },
    shape: NUMBER,
  },
  clientId: { rule: { purpose: 'your client id, for durable subscriptions' } },
};

export interface Common {
  readonly broker: string;
  readonly user?: string;
  readonly protocol?: string;
  readonly virtualHost?: string;
  readonly password?: string;
  readonly endpoint?: number;
  readonly clientId?: string;
}

/** A value that cannot be read: names the flag, the value and what is expected. */
export const invalidValue = (flag: string, value: unknown, expected: string): ServiceError =>
  new ServiceError('InvalidParameterValue', `Value ${String(value)} for --${flag} is invalid: ${expected}.`);
