/** REST JSON: Amazon MQ, Lambda, AWS IoT and its data plane. */
import type { ServiceDescription } from '../../contract/operation.ts';
import type { Refusal } from '../../engine/service.ts';
import { type Asked, type Incoming, type Protocol, WireRefusal } from '../exchange.ts';
import { payloadOf, readBound, writeBound } from '../rest/binding.ts';
import { matchOperation } from '../rest/matching.ts';
import { type JsonStyle, jsonText, REST_JSON, readJson, writeJson } from '../wire/json.ts';
import { pairsOf } from '../wire/query.ts';
import type { WireOperation } from '../wire/shape.ts';

/** MQ writes times in ISO 8601, Lambda those of its own functions as texts. */
const MQ_JSON: JsonStyle = { ...REST_JSON, time: 'iso' };

export function restJson(service: ServiceDescription): Protocol {
  const style = service.name === 'mq' ? MQ_JSON : REST_JSON;
  return {
    read(incoming) {
      const { method, path, headers } = incoming;
      const query = [...pairsOf(incoming.query)];
      const match = matchOperation(service, { method, path, query: new Map(query) });
      if (match === undefined) throw nothingThere(service, incoming);
      const { operation, labels } = match;
      const input = readBound(operation.input, { labels, query, headers });
      const body = readBody(incoming, operation);
      return { service, operation, input: { ...body, ...input } };
    },
    answer(asked, output, requestId) {
      const { operation } = asked;
      const values = output as Readonly<Record<string, unknown>>;
      const { headers, status } = writeBound(operation.output, values);
      const payload = payloadOf(operation.output);
      const all = { 'x-amzn-requestid': requestId, ...headers };
      const code = status ?? operation.status;
      if (payload !== undefined) {
        const value = values[payload.name];
        const isRaw = payload.shape.type === 'blob' || payload.shape.type === 'string';
        const body = isRaw
          ? ((value ?? '') as string | Uint8Array)
          : JSON.stringify(writeJson(value, payload.shape, style));
        return { status: code, headers: { 'content-type': 'application/json', ...all }, body };
      }
      // A status without a body, or an output without members that go there.
      const isEmpty = code === 204 || operation.output.members.every(({ place }) => place.in !== 'body');
      const body = isEmpty ? (code === 204 ? '' : '{}') : jsonText(values, operation.output, style);
      return { status: code, headers: { 'content-type': 'application/json', ...all }, body };
    },
    refuse(refusal, requestId, target) {
      return {
        status: refusal.httpStatus,
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': requestId,
          'x-amzn-errortype': refusal.code,
        },
        body: JSON.stringify(errorOf(service, refusal, target)),
      };
    },
  };
}

function readBody({ body }: Incoming, operation: WireOperation): object {
  const payload = payloadOf(operation.input);
  if (payload !== undefined && (payload.shape.type === 'blob' || payload.shape.type === 'string')) {
    return body.length === 0 ? {} : { [payload.name]: Uint8Array.from(body) };
  }
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(body));
  } catch {
    throw new WireRefusal('SerializationException', 'Could not parse request body into json');
  }
  const shape = payload?.shape ?? bodyOf(operation);
  const read = readJson(value, shape, REST_JSON) ?? {};
  return payload === undefined ? (read as object) : { [payload.name]: read };
}

/** Members of the path and the query are not looked for in the body. */
function bodyOf({ input }: WireOperation): WireOperation['input'] {
  const members = input.members.filter(({ place }) => place.in === 'body');
  return Object.create(input, {
    members: { value: members },
    type: { value: input.type },
  }) as WireOperation['input'];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Amazon API Gateway, which stands before both. UNSURE: the sentence. */
function nothingThere(service: ServiceDescription, { method, path }: Incoming): WireRefusal {
  if (service.name === 'mq')
    return new WireRefusal('ForbiddenException', 'Missing Authentication Token', 403);
  return new WireRefusal('UnknownOperationException', `not modelled: ${service.name} ${method} ${path}`, 404);
}

function errorOf({ name }: ServiceDescription, refusal: Refusal, target: Asked | undefined): object {
  const { message, fault } = refusal;
  if (name === 'mq') {
    const attribute = target === undefined ? undefined : attributeOf(target, message);
    return { ...(attribute !== undefined && { errorAttribute: attribute }), message };
  }
  // Some shapes of Lambda's model say `Message`, others `message`.
  return { Type: fault === 'client' ? 'User' : 'Service', Message: message, message };
}

/** Amazon MQ API Reference, Error: the attribute that caused it. */
function attributeOf({ operation }: Asked, message: string): string | undefined {
  if (message.startsWith("Can't find requested broker")) return 'broker-id';
  if (message.startsWith("Can't find requested configuration")) return 'configuration_id';
  const member = operation.input.members.find(({ jsonName }) => message.includes(jsonName));
  return member?.jsonName;
}
