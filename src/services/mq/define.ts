/** How Amazon MQ makes its operations. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import { LIST } from './limits.ts';
import type { MqState } from './model.ts';

export const mqOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<MqState, Input>,
): Operation<MqState, Input> => checkedOperation(schema, words, missing);

export const BROKER_ID = { purpose: 'the broker, by its id', refersTo: 'brokerId' } as const;
export const CONFIGURATION_ID = { purpose: 'the configuration, by its id' } as const;
export const MAX_RESULTS = {
  purpose: 'how many at most in one answer',
  ...LIST,
  unit: 'entries',
} as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const ENGINE_TYPES = ['ACTIVEMQ', 'RABBITMQ'] as const;
export const USERNAME_WORDS = {
  purpose: 'the user’s name',
  min: 2,
  max: 100,
  unit: 'characters',
} as const;
export const NO_LDAP = {
  purpose: 'an LDAP server',
  notModelled: 'LDAP: users are the broker’s own here',
} as const;
export const NO_REPLICATION = {
  purpose: 'replication to another region',
  notModelled: 'there is one region',
} as const;
