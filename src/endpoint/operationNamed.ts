/** The operation of a service by its name on the wire. */
import type { ServiceDescription } from '../contract/operation.ts';
import { WireRefusal } from './exchange.ts';
import { type WireOperation, wireOperation } from './wire/shape.ts';

/** Undefined: AWS has none of that name. Throws WireRefusal for one that AWS has and the playground has not. */
export function operationNamed(service: ServiceDescription, name: string): WireOperation | undefined {
  const { schema } = service.operations.get(name) ?? {};
  if (schema !== undefined) return wireOperation(schema);
  if (service.notModelled?.includes(name) ?? PARTIAL.has(service.name)) throw notModelled(service, name);
  return undefined;
}

/** They have some of AWS's operations, and do not list what they lack: they cannot tell what AWS has. */
const PARTIAL: ReadonlySet<string> = new Set(['glue', 'kms', 'autoscaling']);

function notModelled(service: ServiceDescription, name: string): WireRefusal {
  const instead = service.instead?.[name];
  const hint = instead === undefined ? '' : ` (${instead})`;
  return new WireRefusal('NotImplemented', `not modelled: ${service.name} ${name}${hint}`, 501);
}
