/**
 * A policy document: read once, from JSON to statements. IAM User Guide, Grammar of the IAM JSON policy language.
 *
 * SIMPLER THAN AWS: actions and resources are not compared with a list of those that exist.
 */
import { type Condition, readOperator, takesValue } from './conditions.ts';

export type PolicyKind = 'identity' | 'resource';

/** A list of patterns, or all but them. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface Principals {
  readonly not: boolean;
  /** `*`, account numbers, ARNs. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
  /** Federated and canonical users: none of them calls here. */
  readonly others: readonly string[];
}

export interface Statement {
  /** From 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Of a resource policy only. */
  readonly principals: Principals | undefined;
  readonly actions: Patterns;
  /** Undefined: the resource that the policy is attached to. */
  readonly resources: Patterns | undefined;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly id: string | undefined;
  /** Version 2012-10-17: `${…}` is filled in. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

/** What is wrong with a document. */
export interface PolicyProblem {
  /** `Statement[0].Effect`. */
  readonly at: string;
  /** As IAM says it. */
  readonly sentence: string;
  /** Ours: what was expected. */
  readonly expected: string;
}

export type PolicyReadResult =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: PolicyProblem };

class Malformed extends Error {
  readonly problem: PolicyProblem;
  constructor(at: string, expected: string, sentence = SYNTAX) {
    super(sentence);
    this.problem = { at, sentence, expected };
  }
}

const SYNTAX = 'Syntax errors in policy.';

/** From the text of a document. */
export function readPolicyText(text: string, kind: PolicyKind): PolicyReadResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const problem = { at: '', sentence: 'This policy contains invalid Json', expected: 'JSON' };
    return { ok: false, problem };
  }
  return readPolicy(value, kind);
}

/** From a document that is JSON already. */
export function readPolicy(value: unknown, kind: PolicyKind): PolicyReadResult {
  try {
    return { ok: true, policy: Object.freeze(document(value, kind)) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.problem };
    throw error;
  }
}

type Json = Readonly<Record<string, unknown>>;

function objectAt(value: unknown, at: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new Malformed(at, 'an object');
}

function onlyNames(value: Json, at: string, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Malformed(path(at, unknown), `one of ${names.join(', ')}`);
}

const path = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

function textsAt(value: unknown, at: string): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every((item) => typeof item === 'string')) return list;
  throw new Malformed(at, 'a text, or a list of texts');
}

const VERSIONS: readonly unknown[] = ['2008-10-17', '2012-10-17', undefined];

function document(value: unknown, kind: PolicyKind): Policy {
  const json = objectAt(value, '');
  onlyNames(json, '', ['Version', 'Id', 'Statement']);
  const { Version, Id, Statement } = json;
  if (!VERSIONS.includes(Version)) throw new Malformed('Version', '2012-10-17 or 2008-10-17');
  if (Id !== undefined && typeof Id !== 'string') throw new Malformed('Id', 'a text');
  const list = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
  if (list.length === 0) throw new Malformed('Statement', 'at least one statement');
  const statements = list.map((item, index) => readStatement(item, index, kind));
  const sids = statements.map(({ sid }) => sid).filter((sid) => sid !== undefined && sid !== '');
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) {
    const sentence = 'Statement IDs (SID) in a single policy must be unique.';
    throw new Malformed('Statement', `${twice} once only`, sentence);
  }
  return { id: Id, variables: Version === '2012-10-17', statements };
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function readStatement(value: unknown, index: number, kind: PolicyKind): Statement {
  const at = `Statement[${index}]`;
  const json = objectAt(value, at);
  onlyNames(json, at, ELEMENTS);
  const { Sid, Effect, Condition: conditions } = json;
  if (Sid !== undefined && typeof Sid !== 'string') throw new Malformed(`${at}.Sid`, 'a text');
  if (kind === 'identity' && Sid !== undefined && !/^[\dA-Za-z]*$/u.test(Sid)) {
    const sentence =
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
    throw new Malformed(`${at}.Sid`, 'letters and digits', sentence);
  }
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Malformed(`${at}.Effect`, 'Allow or Deny');
  return Object.freeze({
    index,
    sid: Sid,
    effect: Effect,
    principals: readPrincipals(json, at, kind),
    actions: readActions(json, at),
    resources: readResources(json, at, kind),
    conditions: conditions === undefined ? [] : readConditions(conditions, `${at}.Condition`),
  });
}

