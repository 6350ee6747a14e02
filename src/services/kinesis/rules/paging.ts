/** Tokens that go on with a list: what was asked, after which item, and since when the token is good. */
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import type { Instant } from '../../../engine/units.ts';
import { expiredToken, invalidArgument } from '../errors.ts';
import { TOKEN_LIFE } from '../limits.ts';

export interface Token {
  readonly issued: Instant;
  /** The stream's key, or ''. */
  readonly stream: string;
  /** The last item that was given. */
  readonly after: string;
  readonly filter?: object | undefined;
}

export const tokenText = (token: Token): string => base64(utf8Bytes(JSON.stringify(token)));

/** Refuses what is no token, and one that is older than five minutes. */
export function readToken(text: string, now: Instant): Token {
  const plain = utf8Text(fromBase64(text)) ?? '';
  // UNSURE: the sentence.
  const invalid = () => invalidArgument('Invalid NextToken.');
  if (!plain.startsWith('{"issued":') || base64(utf8Bytes(plain)) !== text) throw invalid();
  const token = JSON.parse(plain) as Token;
  if (now - token.issued > TOKEN_LIFE) {
    // UNSURE: the sentence.
    throw expiredToken('The pagination token passed to the operation is expired.');
  }
  return token;
}
