/** Reads the official SDK's runtime schemas as shapes: members, types, which are required, wire names. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types';
import type { Member, Shape, StructureShape } from './shape.ts';

/** Static structure schemas keep their member names, member schemas and number of required members here. */
const MEMBER_NAMES = 4;
const REQUIRED_COUNT = 6;

/** Runtime schemas know numbers only: these members are fractions in AWS's models. By namespace. */
const FRACTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  'com.amazonaws.cloudwatch': new Set([
    'Threshold',
    'Value',
    'Values',
    'Counts',
    'SampleCount',
    'Average',
    'Sum',
    'Minimum',
    'Maximum',
    'ExtendedStatistics',
  ]),
  'com.amazonaws.autoscaling': new Set([
    'TargetValue',
    'MetricValue',
    'MetricIntervalLowerBound',
    'MetricIntervalUpperBound',
    'BreachThreshold',
  ]),
};

export interface OperationShapes {
  readonly name: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

/** `SendMessage$` of `@aws-sdk/client-sqs` as name, input and output. */
export function operationShapes(schema: StaticOperationSchema): OperationShapes {
  const [, , name, , input, output] = schema;
  return {
    name,
    input: structureOf(NormalizedSchema.of(input)),
    output: structureOf(NormalizedSchema.of(output)),
  };
}

function structureOf(schema: NormalizedSchema): StructureShape {
  if (schema.isUnitSchema()) return { type: 'structure', name: 'Unit', members: [] };
  const raw = schema.getSchema() as StaticStructureSchema;
  const names = raw[MEMBER_NAMES];
  const fractions = FRACTIONS[raw[1]];
  const required = new Set(names.slice(0, (raw as readonly unknown[])[REQUIRED_COUNT] as number | undefined));
  if ((raw as readonly unknown[])[REQUIRED_COUNT] === undefined) required.clear();
  const members: Member[] = [];
  for (const [name, member] of schema.structIterator()) {
    const wireName = member.getMergedTraits().xmlName;
    let shape: Shape | undefined;
    members.push({
      name,
      required: required.has(name),
      shape: () => {
        shape ??= shapeOf(member, fractions?.has(name));
        return shape;
      },
      ...(wireName === undefined ? {} : { wireName }),
    });
  }
  return { type: 'structure', name: schema.getName() ?? '', members };
}

function shapeOf(schema: NormalizedSchema, fraction = false): Shape {
  const traits = schema.getMergedTraits();
  if (schema.isListSchema()) {
    return {
      type: 'list',
      member: shapeOf(schema.getValueSchema(), fraction),
      ...(traits.xmlName === undefined ? {} : { wireName: traits.xmlName }),
      ...(traits.xmlFlattened === undefined ? {} : { flattened: true }),
    };
  }
  if (schema.isMapSchema()) {
    return {
      type: 'map',
      key: shapeOf(schema.getKeySchema()),
      value: shapeOf(schema.getValueSchema(), fraction),
      ...(traits.xmlFlattened === undefined ? {} : { flattened: true }),
    };
  }
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isBlobSchema()) return { type: 'blob' };
  if (schema.isTimestampSchema()) return { type: 'timestamp' };
  if (schema.isBooleanSchema()) return { type: 'boolean' };
  if (schema.isNumericSchema()) return { type: fraction ? 'double' : 'integer' };
  if (schema.isDocumentSchema()) return { type: 'document' };
  return { type: 'string' };
}
