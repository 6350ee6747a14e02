/** A fault on purpose: `fault inject --kind refuse --on delivery/NAME`, and the destination is down. */
import { faultOn } from '../../../contract/faults.ts';
import type { Context } from '../../../engine/service.ts';
import type { DeliveryStream, FirehoseState } from '../model.ts';

export function refusedOnPurpose(context: Context<FirehoseState>, { name }: DeliveryStream): boolean {
  const fault = faultOn(context, `delivery/${name}`, 'refuse');
  if (fault === undefined) return false;
  const { numerator, denominator } = fault.chance;
  return context.random('faults of destinations').chance(numerator, denominator);
}
