/** The data plane of AWS IoT: publishing to the message broker over HTTPS. The rules lie in the service `iot`. */
import { Publish$, type PublishRequest } from '@aws-sdk/client-iot-data-plane';
import type { Access, DenialStyle } from '../../contract/access.ts';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import { ServiceError } from '../../contract/errors.ts';
import { IOT_MESSAGE, type IotMessage } from '../../contract/iotMessages.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import { defineService } from '../../contract/service.ts';
import { utf8Length } from '../../contract/text.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Request } from '../../engine/service.ts';
import { milliseconds } from '../../engine/units.ts';

/** It keeps nothing. */
type Nothing = Readonly<Record<string, never>>;

const DENIED: DenialStyle = {
  code: 'ForbiddenException',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

/** AWS leaves the message empty or says `null`. UNSURE. */
const invalid = (why: string): ServiceError => new ServiceError('InvalidRequestException', '', { why });
const without = (purpose: string, why: string) => ({ purpose, notModelled: why }) as const;
const MQTT5 = 'headers of MQTT 5';

function checkTopic(topic: string): void {
  if (topic === '' || utf8Length(topic) > IOT_MESSAGE.topicBytes) {
    throw invalid(`The topic has ${utf8Length(topic)} bytes; 1 to ${IOT_MESSAGE.topicBytes} are allowed.`);
  }
  if (/[#+]/u.test(topic)) throw invalid('A topic to publish to has no wildcards: # and + are for filters.');
  const slashes = topic.split('/').length - 1;
  if (slashes > IOT_MESSAGE.slashes) {
    throw invalid(`The topic has ${slashes} slashes; ${IOT_MESSAGE.slashes} are allowed.`);
  }
  if (topic.startsWith('$')) throw invalid(`not modelled: reserved topics such as ${topic}.`);
}

const publish = checkedOperation<Nothing, PublishRequest>(
  Publish$,
  {
    summary: 'Publishes a message to a topic of the message broker.',
    members: {
      topic: { purpose: 'the topic: plant/1/temperature' },
      qos: { purpose: 'the quality of service', min: 0, max: 1, default: 0 },
      retain: without('keep it for later subscribers', 'retained messages'),
      payload: { purpose: 'what is told; rules read JSON', max: IOT_MESSAGE.payloadBytes, unit: 'bytes' },
      userProperties: without('names and values beside the payload', MQTT5),
      payloadFormatIndicator: without('whether it is UTF-8', MQTT5),
      contentType: without('what the payload is', MQTT5),
      responseTopic: without('where an answer goes', MQTT5),
      correlationData: without('what an answer belongs to', MQTT5),
      messageExpiry: without('how long it holds', MQTT5),
    },
    handle(context, { topic = '', qos = 0, payload }) {
      checkTopic(topic);
      if (qos !== 0 && qos !== 1) throw invalid('The quality of service is 0 or 1.');
      const bytes = payload instanceof Uint8Array ? payload.slice() : new Uint8Array();
      if (bytes.length > IOT_MESSAGE.payloadBytes) {
        throw invalid(`The payload has ${bytes.length} bytes; ${IOT_MESSAGE.payloadBytes} are allowed.`);
      }
      const { account, by } = context.caller;
      const message: IotMessage = Object.freeze({ type: 'IotMessage', topic, payload: bytes, account, by });
      if (context.peek('iot') !== undefined)
        context.deliver({ to: 'iot', from: 'iotdata', payload: message });
      return {};
    },
  },
  (member) => invalid(`${member} is required.`),
);

function access(_state: Nothing, { input, caller }: Request, settings: AwsWorldSettings): Access {
  const { topic = '*' } = input as { readonly topic?: string };
  const resource = `arn:aws:iot:${settings.region}:${caller.account}:topic/${topic}`;
  return { needs: [{ action: 'iot:Publish', resource, account: caller.account, style: DENIED }] };
}

export const iotData = defineService<Nothing>({
  name: 'iotdata',
  word: 'iot-data',
  title: 'AWS IoT Data Plane',
  kind: 'aws',
  summary: 'Publishing to the message broker of AWS IoT.',
  operations: [publish],
  notModelled: [
    'DeleteConnection',
    'DeleteThingShadow',
    'GetConnection',
    'GetRetainedMessage',
    'GetThingShadow',
    'ListNamedShadowsForThing',
    'ListRetainedMessages',
    'ListSubscriptions',
    'SendDirectMessage',
    'UpdateThingShadow',
  ],
  create: () => Object.freeze({}),
  due: () => undefined,
  latency: (random) => milliseconds(random.integer(6, 20)),
  access,
  view: () => [],
});
