/**
 * What goes to an endpoint outside AWS (an HTTP endpoint, a mailbox, a phone, a device) and what comes back. Both are
 * payloads of a `Delivery`: the first to the service that keeps the endpoints (`app`), the answer to who delivered.
 */
import type { Instant, Milliseconds } from '../engine/units.ts';

export type EndpointProtocol = 'http' | 'https' | 'email' | 'email-json' | 'sms' | 'application';

/** One attempt to reach an endpoint. Frozen plain data. */
export interface EndpointDelivery {
  readonly type: 'endpoint/Delivery';
  /** Comes back with the answer. */
  readonly delivery: number;
  readonly protocol: EndpointProtocol;
  /** A URL, an e-mail address, a phone number, a device's token. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a mail. */
  readonly subject?: string;
  readonly body: string;
  /** From 1. */
  readonly attempt: number;
  readonly sent: Instant;
  /** Asks the endpoint to agree to a subscription: what ConfirmSubscription wants. */
  readonly confirmation?: { readonly TopicArn: string; readonly Token: string };
}

/** An endpoint that hangs sends none. */
export interface EndpointAnswer {
  readonly type: 'endpoint/Answer';
  readonly delivery: number;
  /** An HTTP status; 0: no connection could be made. Mailboxes and phones take all they get: 200. */
  readonly status: number;
  readonly latency: Milliseconds;
  /** The resource that answered: `endpoint/hook`. */
  readonly resource?: string;
}

/** One attempt that leaves the world, to a real endpoint; `from`: the service that delivers. */
export interface OutsideDelivery {
  readonly type: 'endpoint/Outside';
  readonly from: string;
  readonly delivery: EndpointDelivery;
}

export const isOutsideDelivery = (payload: object): payload is OutsideDelivery =>
  'type' in payload && payload.type === 'endpoint/Outside';

/** Somebody answers an SMS from a phone: STOP opts it out. */
export interface PhoneReply {
  readonly type: 'endpoint/PhoneReply';
  readonly address: string;
  readonly text: string;
}

export const isPhoneReply = (payload: object): payload is PhoneReply =>
  'type' in payload && payload.type === 'endpoint/PhoneReply';

export const isEndpointDelivery = (payload: object): payload is EndpointDelivery =>
  'type' in payload && payload.type === 'endpoint/Delivery';

export const isEndpointAnswer = (payload: object): payload is EndpointAnswer =>
  'type' in payload && payload.type === 'endpoint/Answer';
