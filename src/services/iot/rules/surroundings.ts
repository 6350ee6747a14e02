/** What a rule's SQL may ask of a message beside its payload. */
import type { IotState, Message } from '../model.ts';
import type { Surroundings } from './sqlFunctions.ts';

export const surroundings = (
  { epoch }: Pick<IotState, 'epoch'>,
  { topic, id, at }: Message,
  account: string,
): Surroundings => ({ topic, uuid: id, timestamp: epoch + at, account });
