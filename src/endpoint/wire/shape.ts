/**
 * How a value of an operation travels: AWS's own runtime schema (`NormalizedSchema`) as a small tree that each format
 * walks. Made once for each schema, its members when somebody asks.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef, StaticOperationSchema } from '@smithy/types';

export type TimeFormat = 'iso' | 'http' | 'epoch';

type WireType =
  | 'structure'
  | 'list'
  | 'map'
  | 'string'
  | 'number'
  | 'boolean'
  | 'blob'
  | 'timestamp'
  | 'document';

export interface WireShape {
  readonly type: WireType;
  readonly name: string;
  /** Of an answer in XML: `ListBucketResult`. */
  readonly rootName: string;
  /** Of a structure, by AWS's name. */
  readonly members: readonly WireMember[];
  /** Of a list and a map. */
  readonly item: WireShape;
  readonly itemName: string;
  readonly keyName: string;
  readonly streaming: boolean;
  /** Of a time, where the model says so. */
  readonly time: TimeFormat | undefined;
  readonly namespace: readonly [prefix: string, uri: string] | undefined;
  /** For the SDK's own readers. */
  readonly schema: NormalizedSchema;
}

/** Where a member travels in a REST request or answer. */
type Place =
  | { readonly in: 'body' }
  | { readonly in: 'payload' }
  | { readonly in: 'label' }
  | { readonly in: 'status' }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'anyQuery' }
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'prefix'; readonly name: string };

export interface WireMember {
  readonly name: string;
  readonly jsonName: string;
  readonly xmlName: string;
  readonly shape: WireShape;
  /** Elements stand beside each other, without one around them. */
  readonly flattened: boolean;
  readonly attribute: boolean;
  readonly place: Place;
}

export interface WireOperation {
  readonly name: string;
  readonly method: string;
  /** `/v1/brokers/{BrokerId}`, with the query that belongs to it. */
  readonly uri: string;
  readonly status: number;
  readonly input: WireShape;
  readonly output: WireShape;
}

const NONE: readonly WireMember[] = [];
const shapes = new WeakMap<object, WireShape>();
const operations = new WeakMap<object, WireOperation>();

export function wireOperation(schema: StaticOperationSchema): WireOperation {
  let made = operations.get(schema);
  if (made === undefined) {
    const [, , name, traits, input, output] = schema;
    const { http } =
      typeof traits === 'object' ? (traits as { readonly http?: unknown }) : { http: undefined };
    const [method = 'POST', uri = '/', status = 200] = Array.isArray(http)
      ? (http as [string, string, number])
      : [];
    made = { name, method, uri, status, input: wireShape(input), output: wireShape(output) };
    operations.set(schema, made);
  }
  return made;
}

function wireShape(ref: SchemaRef): WireShape {
  return shapeOf(NormalizedSchema.of(ref));
}

function shapeOf(schema: NormalizedSchema): WireShape {
  const raw = schema.getSchema();
  // A recursive structure is one object: the same schema gives the same shape.
  const known = typeof raw === 'object' && schema.isStructSchema() ? shapes.get(raw) : undefined;
  if (known !== undefined) return known;
  const made = new SchemaShape(schema);
  if (typeof raw === 'object' && schema.isStructSchema()) shapes.set(raw, made);
  return made;
}

class SchemaShape implements WireShape {
  readonly type: WireType;
  readonly name: string;
  readonly rootName: string;
  readonly streaming: boolean;
  readonly time: TimeFormat | undefined;
  readonly schema: NormalizedSchema;
  #members: readonly WireMember[] | undefined;
  #item: WireShape | undefined;

  constructor(schema: NormalizedSchema) {
    this.schema = schema;
    this.type = typeOf(schema);
    this.name = schema.getName() ?? '';
    this.streaming = schema.isStreaming();
    this.rootName = schema.getMergedTraits().xmlName ?? this.name;
    this.time = TIMES[String(schema.getSchema())];
  }

  get members(): readonly WireMember[] {
    if (this.type !== 'structure' || this.schema.isUnitSchema()) return NONE;
    this.#members ??= [...this.schema.structIterator()].map(([name, member]) => memberOf(name, member));
    return this.#members;
  }

  get item(): WireShape {
    this.#item ??= shapeOf(this.schema.getValueSchema());
    return this.#item;
  }

  get itemName(): string {
    const otherwise = this.type === 'map' ? 'value' : 'member';
    return this.schema.getValueSchema().getMergedTraits().xmlName ?? otherwise;
  }

  get keyName(): string {
    return this.schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  }

  get namespace(): readonly [string, string] | undefined {
    const { xmlNamespace } = this.schema.getMergedTraits();
    return xmlNamespace as readonly [string, string] | undefined;
  }
}

const TIMES: Readonly<Record<string, TimeFormat>> = { 5: 'iso', 6: 'http', 7: 'epoch' };

function typeOf(schema: NormalizedSchema): WireType {
  if (schema.isUnitSchema() || schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isMapSchema()) return 'map';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isDocumentSchema()) return 'document';
  return 'string';
}

function memberOf(name: string, schema: NormalizedSchema): WireMember {
  const traits = schema.getMergedTraits();
  return {
    name,
    jsonName: traits.jsonName ?? name,
    xmlName: traits.xmlName ?? name,
    shape: shapeOf(schema),
    flattened: traits.xmlFlattened !== undefined,
    attribute: traits.xmlAttribute !== undefined,
    place: placeOf(traits),
  };
}

function placeOf(traits: ReturnType<NormalizedSchema['getMergedTraits']>): Place {
  if (traits.httpLabel !== undefined) return { in: 'label' };
  if (traits.httpQuery !== undefined) return { in: 'query', name: traits.httpQuery };
  if (traits.httpQueryParams !== undefined) return { in: 'anyQuery' };
  if (traits.httpHeader !== undefined) return { in: 'header', name: traits.httpHeader.toLowerCase() };
  if (traits.httpPrefixHeaders !== undefined)
    return { in: 'prefix', name: traits.httpPrefixHeaders.toLowerCase() };
  if (traits.httpPayload !== undefined) return { in: 'payload' };
  if (traits.httpResponseCode !== undefined) return { in: 'status' };
  return { in: 'body' };
}
