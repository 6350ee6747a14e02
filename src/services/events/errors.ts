/** What EventBridge answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';
import { BUS_NAME } from './model.ts';

type More = { readonly why?: string };

export const validation = (message: string, more: More = {}): ServiceError =>
  new ServiceError('ValidationException', message, more);
const member = (name: string): string => `${name[0]!.toLowerCase()}${name.slice(1)}`;
export const missing = (name: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member(name)}' failed to satisfy constraint: Member must not be null`,
  );
export const constraint = (value: string, name: string, must: string, more: More = {}): ServiceError =>
  validation(
    `1 validation error detected: Value '${value}' at '${member(name)}' failed to satisfy constraint: Member must ${must}`,
    more,
  );
export const invalidPattern = (reason: string): ServiceError =>
  new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
export const ruleNotFound = (name: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${BUS_NAME}.`);
export const busNotFound = (name: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`, {
    why: 'not modelled: event buses of one’s own; each account has its default bus.',
  });
export const tooMany = (why: string): ServiceError =>
  new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.', {
    why,
  });
export const notModelled = (what: string, why: string): ServiceError =>
  validation(`not modelled: ${what}`, { why });
