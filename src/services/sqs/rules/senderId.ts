/** The unique id of the IAM user who sent: AIDA and 17 letters or digits, made from the account. */
import { mixWords } from '../../../contract/messageId.ts';
import { hashText } from '../../../engine/random.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 17;

export function senderId(account: string): string {
  let text = 'AIDA';
  for (let index = 0; index < LENGTH; index++) {
    text += ALPHABET[mixWords(hashText(account), index) & 31]!;
  }
  return text;
}
