/** The operation of a service by its name on the wire. */
import type { ServiceDescription } from '../contract/operation.ts';
import { WireRefusal } from './exchange.ts';
import { type WireOperation, wireOperation } from './wire/shape.ts';

/** Undefined: AWS has none of that name. Throws WireRefusal for one that AWS has and the playground has not. */
export function operationNamed(service: ServiceDescription, name: string): WireOperation | undefined {
  const { schema } = service.operations.get(name) ?? {};
  if (schema !== undefined) return wireOperation(schema);
  // A service that does not list what it lacks cannot tell what AWS has.
  if (service.notModelled?.includes(name) ?? true) throw notModelled(service, name);
  return undefined;
}

export function notModelled(service: ServiceDescription, name: string): WireRefusal {
  const instead = service.instead?.[name];
  const hint = instead === undefined ? '' : ` (${instead})`;
  return new WireRefusal('NotImplemented', `not modelled: ${service.name} ${name}${hint}`, 501);
}
