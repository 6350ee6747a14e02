/** One statement against one request: does it match, and if not, where not. */
import { holds, valuesOf } from './conditions.ts';
import type { Patterns, Principals, Statement } from './document.ts';
import { type Fill, matchesArn, matchesGlob } from './glob.ts';
import type { PolicyRequest, Principal } from './request.ts';

/** One element of a statement, compared. Plain data. */
export interface Check {
  readonly element:
    | 'Principal'
    | 'NotPrincipal'
    | 'Action'
    | 'NotAction'
    | 'Resource'
    | 'NotResource'
    | 'Condition';
  readonly matched: boolean;
  /** Of a condition. */
  readonly operator?: string;
  readonly key?: string;
  /** What the statement lists. */
  readonly wanted: readonly string[];
  /** What the request has; empty: it lacks the key. */
  readonly actual: readonly string[];
}

/**
 * How a statement names who asks: `directly`, or `throughAccount`: it names the account, whose own policies must then
 * allow the user. IAM User Guide, AWS JSON policy elements: Principal.
 */
type Naming = 'directly' | 'throughAccount';

export interface StatementReading {
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  /** Of a resource policy's statement that matched. */
  readonly naming?: Naming;
  readonly checks: readonly Check[];
}

/** Compares the elements in order, all of them if `whole`, else up to the first that does not match. */
export function readStatement(
  statement: Statement,
  request: PolicyRequest,
  fill: Fill,
  whole: boolean,
): StatementReading {
  const checks: Check[] = [];
  let matched = true;
  const goOn = (check: Check): boolean => {
    checks.push(check);
    matched &&= check.matched;
    return matched || whole;
  };
  const { principals, actions, resources, conditions, sid } = statement;
  const naming = principals && namingOf(principals, request.principal);
  const compare = (): void => {
    if (principals && !goOn(principalCheck(principals, request.principal, naming))) return;
    if (!goOn(actionCheck(actions, request.action))) return;
    if (resources && !goOn(resourceCheck(resources, request.resource, fill))) return;
    for (const condition of conditions) {
      const { operator, key, values } = condition;
      const actual = valuesOf(request, key);
      const check: Check = {
        element: 'Condition',
        matched: holds(condition, request, fill),
        operator,
        key,
        wanted: values,
        actual,
      };
      if (!goOn(check)) return;
    }
  };
  compare();
  return {
    index: statement.index,
    ...(sid === undefined ? {} : { sid }),
    effect: statement.effect,
    matched,
    ...(matched && naming !== undefined ? { naming } : {}),
    checks,
  };
}

/** `arn:aws:iam::123456789012:root` and `123456789012` name the account. */
const accountNamed = (text: string): string | undefined =>
  /^(?:(\d{12})|arn:aws[\w-]*:iam::(\d{12}):root)$/u.exec(text)?.slice(1).find(Boolean);

function namingOf({ not, aws, services }: Principals, principal: Principal): Naming | undefined {
  const listed = listedAs(aws, services, principal);
  if (!not) return listed;
  return listed === undefined ? 'directly' : undefined;
}

/** A star also means the services: queues that topics write to were long written so. */
function listedAs(
  aws: readonly string[],
  services: readonly string[],
  principal: Principal,
): Naming | undefined {
  if (aws.includes('*')) return 'directly';
  if (principal.type === 'service') {
    return services.some((name) => name === '*' || name === principal.arn) ? 'directly' : undefined;
  }
  if (aws.includes(principal.arn)) return 'directly';
  if (!aws.some((text) => accountNamed(text) === principal.account)) return undefined;
  return principal.type === 'root' ? 'directly' : 'throughAccount';
}

function principalCheck(
  { not, aws, services, others }: Principals,
  principal: Principal,
  naming: Naming | undefined,
): Check {
  return {
    element: not ? 'NotPrincipal' : 'Principal',
    matched: naming !== undefined,
    wanted: [...aws, ...services, ...others],
    actual: [principal.arn],
  };
}

/** Case does not count in the names of actions. */
function actionCheck({ not, patterns }: Patterns, action: string): Check {
  const actual = action.toLowerCase();
  const listed = patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), actual));
  return {
    element: not ? 'NotAction' : 'Action',
    matched: listed !== not,
    wanted: patterns,
    actual: [action],
  };
}

function resourceCheck({ not, patterns }: Patterns, resource: string, fill: Fill): Check {
  const listed = patterns.some((pattern) => {
    const filled = fill(pattern);
    return filled !== undefined && matchesArn(filled, resource);
  });
  return {
    element: not ? 'NotResource' : 'Resource',
    matched: listed !== not,
    wanted: patterns,
    actual: [resource],
  };
}
