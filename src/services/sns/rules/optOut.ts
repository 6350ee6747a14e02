/** A phone that answers STOP gets no more messages. SNS Developer Guide, Managing phone numbers and subscriptions. */
import type { PhoneReply } from '../../../contract/endpoint.ts';
import type { Context } from '../../../engine/service.ts';
import type { SnsState } from '../model.ts';

const WORDS: readonly string[] = [
  'ARRET',
  'CANCEL',
  'END',
  'OPT-OUT',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'STOP',
  'TD',
  'UNSUBSCRIBE',
];

/** SIMPLER THAN AWS: the answer goes to every account of the world that has written to this phone. */
export function phoneReplied({ state, now }: Context<SnsState>, { address, text }: PhoneReply): void {
  if (!WORDS.includes(text.trim().toUpperCase())) return;
  const accounts = new Set([state.account]);
  for (const { protocol, endpoint, account } of state.subscriptions.values()) {
    if (protocol === 'sms' && endpoint === address) accounts.add(account);
  }
  for (const account of accounts) state.optedOut.set(`${account}/${address}`, now);
}
