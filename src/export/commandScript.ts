/**
 * A world as a script for the AWS CLI: it runs in bash against an account, and with `msg-playground run`. What AWS makes
 * up (the account, ids of keys and policies) is asked for and kept in variables.
 */

import { flagOf, kebab } from '../command/kebab.ts';
import { quoted } from '../command/quoted.ts';
import { wordOf } from '../command/serviceCall.ts';
import type { ServiceDescription } from '../contract/operation.ts';
import type { Shape } from '../contract/shape.ts';
import { base64 } from '../engine/plainJson.ts';
import { type ApiCall, type Blueprint, isWait, type Line, type Wait } from './declared.ts';

const ACCOUNT = 'ACCOUNT=$(aws sts get-caller-identity --query Account --output text)';

export function commandScript(
  { account, region, resources, leftOut }: Blueprint,
  catalog: ReadonlyMap<string, ServiceDescription>,
): string {
  const variables = new Map([[account, 'ACCOUNT']]);
  const lines = (from: readonly Line[]): readonly string[] =>
    from.map((line) => {
      const text = isWait(line) ? waitLine(line, catalog) : callLine(line, catalog);
      const filled = withVariables(text, variables);
      if (isWait(line) || line.gives === undefined) return filled;
      variables.set(line.gives.literal, line.gives.variable);
      return `${line.gives.variable}=$(${filled} --query ${line.gives.query} --output text)`;
    });
  const made = resources.flatMap(({ make }) => lines(make));
  const connected = resources.flatMap(({ connect = [] }) => lines(connect));
  const body = [...made, ...(connected.length > 0 ? ['', '# What ties them together.'] : []), ...connected];
  return [
    `# AWS CLI, region ${region}. Made by msg-playground from a world.`,
    ...leftOut.map((words) => `# Left out: ${words}.`),
    '',
    ...(body.some((line) => line.includes('$ACCOUNT')) ? [ACCOUNT, ''] : []),
    ...body,
    '',
  ].join('\n');
}

const waitLine = (
  { service, waiter, input }: Wait,
  catalog: ReadonlyMap<string, ServiceDescription>,
): string =>
  `aws ${wordOf(catalog.get(service)!)} wait ${waiter} ${Object.entries(input)
    .map(([name, value]) => `${flagOf(name)} ${quoted(String(value))}`)
    .join(' ')}`;

function callLine(
  { service, operation, input }: ApiCall,
  catalog: ReadonlyMap<string, ServiceDescription>,
): string {
  const description = catalog.get(service)!;
  const members = description.operations.get(operation)!.input.members;
  const words = Object.entries(input).flatMap(([name, value]) => {
    const shape = members.find((member) => member.name === name)!.shape();
    return operation === 'CreateFunction' && name === 'Code'
      ? ['--zip-file fileb://function.zip']
      : [flagWords(name, value, shape)];
  });
  return ['aws', wordOf(description), kebab(operation), ...words].join(' ');
}

function flagWords(name: string, value: unknown, shape: Shape): string {
  const flag = flagOf(name);
  if (shape.type === 'boolean') return value === true ? flag : flag.replace('--', '--no-');
  if (shape.type === 'list' && ['string', 'integer', 'long'].includes(shape.member.type)) {
    return `${flag} ${(value as readonly unknown[]).map((item) => quoted(String(item))).join(' ')}`;
  }
  if (shape.type === 'blob') return `${flag} ${quoted(base64(value as Uint8Array))}`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `${flag} ${quoted(text)}`;
}

/** Where a literal stands, the quotes end, the variable stands bare, and the quotes go on. */
function withVariables(line: string, variables: ReadonlyMap<string, string>): string {
  let text = line;
  // The longest first: an ARN holds the account.
  const literals = [...variables].sort(([a], [b]) => b.length - a.length);
  for (const [literal, variable] of literals) {
    text = text
      .split(/('(?:[^']|'\\'')*')/u)
      .map((piece) =>
        piece.startsWith("'")
          ? piece.replaceAll(literal, `'$${variable}'`)
          : piece.replaceAll(literal, `$${variable}`),
      )
      .join('');
  }
  return text;
}
