/**
 * What AWS would answer to a call it refuses. Made in each service's `errors.ts`, message as AWS writes it; thrown
 * only before a handler's first write.
 */
import type { Refusal } from '../engine/service.ts';

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly refusal: Refusal;

  constructor(
    code: string,
    message: string,
    more: {
      readonly httpStatus?: number;
      readonly jsonCode?: string;
      readonly fault?: 'client' | 'server';
      readonly why?: string;
      readonly members?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.refusal = {
      code,
      message,
      httpStatus: more.httpStatus ?? 400,
      fault: more.fault ?? 'client',
      ...(more.jsonCode === undefined ? {} : { jsonCode: more.jsonCode }),
      ...(more.why === undefined ? {} : { why: more.why }),
      ...(more.members === undefined ? {} : { members: more.members }),
    };
  }
}
