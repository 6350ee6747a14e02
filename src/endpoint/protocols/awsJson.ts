/** AWS JSON 1.0 and 1.1: the operation is in `X-Amz-Target`, the input is the body. Also its older CBOR form. */
import type { ServiceDescription } from '../../contract/operation.ts';
import type { Refusal } from '../../engine/service.ts';
import { type Asked, type Incoming, type Protocol, type Reply, WireRefusal } from '../exchange.ts';
import { operationNamed } from '../operationNamed.ts';
import { cborBytes, cborOfPlain, cborValue, readCbor } from '../wire/cbor.ts';
import { isObject, jsonText, RPC_JSON, readJson } from '../wire/json.ts';
import type { WireService } from '../wireServices.ts';

export interface JsonService {
  readonly wire: WireService;
  readonly service: ServiceDescription;
}

const CBOR = 'application/x-amz-cbor-1.1';
/** Of AWS's framework, whatever the service: `com.amazon.coral.service#SerializationException`. */
const FRAMEWORK = 'com.amazon.coral.service';

export function awsJson({ wire, service }: JsonService, isCbor: boolean): Protocol {
  const contentType = isCbor ? CBOR : `application/x-amz-json-${wire.json ?? '1.1'}`;
  return {
    read(incoming) {
      const { headers, body } = incoming;
      const target = headers['x-amz-target'] ?? '';
      const operation = operationNamed(service, target.slice(target.indexOf('.') + 1));
      if (operation === undefined) throw new WireRefusal('UnknownOperationException', '');
      const input = isCbor
        ? readCbor(cborValue(body), operation.input, 1)
        : readJson(parsed(incoming), operation.input, RPC_JSON);
      return { service, operation, input: (input ?? {}) as object };
    },
    answer({ operation }, output, requestId) {
      // Kinesis API: what gives nothing has an empty body. Clients take both.
      const isEmpty = operation.output.members.length === 0;
      const body = isEmpty
        ? wire.json === '1.0'
          ? '{}'
          : ''
        : isCbor
          ? cborBytes(output, operation.output, 1)
          : jsonText(output, operation.output, RPC_JSON);
      return { status: 200, headers: { 'content-type': contentType, 'x-amzn-requestid': requestId }, body };
    },
    refuse(refusal, requestId) {
      const error = errorBody(refusal, wire);
      const headers = {
        'content-type': contentType,
        'x-amzn-requestid': requestId,
        ...queryErrorOf(refusal, wire),
      };
      return {
        status: refusal.httpStatus,
        headers,
        body: isCbor ? cborOfPlain(error) : JSON.stringify(error),
      };
    },
  };
}

function parsed({ body }: Incoming): object {
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(body));
  } catch {
    throw new WireRefusal('SerializationException', '');
  }
  if (!isObject(value)) throw new WireRefusal('SerializationException', '');
  return value;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `SerializationException` writes its message with a capital M, and none at all for what is no JSON. */
export function errorBody(refusal: Refusal, wire: WireService): object {
  const type = typeOf(refusal, wire);
  const { message, code } = refusal;
  if (message === '') return { __type: type };
  return code === 'SerializationException' ? { __type: type, Message: message } : { __type: type, message };
}

function typeOf({ code, jsonCode = code }: Refusal, { namespace }: WireService): string {
  if (namespace === undefined) return jsonCode;
  return `${GENERIC.has(jsonCode) ? FRAMEWORK : namespace}#${jsonCode}`;
}

const GENERIC: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'InvalidParameterCombinationException',
  'InvalidParameterValueException',
  'MissingRequiredParameterException',
  'SerializationException',
  'UnknownOperationException',
  'InternalFailure',
  'ServiceUnavailable',
]);

/** SDKs that once spoke the Query protocol read its code from here. */
export function queryErrorOf(
  { code, fault }: Refusal,
  { queryErrors }: WireService,
): Readonly<Record<string, string>> {
  if (queryErrors !== true) return {};
  return { 'x-amzn-query-error': `${code};${fault === 'client' ? 'Sender' : 'Receiver'}` };
}

export type { Asked, Reply };
