/**
 * Condition operators. IAM User Guide, IAM JSON policy elements: Condition operators; Multivalued context keys.
 *
 * All conditions of a statement must hold; of several values one must match; a negated operator holds when none does.
 * A key that the request lacks fails a condition, unless the operator is negated or ends in IfExists.
 */
import { isAddressBlock, isInBlock } from './addresses.ts';
import { asLiteral, type Fill, matchesArn, matchesGlob } from './glob.ts';
import type { RequestKeys } from './request.ts';

/** How many values of a multivalued key must match. */
type Quantifier = 'ForAllValues' | 'ForAnyValue';

export interface Condition {
  /** As it was written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly base: BaseOperator;
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

interface Operator {
  readonly negated?: boolean;
  /** Variables are filled in, and ${*} is a star. */
  readonly text?: boolean;
  compare(wanted: string, actual: string): boolean;
  /** Can the operator compare with this value at all? */
  takes?(value: string): boolean;
}

const sameText = (wanted: string, actual: string): boolean => asLiteral(wanted) === actual;
const sameIgnoringCase = (wanted: string, actual: string): boolean =>
  asLiteral(wanted).toLowerCase() === actual.toLowerCase();

const number = (compare: (order: number) => boolean): Operator => ({
  compare: (wanted, actual) => compare(Number(actual) - Number(wanted)),
  takes: (value) => /^-?\d+(?:\.\d+)?$/u.test(value),
});
const date = (compare: (order: number) => boolean): Operator => ({
  compare: (wanted, actual) => compare((utcOf(actual) ?? Number.NaN) - (utcOf(wanted) ?? Number.NaN)),
  takes: (value) => utcOf(value) !== undefined,
});
const not = (operator: Operator): Operator => ({ ...operator, negated: true });

const STRING_EQUALS: Operator = { text: true, compare: sameText };
const STRING_EQUALS_IGNORE_CASE: Operator = { text: true, compare: sameIgnoringCase };
const STRING_LIKE: Operator = { text: true, compare: matchesGlob };
const ARN_LIKE: Operator = { text: true, compare: matchesArn };
const IP_ADDRESS: Operator = { compare: isInBlock, takes: isAddressBlock };
const BOOL: Operator = {
  compare: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  takes: (value) => /^(?:true|false)$/iu.test(value),
};

const OPERATORS = {
  StringEquals: STRING_EQUALS,
  StringNotEquals: not(STRING_EQUALS),
  StringEqualsIgnoreCase: STRING_EQUALS_IGNORE_CASE,
  StringNotEqualsIgnoreCase: not(STRING_EQUALS_IGNORE_CASE),
  StringLike: STRING_LIKE,
  StringNotLike: not(STRING_LIKE),
  NumericEquals: number((order) => order === 0),
  NumericNotEquals: not(number((order) => order === 0)),
  NumericLessThan: number((order) => order < 0),
  NumericLessThanEquals: number((order) => order <= 0),
  NumericGreaterThan: number((order) => order > 0),
  NumericGreaterThanEquals: number((order) => order >= 0),
  DateEquals: date((order) => order === 0),
  DateNotEquals: not(date((order) => order === 0)),
  DateLessThan: date((order) => order < 0),
  DateLessThanEquals: date((order) => order <= 0),
  DateGreaterThan: date((order) => order > 0),
  DateGreaterThanEquals: date((order) => order >= 0),
  Bool: BOOL,
  BinaryEquals: { compare: (wanted, actual) => wanted === actual },
  IpAddress: IP_ADDRESS,
  NotIpAddress: not(IP_ADDRESS),
  ArnEquals: ARN_LIKE,
  ArnLike: ARN_LIKE,
  ArnNotEquals: not(ARN_LIKE),
  ArnNotLike: not(ARN_LIKE),
  /** `true`: the key must be absent. */
  Null: BOOL,
} as const satisfies Record<string, Operator>;

export type BaseOperator = keyof typeof OPERATORS;
const operatorOf = (base: BaseOperator): Operator => OPERATORS[base];

const NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/u;

/** The parts of an operator's name; undefined when there is no such operator. */
export function readOperator(
  operator: string,
): Pick<Condition, 'operator' | 'base' | 'quantifier' | 'ifExists'> | undefined {
  const [, quantifier, base = '', ifExists] = NAME.exec(operator) ?? [];
  if (!Object.hasOwn(OPERATORS, base) || (base === 'Null' && ifExists !== undefined)) return undefined;
  return {
    operator,
    base: base as BaseOperator,
    quantifier: quantifier as Quantifier | undefined,
    ifExists: ifExists !== undefined,
  };
}

export const takesValue = (base: BaseOperator, value: string): boolean =>
  operatorOf(base).takes?.(value) ?? true;

/** The values of the key as the request has them; none when it has no such key. */
export function valuesOf(request: RequestKeys, key: string): readonly string[] {
  const value = request.key(key.toLowerCase());
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

export function holds(condition: Condition, request: RequestKeys, fill: Fill): boolean {
  const actual = valuesOf(request, condition.key);
  if (condition.base === 'Null') {
    return condition.values.some((value) => (value.toLowerCase() === 'true') === (actual.length === 0));
  }
  const { negated = false } = operatorOf(condition.base);
  if (actual.length === 0) {
    if (condition.ifExists || condition.quantifier === 'ForAllValues') return true;
    return condition.quantifier === 'ForAnyValue' ? false : negated;
  }
  const passes = (value: string): boolean => matchesOne(condition, value, fill) !== negated;
  if (condition.quantifier === 'ForAllValues') return actual.every(passes);
  if (condition.quantifier === 'ForAnyValue') return actual.some(passes);
  return negated ? actual.every(passes) : actual.some(passes);
}

function matchesOne({ base, values }: Condition, actual: string, fill: Fill): boolean {
  const operator = operatorOf(base);
  return values.some((value) => {
    const wanted = operator.text ? fill(value) : value;
    return wanted !== undefined && operator.compare(wanted, actual);
  });
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?$/u;

/** UTC milliseconds of an ISO 8601 date, or of seconds since 1970; undefined when the text is neither. */
export function utcOf(text: string): number | undefined {
  if (/^\d+$/u.test(text) && text.length !== 4) return Number(text) * 1000;
  const parts = ISO.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = parts;
  const offset = zone === 'Z' ? 0 : offsetOf(zone);
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    Number(fraction.padEnd(3, '0')) -
    offset
  );
}

function offsetOf(zone: string): number {
  const digits = zone.replaceAll(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -minutes : minutes) * 60_000;
}
