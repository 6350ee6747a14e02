/** A block of Terraform's JSON, and how CloudFormation's names are turned into the provider's. */
import type { Answer, Declared } from './declared.ts';

export interface Block {
  readonly type: string;
  readonly suffix?: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Arguments that name the first block, by which of its attributes; in brackets where a list is asked for. */
  readonly owner?: Readonly<Record<string, string | readonly [string]>>;
}

export type Write = (properties: Answer, resource: Declared) => readonly Block[];

export const one =
  (
    type: string,
    names: Readonly<Record<string, string>> = {},
    more: (properties: Answer) => object = () => ({}),
  ): Write =>
  (properties) => [{ type, body: { ...snake(properties, names), ...more(properties) } }];

/** `MaximumRetryAttempts` is `maximum_retry_attempts`; names in `names` go first, and '' leaves one out. */
export function snake(value: Answer, names: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const own = Object.hasOwn(names, name) ? names[name]! : snakeName(name);
    return own === '' || name === 'Tags' ? [] : [[own, snakeMember(member, names)]];
  });
  return Object.fromEntries(entries);
}

function snakeMember(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => snakeMember(item, names));
  return typeof value === 'object' && value !== null ? snake(value as Answer, names) : value;
}

export const snakeName = (name: string): string =>
  name
    .replace(/KiB/gu, 'Kib')
    .replace(/ARN/gu, 'Arn')
    .replace(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/gu, '$1_$2')
    .toLowerCase();
