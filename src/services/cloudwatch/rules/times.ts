/** Times in a request: milliseconds UTC, or what a client's library made of them. */
import { type Instant, instant } from '../../../engine/units.ts';
import { invalidValue } from '../errors.ts';

export function utcOf(given: unknown, member: string): number {
  const time =
    typeof given === 'number' ? given : given instanceof Date ? given.getTime() : Date.parse(String(given));
  if (Number.isNaN(time))
    throw invalidValue(`The value ${String(given)} for parameter ${member} is not a timestamp.`);
  return time;
}

export const instantOf = (given: unknown, member: string, epoch: number): Instant =>
  instant(utcOf(given, member) - epoch);
