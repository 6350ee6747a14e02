/** The answer to a send. Ids and digests are made when the answer is read. */
import { md5Hex } from '../../../contract/md5.ts';
import { idOf, type MessageContent, sequenceNumberOf } from '../model.ts';
import { attributesMd5 } from './messageAttributes.ts';
import type { CheckedSend } from './sending.ts';

/** The digests are of what was sent now; of a duplicate, id and sequence number are the first one's. */
export function sentAnswer(
  content: MessageContent,
  { body, attributes, trace }: CheckedSend,
  fifo: boolean,
): object {
  const attributesDigest = attributes && attributesMd5(attributes);
  const traceDigest = trace && attributesMd5(trace);
  if (!fifo && attributesDigest === undefined && traceDigest === undefined) {
    return {
      get MD5OfMessageBody() {
        return md5Hex(body);
      },
      get MessageId() {
        return idOf(content);
      },
    };
  }
  return {
    MD5OfMessageBody: md5Hex(body),
    ...(attributesDigest !== undefined && { MD5OfMessageAttributes: attributesDigest }),
    ...(traceDigest !== undefined && { MD5OfMessageSystemAttributes: traceDigest }),
    MessageId: idOf(content),
    ...(fifo && { SequenceNumber: sequenceNumberOf(content) }),
  };
}
