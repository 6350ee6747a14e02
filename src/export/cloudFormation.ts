/** A world as a CloudFormation template (JSON). */
import type { Blueprint, Declared, Part } from './declared.ts';
import { mapTexts, type Reference, References } from './references.ts';

export function cloudFormation(blueprint: Blueprint): string {
  const { resources, leftOut } = blueprint;
  const ids = logicalIds(resources);
  const filled = filler(blueprint, ids);
  const policies = resources.flatMap((resource) =>
    MEETS_BUCKETS.has(resource.type) ? (resource.parts ?? []).map((part) => partId(ids, resource, part)) : [],
  );
  const entries = resources.flatMap((resource) => {
    const id = ids.get(resource)!;
    const waits = resource.type === BUCKET && resource.properties.NotificationConfiguration !== undefined;
    return [
      [
        id,
        {
          Type: resource.type,
          // A bucket's notifications are tried when they are set: whoever gets them must let the bucket in by then.
          ...(waits && policies.length > 0 ? { DependsOn: policies } : {}),
          Properties: filled(resource.properties, (other) => other !== resource),
        },
      ],
      ...(resource.parts ?? []).map((part) => [
        partId(ids, resource, part),
        {
          Type: part.type,
          DependsOn: [id],
          // A bucket that waits for this policy is named by its text, or each would wait for the other.
          Properties: filled(part.properties, (other) => other.type !== BUCKET),
        },
      ]),
    ];
  });
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: ['Made by msg-playground from a world.', ...leftOut.map((words) => `Left out: ${words}.`)]
      .join(' ')
      .slice(0, 1024),
    Resources: Object.fromEntries(entries),
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

const BUCKET = 'AWS::S3::Bucket';
const MEETS_BUCKETS = new Set(['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Lambda::Function']);

const partId = (ids: ReadonlyMap<Declared, string>, resource: Declared, { suffix }: Part): string =>
  `${ids.get(resource)!}${logical(suffix)}`;

/** Puts `Ref`, `Fn::GetAtt` and `Fn::Sub` where a text names another resource or the account. */
function filler(
  blueprint: Blueprint,
  ids: ReadonlyMap<Declared, string>,
): (value: unknown, may: (resource: Declared) => boolean) => unknown {
  const references = new References(blueprint);
  const { account } = blueprint;
  return (value, may) =>
    mapTexts(value, (text) => {
      const pieces = references.pieces(text, may);
      const [only] = pieces;
      if (pieces.length === 1 && typeof only === 'object') return pointer(only, ids);
      if (pieces.every((piece) => typeof piece === 'string') && !text.includes(account)) return text;
      const words = pieces.map((piece) =>
        typeof piece === 'string'
          ? // biome-ignore lint/suspicious/noTemplateCurlyInString: the template's own placeholder
            piece.replaceAll('${', '${!').replaceAll(account, '${AWS::AccountId}')
          : `\${${ids.get(piece.resource)!}${isRef(piece) ? '' : `.${piece.attribute}`}}`,
      );
      return { 'Fn::Sub': words.join('') };
    });
}

/** What CloudFormation's `Ref` of a type gives, as an attribute of ours. */
const REFS: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'QueueUrl',
  'AWS::SNS::Topic': 'TopicArn',
};

const isRef = ({ resource, attribute }: Reference): boolean =>
  attribute === 'Ref' || REFS[resource.type] === attribute;

function pointer(reference: Reference, ids: ReadonlyMap<Declared, string>): object {
  const id = ids.get(reference.resource)!;
  return isRef(reference) ? { Ref: id } : { 'Fn::GetAtt': [id, reference.attribute] };
}

/** `orders-dlq` is OrdersDlq. */
const logical = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/u)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** Letters and digits, unique in the template. */
function logicalIds(resources: readonly Declared[]): ReadonlyMap<Declared, string> {
  const taken = new Set<string>();
  return new Map(
    resources.map((resource) => {
      const base = `${logical(resource.name)}${resource.type.slice(resource.type.lastIndexOf(':') + 1)}`;
      let id = base;
      for (let count = 2; taken.has(id); count++) id = `${base}${count}`;
      taken.add(id);
      return [resource, id];
    }),
  );
}
