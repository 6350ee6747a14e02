/** `--generate-cli-skeleton`: an example of an input or an output (`botocore`'s ArgumentGenerator). */
import type { AnyOperation } from '../contract/operation.ts';
import type { Shape, StructureShape } from '../contract/shape.ts';
import { formatJson } from './format/json.ts';
import { membersInOrder } from './outputShape.ts';
import type { Plain } from './python/values.ts';

/** stdout, with its newline. */
export function inputSkeleton(operation: AnyOperation): string {
  const value = structureExample(operation.input, [], (name, shape) => firstValue(operation, name, shape));
  return `${formatJson(value)}\n`;
}

/** An answer in which every text is its member's name. */
export const outputSkeleton = (operation: AnyOperation): Plain =>
  structureExample(operation.output, [], (name, _shape, inList) => (inList ? 'String' : name));

/** The input as YAML, with a word about each member. */
export function yamlInputSkeleton(operation: AnyOperation): string {
  const lines = operation.input.members.map((member) => {
    const rule = operation.members[member.name];
    const values = rule?.values;
    const comment = [
      ...(member.required ? ['[REQUIRED]'] : []),
      ...(rule?.purpose === undefined ? [] : [`${rule.purpose}.`]),
      ...(values ? [`Valid values are: ${values.join(', ')}.`] : []),
    ].join(' ');
    const value = example(member.shape(), member.name, [], (name, shape) =>
      firstValue(operation, name, shape),
    );
    const own = typeof value === 'object' && value !== null ? flow(value) : scalar(value);
    return `${member.name}: ${own}${comment === '' ? '' : `  # ${comment}`}\n`;
  });
  return lines.length > 0 ? lines.join('') : '{}\n';
}

type TextOf = (name: string, shape: Shape, inList: boolean) => string;

/** Flow style: short, and read by every YAML parser. */
function flow(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${flow(item as Plain)}`)
      .join(', ')}}`;
  }
  return scalar(value);
}

const scalar = (value: Plain): string =>
  value === null ? "!!binary ''" : typeof value === 'string' ? `'${value}'` : String(value);

function firstValue(operation: AnyOperation, name: string, shape: Shape): string {
  const values = operation.members[name]?.values ?? (shape.type === 'string' ? shape.values : undefined);
  return values?.[0] ?? '';
}

function structureExample(shape: StructureShape, stack: readonly string[], textOf: TextOf): Plain {
  if (stack.filter((name) => name === shape.name).length > 0) return {};
  const inner = [...stack, shape.name];
  return Object.fromEntries(
    membersInOrder(shape).map((member) => [member.name, example(member.shape(), member.name, inner, textOf)]),
  );
}

function example(
  shape: Shape,
  name: string,
  stack: readonly string[],
  textOf: TextOf,
  inList = false,
): Plain {
  switch (shape.type) {
    case 'structure':
      return structureExample(shape, stack, textOf);
    case 'list':
      return [example(shape.member, name, stack, textOf, true)];
    case 'map':
      return { KeyName: example(shape.value, '', stack, textOf) };
    case 'integer':
    case 'long':
      return 0;
    case 'double':
      return 0;
    case 'boolean':
      return true;
    case 'timestamp':
      return '1970-01-01T00:00:00';
    case 'string':
      return textOf(name, shape, inList);
    default:
      return null;
  }
}
