/** `world settings`: what a world was made with. The other `world` verbs go from world to world: the program's. */
import type { ControlAnswer } from '../command/console.ts';
import { chanceWords } from '../contract/hostDials.ts';
import type { Session } from './sessionTypes.ts';

export function worldVerb(session: Session, group: string, verb: string): ControlAnswer | undefined {
  if (group !== 'world' || verb !== 'settings') return undefined;
  const { seed, limits, delivery, dials, region, account, epoch } = session.settings;
  const { title, date } = session.insight.cost().prices;
  return {
    ok: true,
    output: {
      name: session.name,
      seed,
      limits,
      delivery,
      ...(dials && { dials: { ...dials, missed: chanceWords(dials.missed) } }),
      region,
      account,
      begins: new Date(epoch).toISOString(),
      prices: `${title}, ${date}`,
    },
  };
}
