/** Tokens with which an endpoint agrees to a subscription: its id, hidden, and a check. */
import { mixWords } from '../../../contract/messageId.ts';
import { invalidParameter, invalidParameterBare } from '../errors.ts';
import type { SnsState, Subscription } from '../model.ts';

/** As all tokens of AWS begin. */
const HEAD = '2336412f37';
const WORDS = 27;
const SHAPE = /^[\da-f]{64,512}$/u;

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

export function tokenOf({ seed }: SnsState, id: number): string {
  let text = HEAD + hex(id ^ mixWords(seed, 0x70));
  for (let index = 0; index < WORDS; index++) text += hex(mixWords(seed, id, index, 0x71));
  return text;
}

/** The subscription that a token was made for. SNS API Reference, ConfirmSubscription. */
export function subscriptionOfToken(state: SnsState, topicArn: string, token: string): Subscription {
  if (!SHAPE.test(token)) throw invalidParameterBare('Invalid token');
  const id = Number.parseInt(token.slice(HEAD.length, HEAD.length + 8), 16) ^ mixWords(state.seed, 0x70);
  const subscription = state.subscriptions.get(id);
  if (subscription === undefined || subscription.topicArn !== topicArn || token !== tokenOf(state, id)) {
    throw invalidParameter('Token', 'No subscription of this topic was given this token.');
  }
  return subscription;
}
