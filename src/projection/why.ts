/** Asks the services of a world for an explanation; where none has one, says what a refusal itself says. */
import type { Authorization } from '../contract/guard.ts';
import type { Why, WhyQuestion, WhyValue } from '../contract/why.ts';
import { worded } from '../contract/why.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Refusal, Request } from '../engine/service.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Instant } from '../engine/units.ts';
import type { Catalog } from './publish.ts';

export interface Explaining {
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly explain: Authorization['explain'];
}

/** The world stands where the question is about; undefined: there is nothing to explain. */
export function explained(
  simulation: Simulation,
  { catalog, settings, explain }: Explaining,
  question: WhyQuestion,
): Why | undefined {
  const stateOf = (service: string): unknown => simulation.stateOf(service);
  const { now, log } = simulation;
  for (const { description, why } of catalog) {
    const ground = {
      state: stateOf(description.name),
      now,
      settings,
      lately: (limit: number) => [...log.since(0, limit)].reverse(),
      decide: (request: Request, at: Instant) => explain(request, at, stateOf),
    };
    const found = why?.(ground, question);
    if (found !== undefined) return found;
  }
  return question.type === 'call' && !question.outcome.ok
    ? inItsOwnWords(catalog, question.request, question.outcome.refusal, now)
    : undefined;
}

/** A refusal that depends on nothing but the call: the parameter, what was given, what is taken. */
export function inItsOwnWords(
  catalog: Catalog,
  { service, operation, input }: Request,
  { code, message, why }: Refusal,
  now: Instant,
): Why {
  const description = catalog.find((entry) => entry.description.name === service)?.description;
  const title = description?.title ?? service;
  const ours = description?.kind !== 'aws';
  const reason = /Reason: (.+)$/su.exec(message)?.[1];
  const names = parameterIn(message);
  const given = (input as Readonly<Record<string, unknown>>)[names ?? ''];
  const member = names === undefined ? undefined : description?.operations.get(operation)?.members[names];
  const range = member && rangeOf(member);
  const values: WhyValue[] =
    names === undefined
      ? [{ label: 'refused with', is: worded(code) }]
      : [
          {
            label: names,
            is: worded(given === undefined ? 'not given' : shown(given)),
            ...(range !== undefined && { against: { label: 'takes', is: worded(range) } }),
          },
        ];
  return {
    title: `${title} refused ${operation}`,
    answer:
      why ??
      (names === undefined || reason === undefined
        ? message
        : `${names} is ${values[0]?.is.value}. ${reason}`),
    at: now,
    rule: {
      name: `${service}/parameters`,
      says: ours
        ? 'What was asked for does not fit what there is.'
        : 'Each parameter has its form and its range; the first that does not fit is refused.',
      page: ours ? 'msg-playground' : `${title} API Reference: ${operation}`,
    },
    values,
    changes: { by: 'act', into: 'another call: this one is refused at any time' },
    remedies: [
      {
        helps: 'yes',
        text: 'the help of the operation lists what it takes',
        line: `${ours ? '' : 'aws '}${service} ${kebab(operation)} help`,
      },
    ],
  };
}

const kebab = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]/gu, (letter) => `-${letter}`).toLowerCase();

/** The parameter that a sentence names. */
function parameterIn(message: string): string | undefined {
  const found =
    /for parameter (\w+) is invalid/u.exec(message) ??
    /contain the parameter (\w+)/u.exec(message) ??
    /for the parameter (\w+)/u.exec(message) ??
    /for --([\w-]+) is invalid/u.exec(message);
  return found?.[1];
}

function rangeOf(member: {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly values?: readonly string[];
}): string | undefined {
  const { min, max, unit, values } = member;
  if (values !== undefined) return values.join(', ');
  if (max === undefined) return undefined;
  return `${min ?? 0} to ${max}${unit === undefined ? '' : ` ${unit}`}`;
}

const SHOWN = 40;
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};
