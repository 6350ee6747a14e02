/** One decision taken apart: what was asked, each policy, each statement, each element compared. */
import type { DecidedBy, Decision, PolicyReading } from '../../contract/policy/decision.ts';
import type { Check, StatementReading } from '../../contract/policy/statement.ts';
import type { DecisionView, DecisionWords } from '../../projection/decision.ts';
import { instantShort } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, width, wrap } from '../paint/text.ts';
import type { Paint, Theme } from '../paint/theme.ts';

const PROSE = 76;

/** All of it, however long; each row at most `columns` wide. */
export function decisionRows(theme: Theme, view: DecisionView, columns: number): string[] {
  const rows: string[] = [];
  for (const decision of view.decisions) {
    if (rows.length > 0) rows.push('', theme.faint(theme.marks.idleLine.repeat(columns - 1)));
    rows.push(...conclusion(theme, view, decision, columns), '');
    rows.push(...requestRows(theme, view, decision, columns));
    for (const policy of decision.policies) {
      rows.push('', ...policyRows(theme, decision, policy, columns));
    }
    if (decision.policies.length === 0) rows.push('', `  ${theme.second('No policy was there to read.')}`);
  }
  return rows;
}

const text = (theme: Theme, value: string): string => plain(value, { ascii: theme.marks.ascii, limit: 600 });

/** A user by name, an account's administrator by its number, a service by its own name. */
export function callerName({ principal }: Decision): string {
  if (principal.type === 'service') return principal.arn;
  if (principal.type === 'root') return principal.account;
  return principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
}

/** The last part of an ARN: `orders`; `*` stays what it is. */
export const resourceName = (arn: string): string => /[^:/]+$/u.exec(arn)?.[0] ?? arn;

function conclusion(theme: Theme, view: DecisionView, decision: DecisionWords, columns: number): string[] {
  const { marks } = theme;
  const prose = Math.min(PROSE, columns - 3);
  const mark = decision.allowed ? theme.done(marks.done) : theme.bad(marks.refused);
  const may = decision.allowed ? 'may' : 'may not';
  const on = decision.resource === '*' ? '' : ` on ${resourceName(decision.resource)}`;
  const who = decision.principal.type === 'root' ? `Account ${callerName(decision)}` : callerName(decision);
  const sentence = text(theme, `${who} ${may} call ${decision.action}${on}.`);
  const rows = wrap(sentence, prose).map((row, index) => `${index === 0 ? mark : ' '} ${theme.strong(row)}`);
  rows.push(...wrap(text(theme, decision.why), prose).map((row) => `  ${theme.second(row)}`));
  if (view.allowed && !decision.allowed) {
    rows.push(`  ${theme.flight('The call was let in then; the policies have changed since.')}`);
  }
  return rows;
}

function requestRows(theme: Theme, view: DecisionView, decision: Decision, columns: number): string[] {
  const when = instantShort(view.at);
  const asOf =
    view.asOf === 'then'
      ? `as it was decided at ${when}`
      : `by the policies as they are now; the call was let in at ${when}`;
  const owner = decision.acrossAccounts ? `${decision.account}, another account than the caller's` : '';
  const pairs: readonly (readonly [string, string])[] = [
    ['caller', decision.principal.arn],
    ['action', decision.action],
    ['resource', decision.resource],
    ['owner', owner],
    ['shows', asOf],
  ];
  return pairs.flatMap(([label, value]) =>
    value === '' ? [] : hanging(theme, `  ${theme.second(padEnd(label, 10))}`, text(theme, value), columns),
  );
}

/** A lead and a text beside it; what does not fit goes on below, under itself. */
function hanging(
  theme: Theme,
  lead: string,
  value: string,
  columns: number,
  paint: Paint = theme.normal,
): string[] {
  const cells = width(lead);
  return wrap(value, Math.max(12, columns - 1 - cells)).map((row, index) =>
    index === 0 ? `${lead}${paint(row)}` : `${' '.repeat(cells)}${paint(row)}`,
  );
}

function policyRows(theme: Theme, decision: Decision, policy: PolicyReading, columns: number): string[] {
  const whose = policy.source === 'identity' ? "the caller's own" : "the resource's own";
  const head = `  ${theme.strong(text(theme, policy.name))}  ${theme.second(whose)}`;
  const statements = policy.statements.flatMap((statement) =>
    statementRows(theme, statement, isDeciding(decision.decidedBy, policy, statement), columns),
  );
  return [head, ...statements];
}

const isDeciding = (
  decidedBy: DecidedBy | undefined,
  { source, name }: PolicyReading,
  { index }: StatementReading,
): boolean => decidedBy?.source === source && decidedBy.policy === name && decidedBy.statement === index;

function statementRows(
  theme: Theme,
  statement: StatementReading,
  decides: boolean,
  columns: number,
): string[] {
  const { marks } = theme;
  const { effect, matched } = statement;
  const name = text(theme, statement.sid ?? String(statement.index + 1));
  const paint = effect === 'Deny' ? theme.bad : theme.done;
  const mark = decides ? theme.accent(marks.chosen) : theme.second(matched ? marks.done : marks.open);
  const shownEffect = matched ? paint(theme.bold(effect)) : theme.second(effect);
  const outcome = decides
    ? theme.key('matches, and decides')
    : theme.second(matched ? throughAccount(statement) : 'does not match');
  const head = `  ${mark} ${theme.second('statement')} ${theme.strong(name)}  ${shownEffect}  ${outcome}`;
  return [head, ...checksRows(theme, statement.checks, columns)];
}

const throughAccount = ({ naming }: StatementReading): string =>
  naming === 'throughAccount' ? 'matches the account, not the caller by name' : 'matches';

const INDENT = 6;
const ELEMENT = 14;

function checksRows(theme: Theme, checks: readonly Check[], columns: number): string[] {
  const room = columns - 1 - INDENT - ELEMENT;
  const sides = checks.map((check) => ({ check, ...bothSides(theme, check) }));
  const left = Math.max(0, ...sides.map(({ wanted }) => width(wanted)));
  const right = Math.max(0, ...sides.map(({ actual }) => width(actual)));
  const beside = left + 3 + right <= room;
  return sides.flatMap(({ check, wanted, actual }) => {
    const mark = check.matched ? theme.done(theme.marks.done) : theme.bad(theme.marks.dead);
    const lead = `${' '.repeat(INDENT)}${mark} ${theme.second(padEnd(check.element, ELEMENT - 2))}`;
    const has = check.matched ? theme.second : theme.flight;
    if (beside) return [`${lead}${padEnd(wanted, left)}   ${has(actual)}`];
    const isSaid = check.matched && check.element !== 'Condition';
    const below = hanging(theme, ' '.repeat(INDENT + ELEMENT), actual, columns, has);
    return [...hanging(theme, lead, wanted, columns), ...(isSaid ? [] : below)];
  });
}

/** What the statement says and what the call has: both values of a comparison. */
function bothSides(theme: Theme, check: Check): { readonly wanted: string; readonly actual: string } {
  const { element, operator, key, actual, matched } = check;
  const listed = text(theme, check.wanted.join(', '));
  const has = text(theme, actual.join(', '));
  if (element === 'Condition') {
    const value = actual.length === 0 ? 'the call has none' : `the call has ${has}`;
    return { wanted: text(theme, `${key ?? ''} ${operator ?? ''} ${listed}`), actual: value };
  }
  if (element.startsWith('Not')) {
    return { wanted: `all but ${listed}`, actual: matched ? `${has} is another` : `${has} is left out` };
  }
  return { wanted: listed, actual: matched ? has : `the call has ${has}` };
}
