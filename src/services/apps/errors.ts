/** What the playground's own `app` commands refuse. The words say what is wrong and how to mend it. */
import { ServiceError } from '../../contract/errors.ts';

/** A value that cannot be read: names the flag, the value and what is expected. */
export const invalidValue = (flag: string, value: string | number, expected: string): ServiceError =>
  new ServiceError('InvalidParameterValue', `Value ${value} for --${flag} is invalid: ${expected}.`);

export const appExists = (name: string): ServiceError =>
  new ServiceError(
    'AppAlreadyExists',
    `An app named ${name} exists. Choose another name, or change it with app update.`,
  );

export const noSuchApp = (name: string): ServiceError =>
  new ServiceError('AppNotFound', `There is no app named ${name}. See app list.`);

export const notFor = (kind: 'producer' | 'consumer', name: string, flag: string): ServiceError =>
  new ServiceError(
    'InvalidParameterCombination',
    `App ${name} is a ${kind}: --${flag} does not apply to it.`,
  );

export const groupNeeded = (target: string): ServiceError =>
  new ServiceError(
    'MissingParameter',
    `${target} is a FIFO queue and needs a message group: add --group, for example --group 'user-{1..10}'.`,
  );
