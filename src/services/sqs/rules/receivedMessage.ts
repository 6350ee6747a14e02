/** A message as ReceiveMessage answers it: id, handle and digests are made when somebody reads them. */
import { md5Hex } from '../../../contract/md5.ts';
import { OnDemand } from '../../../engine/onDemand.ts';
import type { Receipt } from '../../../engine/store/index.ts';
import { type AttributeValue, idOf, type MessageContent } from '../model.ts';
import { attributesMd5 } from './messageAttributes.ts';
import { formatReceiptHandle } from './receiptHandle.ts';

export class ReceivedMessage extends OnDemand {
  readonly #content: MessageContent;
  readonly #queue: number;
  readonly #receipt: Receipt;
  readonly Attributes: Readonly<Record<string, string>> | undefined;
  readonly MessageAttributes: Readonly<Record<string, AttributeValue>> | undefined;

  /** `queue` is the queue's order of creation. */
  constructor(
    content: MessageContent,
    queue: number,
    receipt: Receipt,
    systemAttributes: Readonly<Record<string, string>> | undefined,
    attributes: Readonly<Record<string, AttributeValue>> | undefined,
  ) {
    super();
    this.#content = content;
    this.#queue = queue;
    this.#receipt = receipt;
    this.Attributes = systemAttributes;
    this.MessageAttributes = attributes;
  }

  get MessageId(): string {
    return idOf(this.#content);
  }

  get ReceiptHandle(): string {
    const { seed, sequence } = this.#content;
    return formatReceiptHandle(seed, this.#queue, { receipt: this.#receipt, message: sequence >>> 0 });
  }

  get MD5OfBody(): string {
    return md5Hex(this.#content.body);
  }

  get Body(): string {
    return this.#content.body;
  }

  get MD5OfMessageAttributes(): string | undefined {
    return this.MessageAttributes && attributesMd5(this.MessageAttributes);
  }

  /** Members in the model's order; those that are not there are left out. */
  toJSON(): object {
    const { MessageId, ReceiptHandle, MD5OfBody, Body, Attributes, MessageAttributes } = this;
    return {
      MessageId,
      ReceiptHandle,
      MD5OfBody,
      Body,
      ...(Attributes && { Attributes }),
      ...(MessageAttributes && { MD5OfMessageAttributes: this.MD5OfMessageAttributes, MessageAttributes }),
    };
  }
}
