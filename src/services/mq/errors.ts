/** What Amazon MQ's own API answers when it refuses, and how a broker's engine refuses in its protocol's words. */
import type { BrokerError } from '../../contract/broker.ts';
import { ServiceError } from '../../contract/errors.ts';

/** Thrown by an engine before its first write. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly error: BrokerError;
  constructor(error: BrokerError) {
    super(error.message);
    this.error = Object.freeze(error);
  }
}

const more = (httpStatus: number, why: string | undefined) => ({
  httpStatus,
  ...(why !== undefined && { why }),
});

/** UNSURE: the sentences, except where a test vector has one. */
export const badRequest = (message: string, why?: string): ServiceError =>
  new ServiceError('BadRequestException', message, more(400, why));
export const notFound = (message: string, why?: string): ServiceError =>
  new ServiceError('NotFoundException', message, more(404, why));
export const conflict = (message: string, why?: string): ServiceError =>
  new ServiceError('ConflictException', message, more(409, why));

export const missing = (member: string): ServiceError =>
  badRequest(`${member[0]!.toLowerCase()}${member.slice(1)} is required.`);
export const brokerNotFound = (id: string): ServiceError =>
  notFound(`Can't find requested broker [${id}]. Make sure your broker exists.`);
export const configurationNotFound = (id: string): ServiceError =>
  notFound(`Can't find requested configuration [${id}]. Make sure your configuration exists.`);
export const userNotFound = (user: string): ServiceError =>
  notFound(`Can't find requested user [${user}]. Make sure your user exists.`);
export const invalidEngine = (engine: string): ServiceError =>
  badRequest(`Broker engine type [${engine}] is invalid. Valid values are: [ACTIVEMQ, RABBITMQ]`);
