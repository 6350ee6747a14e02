/** The answer to a send: ids and digests are made when somebody reads them. */
import { md5Hex } from '../../../contract/md5.ts';
import { OnDemand } from '../../../engine/onDemand.ts';
import { idOf, type MessageContent, sequenceNumberOf } from '../model.ts';
import { attributesMd5 } from './messageAttributes.ts';
import type { CheckedSend } from './sending.ts';

/** The digests are of what was sent now; of a duplicate, id and sequence number are the first one's. */
export class SentAnswer extends OnDemand {
  readonly #content: MessageContent;
  readonly #sent: CheckedSend;
  readonly #fifo: boolean;

  constructor(content: MessageContent, sent: CheckedSend, fifo: boolean) {
    super();
    this.#content = content;
    this.#sent = sent;
    this.#fifo = fifo;
  }

  get MD5OfMessageBody(): string {
    return md5Hex(this.#sent.body);
  }

  get MD5OfMessageAttributes(): string | undefined {
    return this.#sent.attributes && attributesMd5(this.#sent.attributes);
  }

  get MD5OfMessageSystemAttributes(): string | undefined {
    return this.#sent.trace && attributesMd5(this.#sent.trace);
  }

  get MessageId(): string {
    return idOf(this.#content);
  }

  get SequenceNumber(): string | undefined {
    return this.#fifo ? sequenceNumberOf(this.#content) : undefined;
  }

  toJSON(): object {
    const { MD5OfMessageAttributes, MD5OfMessageSystemAttributes, SequenceNumber } = this;
    return {
      MD5OfMessageBody: this.MD5OfMessageBody,
      ...(MD5OfMessageAttributes !== undefined && { MD5OfMessageAttributes }),
      ...(MD5OfMessageSystemAttributes !== undefined && { MD5OfMessageSystemAttributes }),
      MessageId: this.MessageId,
      ...(SequenceNumber !== undefined && { SequenceNumber }),
    };
  }
}
