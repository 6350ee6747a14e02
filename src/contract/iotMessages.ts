/** A message that the message broker of AWS IoT took: handed to the service `iot`, whose rules choose. */
export interface IotMessage {
  readonly type: 'IotMessage';
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly account: string;
  /** Who published. */
  readonly by: string;
}

export const isIotMessage = (payload: object): payload is IotMessage =>
  'type' in payload && payload.type === 'IotMessage';

/** AWS IoT Core endpoints and quotas, message broker: bytes of a topic's name, slashes in it, bytes of a payload. */
export const IOT_MESSAGE = { topicBytes: 256, slashes: 7, payloadBytes: 131_072 } as const;
