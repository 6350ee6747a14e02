/** `fault inject`, `fault list` and `fault clear`. */
import { ServiceError } from '../../contract/errors.ts';
import { FAULT_KINDS, type Fault, type FaultKind, holds } from '../../contract/faults.ts';
import type { MemberRule, Operation } from '../../contract/operation.ts';
import { type Chance, chanceOf, durationOf, isPossible } from '../../contract/quantities.ts';
import type { Member, Shape, StructureShape } from '../../contract/shape.ts';
import type { Context } from '../../engine/service.ts';
import { after, type Instant } from '../../engine/units.ts';
import { end, plan } from './course.ts';
import { checkExists, isRelational } from './existing.ts';
import { KINDS, NOT_HERE } from './kinds.ts';
import type { FaultsState } from './model.ts';

type Ctx = Context<FaultsState>;

const STRING: Shape = { type: 'string' };
const member = (name: string, shape: Shape = STRING, required = false): Member => ({
  name,
  shape: () => shape,
  required,
});
const structure = (name: string, ...members: readonly Member[]): StructureShape => ({
  type: 'structure',
  name,
  members,
});

interface InjectInput {
  readonly kind: string;
  readonly on: string;
  readonly from?: string;
  readonly for?: string;
  readonly chance?: string;
  readonly times?: number;
  readonly zone?: string;
}

const INJECT_RULES: Readonly<Record<string, MemberRule>> = {
  kind: { purpose: FAULT_KINDS.map((kind) => `${kind}: ${KINDS[kind].words}`).join('; ') },
  on: { purpose: 'what goes wrong: KIND/NAME, like app/worker', refersTo: 'resource' },
  from: { purpose: 'when it begins, from now: 10s', default: '0' },
  for: { purpose: 'how long it lasts: 60s; left out: until fault clear' },
  chance: { purpose: 'how often: "1 in 20"', default: '1 in 1; duplicate 1 in 20' },
  times: { purpose: 'how many times slower; for slow', min: 2, max: 1_000, default: 10 },
  zone: { purpose: 'which zone; for zone-down: us-east-1a' },
};

const FAULT_ID: MemberRule = { purpose: 'the fault, by its id: fault-1' };
const SUMMARY = structure(
  'Fault',
  ...['id', 'kind', 'on', 'state'].map((name) => member(name)),
  ...['fromMs', 'untilMs'].map((name) => member(name, { type: 'integer' })),
  ...['chance', 'zone'].map((name) => member(name)),
  member('times', { type: 'integer' }),
);

export const inject: Operation<FaultsState, InjectInput> = {
  name: 'Inject',
  service: 'fault',
  input: structure(
    'InjectRequest',
    member('kind', STRING, true),
    member('on', STRING, true),
    ...['from', 'for', 'chance', 'zone'].map((name) => member(name)),
    member('times', { type: 'integer' }),
  ),
  output: structure('InjectResponse', member('id')),
  summary: 'Makes something go wrong, on purpose.',
  members: INJECT_RULES,
  handle(context, input) {
    const fault = read(context, input);
    context.state.made++;
    context.state.faults.set(fault.id, fault);
    plan(context, fault);
    return { id: fault.id };
  },
};

const wrong = (flag: string, text: string | number, expected: string): ServiceError =>
  new ServiceError('InvalidParameterValue', `Value ${text} for --${flag} is invalid: ${expected}.`);