function oneOf(json: Json, at: string, name: string): { readonly not: boolean; readonly value: unknown } {
  const not = `Not${name}`;
  if (json[name] !== undefined && json[not] !== undefined) {
    throw new Malformed(`${at}.${not}`, `${name} or ${not}, not both`);
  }
  return json[name] === undefined ? { not: true, value: json[not] } : { not: false, value: json[name] };
}

function readPrincipals(json: Json, at: string, kind: PolicyKind): Principals | undefined {
  const { not, value } = oneOf(json, at, 'Principal');
  if (kind === 'identity') {
    if (value === undefined) return undefined;
    const sentence = 'Policy document should not specify a principal.';
    throw new Malformed(
      `${at}.Principal`,
      'no Principal: the policy speaks of whom it is attached to',
      sentence,
    );
  }
  const place = `${at}.${not ? 'NotPrincipal' : 'Principal'}`;
  if (value === undefined) throw new Malformed(`${at}.Principal`, 'a Principal: who is meant');
  if (value === '*') return { not, aws: ['*'], services: [], others: [] };
  const named = objectAt(value, place);
  onlyNames(named, place, ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  const texts = (name: string): readonly string[] =>
    named[name] === undefined ? [] : textsAt(named[name], `${place}.${name}`);
  const aws = texts('AWS');
  const wrong = aws.find((text) => !/^(?:\*|\d{12}|arn:aws[\w-]*:(?:iam|sts)::\d{12}:[^*?]+)$/u.test(text));
  if (wrong !== undefined) {
    const sentence = `Invalid principal in policy: "AWS":"${wrong}"`;
    throw new Malformed(`${place}.AWS`, '*, an account number, or the ARN of an account or user', sentence);
  }
  return { not, aws, services: texts('Service'), others: [...texts('Federated'), ...texts('CanonicalUser')] };
}

function readActions(json: Json, at: string): Patterns {
  const { not, value } = oneOf(json, at, 'Action');
  if (value === undefined) {
    throw new Malformed(
      `${at}.Action`,
      'an Action, such as sqs:SendMessage',
      'Policy statement must contain actions.',
    );
  }
  const place = `${at}.${not ? 'NotAction' : 'Action'}`;
  const patterns = textsAt(value, place);
  const wrong = patterns.find((text) => text !== '*' && !/^[A-Za-z\d-]+:[A-Za-z\d*?]+$/u.test(text));
  if (wrong !== undefined) {
    const sentence = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    throw new Malformed(place, `service:Action, such as sqs:SendMessage; given was ${wrong}`, sentence);
  }
  return { not, patterns };
}

function readResources(json: Json, at: string, kind: PolicyKind): Patterns | undefined {
  const { not, value } = oneOf(json, at, 'Resource');
  if (value === undefined) {
    if (kind === 'resource') return undefined;
    throw new Malformed(
      `${at}.Resource`,
      'a Resource: an ARN or *',
      'Policy statement must contain resources.',
    );
  }
  const place = `${at}.${not ? 'NotResource' : 'Resource'}`;
  const patterns = textsAt(value, place);
  const wrong = patterns.find((text) => text !== '*' && !text.startsWith('arn:'));
  if (wrong !== undefined) {
    throw new Malformed(place, 'an ARN or *', `Resource ${wrong} must be in ARN format or "*".`);
  }
  return { not, patterns };
}

function readConditions(value: unknown, at: string): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const [operator, block] of Object.entries(objectAt(value, at))) {
    const read = readOperator(operator);
    if (read === undefined) {
      throw new Malformed(`${at}.${operator}`, 'an operator', `Invalid Condition type : ${operator}.`);
    }
    for (const [key, given] of Object.entries(objectAt(block, `${at}.${operator}`))) {
      const values = conditionValues(given, `${at}.${operator}.${key}`);
      const wrong = values.find((text) => !takesValue(read.base, text));
      if (wrong !== undefined)
        throw new Malformed(`${at}.${operator}.${key}`, `a value that ${read.base} compares`);
      conditions.push({ ...read, key, values });
    }
  }
  return conditions;
}

/** Numbers and booleans may stand without quotes. */
function conditionValues(value: unknown, at: string): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
      return String(item);
    throw new Malformed(at, 'a text, or a list of texts');
  });
}
