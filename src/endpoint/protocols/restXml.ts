/** REST XML: Amazon S3. */
import { XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import type { ServiceDescription } from '../../contract/operation.ts';
import type { Refusal } from '../../engine/service.ts';
import { type Asked, type Incoming, type Protocol, type Reply, WireRefusal } from '../exchange.ts';
import { operationNamed } from '../operationNamed.ts';
import { payloadOf, readBound, writeBound } from '../rest/binding.ts';
import { addressed } from '../rest/buckets.ts';
import { isChunked, unchunked } from '../rest/chunked.ts';
import { matchOperation } from '../rest/matching.ts';
import { pairsOf } from '../wire/query.ts';
import type { WireMember, WireOperation, WireShape } from '../wire/shape.ts';
import { element, xmlEscaped, xmlMembers } from '../wire/xml.ts';

const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/';
const STYLE = { time: 'iso', millis: true, bodyOnly: true } as const;
/** Parts of a bucket or an object that the playground has not, by the query that asks for them. */
const PARTS = new Set(
  `accelerate acl analytics attributes cors encryption intelligent-tiering inventory legal-hold lifecycle
  logging metrics object-lock ownershipControls partNumber policyStatus publicAccessBlock replication requestPayment
  restore retention select tagging torrent uploadId uploads versionId versioning versions website session`.split(
    /\s+/u,
  ),
);
/** What SDKs send unasked: the playground keeps no checksums beside the MD5. */
const PASSED_OVER = /^(?:Checksum|ContentEncoding$|ContentLength$|RequestPayer$|Expect$)/u;

export function restXml(service: ServiceDescription): Protocol {
  return {
    read(incoming) {
      const { method, headers } = incoming;
      const query = [...pairsOf(incoming.query)];
      const { bucket, path } = addressed(headers.host ?? '', incoming.path);
      const names = new Map(query);
      const match = matchOperation(service, { method, path, query: names });
      const named = match && onBucket(match.operation, bucket, service);
      if (match === undefined || named === undefined) {
        const part = [...names.keys()].find((name) => PARTS.has(name));
        if (part !== undefined) throw notImplemented(`${method} of ?${part}`);
        throw new WireRefusal(
          'MethodNotAllowed',
          'The specified method is not allowed against this resource.',
          405,
        );
      }
      const operation = amongAlike(named, names, incoming, service);
      const refused = [...names.keys()].find((name) => PARTS.has(name) && !takes(operation, name));
      if (refused !== undefined) throw notImplemented(`${method} of ?${refused}`);
      const input = readBound(operation.input, { labels: match.labels, query, headers });
      if (bucket !== undefined) input.Bucket = bucket;
      for (const name of Object.keys(input)) if (PASSED_OVER.test(name)) delete input[name];
      const payload = payloadOf(operation.input);
      if (payload !== undefined) readPayload(payload, incoming, input);
      return { service, operation, input };
    },
    answer,
    refuse,
  };
}

/** GET of `/` lists: buckets, or where a bucket is named the objects in it. Undefined: nothing else can be asked there. */
function onBucket(
  found: WireOperation,
  bucket: string | undefined,
  service: ServiceDescription,
): WireOperation | undefined {
  if (found.name !== 'ListBuckets' && found.name !== 'ListObjects') {
    return bucket === undefined ? undefined : found;
  }
  return operationNamed(service, bucket === undefined ? 'ListBuckets' : 'ListObjects');
}

/** A PUT of an object may be of a part, and a copy: the model has one pattern for all. */
function amongAlike(
  found: WireOperation,
  query: ReadonlyMap<string, string>,
  { headers }: Incoming,
  service: ServiceDescription,
): WireOperation {
  const alike = ALIKE.find((names) => names.includes(found.name));
  if (alike === undefined) return found;
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  const [whole, copy = whole, part = whole, partCopy = part] = alike;
  const name = query.has('uploadId') ? (isCopy ? partCopy : part) : isCopy ? copy : whole;
  return operationNamed(service, name!) ?? found;
}

/** Of an object, a copy, a part, a part that is copied. */
const ALIKE: readonly (readonly string[])[] = [
  ['PutObject', 'CopyObject', 'UploadPart', 'UploadPartCopy'],
  ['GetObject', 'GetObject', 'ListParts'],
  ['DeleteObject', 'DeleteObject', 'AbortMultipartUpload'],
];

/** Is a parameter of the query the operation's mark, or one of its members? */
const takes = ({ uri, input }: WireOperation, name: string): boolean =>
  new RegExp(`[?&]${name}(?:[=&]|$)`, 'u').test(uri) ||
  input.members.some(({ place }) => place.in === 'query' && place.name === name);

function readPayload({ name, shape }: WireMember, incoming: Incoming, input: Record<string, unknown>): void {
  const bytes = isChunked(incoming) ? unchunked(incoming.body) : incoming.body;
  if (shape.type === 'blob') {
    if (bytes.length > 0) input[name] = Uint8Array.from(bytes);
    return;
  }
  if (bytes.length === 0) return;
  input[name] = shape.type === 'string' ? UTF8.decode(bytes) : readXml(bytes, shape);
}

const UTF8 = new TextDecoder();

function readXml(bytes: Uint8Array, shape: WireShape): unknown {
  try {
    const reader = new XmlShapeDeserializer({
      xmlNamespace: XMLNS,
      serviceNamespace: XMLNS,
      timestampFormat: { useTrait: true, default: 5 },
      httpBindings: true,
    });
    reader.setSerdeContext({ utf8Encoder: (body: Uint8Array) => UTF8.decode(body) } as never);
    return plain(reader.read(shape.schema, bytes));
  } catch {
    throw new WireRefusal(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

/** Times in milliseconds, as the world keeps them. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function answer({ operation }: Asked, output: object, requestId: string): Reply {
  const values = output as Readonly<Record<string, unknown>>;
  const shape = operation.output;
  // A part of an object has a status of its own, which the model does not say.
  const usual = values.ContentRange === undefined ? operation.status : 206;
  const { headers, status = usual } = writeBound(shape, values);
  const all: Record<string, string> = { ...idsOf(requestId), ...headers };
  const payload = payloadOf(shape);
  if (payload !== undefined && payload.shape.type !== 'structure') {
    const value = (values[payload.name] ?? '') as string | Uint8Array;
    const type = payload.shape.type === 'string' ? { 'content-type': 'application/json' } : {};
    return { status, headers: { ...type, ...all }, body: value };
  }
  const root = payload?.shape ?? shape;
  const hasBody = payload !== undefined || root.members.some(({ place }) => place.in === 'body');
  if (!hasBody) return { status, headers: all, body: '' };
  const name = payload === undefined ? root.rootName : (payload.xmlName ?? root.name);
  const content = xmlMembers((payload === undefined ? values : values[payload.name]) as object, root, STYLE);
  const text = element(name, content, ` xmlns="${XMLNS}"`);
  return { status, headers: { 'content-type': 'application/xml', ...all }, body: `${DECLARATION}${text}` };
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const idsOf = (requestId: string): Readonly<Record<string, string>> => ({
  'x-amz-request-id': requestId.replaceAll('-', '').slice(0, 16).toUpperCase(),
  'x-amz-id-2': btoa(requestId + requestId).slice(0, 76),
});

/** Amazon S3 API Reference, Error responses. A HEAD has no body: the status says it. */
function refuse(
  { code, message, httpStatus, members = {} }: Refusal,
  requestId: string,
  target: Asked | undefined,
): Reply {
  const ids = idsOf(requestId);
  const { Bucket: bucket, Key: key } = (target?.input ?? {}) as {
    readonly Bucket?: string;
    readonly Key?: string;
  };
  const detail =
    (code === 'NoSuchKey' && key !== undefined ? element('Key', xmlEscaped(key)) : '') +
    (/Bucket/u.test(code) && bucket !== undefined ? element('BucketName', xmlEscaped(bucket)) : '');
  const error =
    element('Code', xmlEscaped(code)) +
    element('Message', xmlEscaped(message)) +
    detail +
    Object.entries(members)
      .map(([name, value]) => element(name, xmlEscaped(value)))
      .join('') +
    element('RequestId', ids['x-amz-request-id'] ?? '') +
    element('HostId', ids['x-amz-id-2'] ?? '');
  return {
    status: httpStatus,
    headers: { 'content-type': 'application/xml', ...ids },
    body: `${DECLARATION}${element('Error', error)}`,
  };
}

function notImplemented(what: string): WireRefusal {
  return new WireRefusal('NotImplemented', `not modelled: s3 ${what}`, 501);
}