function read(context: Ctx, input: InjectInput): Fault {
  const kind = kindOf(input.kind);
  const slash = input.on.indexOf('/');
  const resource = input.on.slice(0, Math.max(0, slash));
  const fitting = Object.keys(KINDS[kind].on);
  if (!fitting.includes(resource)) {
    const expected = `write ${fitting.map((one) => `${one}/NAME`).join(' or ')}`;
    throw wrong('on', input.on, slash > 0 ? `not modelled: ${kind} of a ${resource}; ${expected}` : expected);
  }
  checkExists(context, resource, input.on.slice(slash + 1));
  if (kind === 'crash' && resource === 'database') {
    if (input.chance !== undefined) throw wrong('chance', input.chance, 'a database crashes as a whole');
    if (!isRelational(context, input.on.slice(slash + 1))) {
      throw wrong(
        'on',
        input.on,
        'not modelled: crash of a DynamoDB table; expected is a database of RDS or Aurora',
      );
    }
  }
  for (const [flag, only] of [
    ['times', 'slow'],
    ['zone', 'zone-down'],
  ] as const) {
    if (input[flag] !== undefined && kind !== only) throw wrong(flag, input[flag], `it is for ${only}`);
  }
  if (kind === 'zone-down' && input.zone === undefined) {
    throw new ServiceError('MissingParameter', 'Which zone? Add --zone, for example --zone us-east-1a.');
  }
  if (input.chance !== undefined && !BY_CHANCE.includes(kind)) {
    throw wrong('chance', input.chance, `it is for ${BY_CHANCE.join(', ')}`);
  }
  const from = after(context.now, durationIn('from', input.from ?? '0'));
  return Object.freeze({
    id: `fault-${context.state.made + 1}`,
    kind,
    on: input.on,
    from,
    until: input.for === undefined ? -1 : after(from, durationIn('for', input.for)),
    chance: chanceIn(kind, input.chance),
    times: input.times ?? 10,
    zone: input.zone ?? '',
  });
}

const BY_CHANCE: readonly FaultKind[] = ['crash', 'refuse', 'duplicate'];

function kindOf(text: string): FaultKind {
  const kind = FAULT_KINDS.find((one) => one === text);
  if (kind !== undefined) return kind;
  const why = Object.hasOwn(NOT_HERE, text) ? `not modelled: ${text}, ${NOT_HERE[text]}` : undefined;
  throw wrong('kind', text, `${why === undefined ? '' : `${why}; `}one of ${FAULT_KINDS.join(', ')}`);
}

function durationIn(flag: string, text: string) {
  const duration = durationOf(text.trim());
  if (duration === undefined) throw wrong(flag, text, 'a duration has a unit, like 10s, 5m or 2h');
  return duration;
}

function chanceIn(kind: FaultKind, text: string | undefined): Chance {
  if (text === undefined) return Object.freeze({ numerator: 1, denominator: kind === 'duplicate' ? 20 : 1 });
  const chance = chanceOf(text.trim());
  if (chance === undefined || !isPossible(chance) || chance.numerator === 0) {
    throw wrong('chance', text, 'a chance is a ratio, like "1 in 20", at most "1 in 1"');
  }
  return chance;
}

export const list: Operation<FaultsState, object> = {
  name: 'List',
  service: 'fault',
  input: structure('ListRequest'),
  output: structure('ListResponse', member('faults', { type: 'list', member: SUMMARY })),
  summary: 'Lists the faults that hold, and those that will.',
  members: {},
  handle: ({ state, now }) => ({ faults: [...state.faults.values()].map((fault) => summaryOf(fault, now)) }),
};

export function summaryOf(fault: Fault, now: Instant): Readonly<Record<string, unknown>> {
  const { id, kind, on, from, until, chance, times, zone } = fault;
  return {
    id,
    kind,
    on,
    state: holds(fault, now) ? 'holds' : 'waits',
    fromMs: from,
    ...(until < 0 ? {} : { untilMs: until }),
    ...(chance.denominator === 1 ? {} : { chance: `${chance.numerator} in ${chance.denominator}` }),
    ...(kind === 'slow' ? { times } : {}),
    ...(zone === '' ? {} : { zone }),
  };
}

export const clear: Operation<FaultsState, { readonly id?: string }> = {
  name: 'Clear',
  service: 'fault',
  input: structure('ClearRequest', member('id')),
  output: structure('ClearResponse'),
  summary: 'Ends a fault now; without its id all of them.',
  members: { id: FAULT_ID },
  handle(context, { id }) {
    const { faults } = context.state;
    const found = id === undefined ? [...faults.values()] : [faults.get(id)];
    for (const fault of found) {
      if (fault === undefined) {
        throw new ServiceError('FaultNotFound', `There is no fault ${id}. See fault list.`);
      }
      end(context, fault, context.caller.by);
    }
    return {};
  },
};
