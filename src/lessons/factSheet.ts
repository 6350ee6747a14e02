/** The facts of the study guide with what the learner has to do with each: seen, asked, missed, and where it shows. */
import type { Fact } from './lesson.ts';
import type { CourseLesson } from './load.ts';
import type { CourseOutline } from './outline.ts';
import type { FactProgress, Progress } from './progress.ts';
import { labelOf } from './runnerView.ts';

interface FactFigure {
  /** `max`, `default`; empty: the statement has one figure only. */
  readonly name: string;
  /** With its unit: `256 KB`. */
  readonly guide: string;
  /** What holds today; undefined: the same. */
  readonly today: string | undefined;
}

/** A step that lets one see the fact. */
export interface FactStep {
  readonly lesson: string;
  readonly lessonTitle: string;
  /** From 0. */
  readonly index: number;
  readonly title: string;
}

export interface FactEntry {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly statement: string;
  /** How it can be seen. */
  readonly demonstrate: string;
  readonly figures: readonly FactFigure[];
  /** Where and when it was seen to be true; `when` in UTC, as written in the progress. */
  readonly seen: { readonly step: FactStep | undefined; readonly when: string } | undefined;
  readonly asked: number;
  /** Wrong answers, and whether the last one was. */
  readonly missed: number;
  readonly missedLast: boolean;
  /** What a failure case shows is its cause: its steps are left out until it is solved. */
  readonly steps: readonly FactStep[];
}

export interface FactGroup {
  /** `SQS`. */
  readonly service: string;
  readonly facts: readonly FactEntry[];
}

const SERVICES: Readonly<Record<string, string>> = {
  sqs: 'SQS',
  sns: 'SNS',
  kinesis: 'Kinesis',
  kds: 'Kinesis',
  firehose: 'Firehose',
  fh: 'Firehose',
  mq: 'MQ',
};

export const FACT_SERVICES = ['SQS', 'SNS', 'Kinesis', 'Firehose', 'MQ', 'Around'] as const;

/** The service a fact is listed under; what belongs to several, or stands beside them, is `Around`. */
export const factService = (service: string): string => SERVICES[service] ?? 'Around';

/** By service, in the order of the study guide. */
export function factSheet(course: CourseOutline, progress: Progress): readonly FactGroup[] {
  const steps = stepsOf(course, progress);
  const entries = course.facts.map((fact) =>
    entryOf(fact, progress.facts[fact.id], steps.byFact.get(fact.id) ?? [], steps.byName),
  );
  return FACT_SERVICES.map((service) => ({
    service,
    facts: entries.filter((entry) => entry.service === service),
  })).filter(({ facts }) => facts.length > 0);
}

interface Steps {
  readonly byFact: ReadonlyMap<string, readonly FactStep[]>;
  /** By `LESSON#STEP`. */
  readonly byName: ReadonlyMap<string, FactStep>;
}

function stepsOf({ lessons }: CourseOutline, progress: Progress): Steps {
  const byFact = new Map<string, FactStep[]>();
  const byName = new Map<string, FactStep>();
  for (const { id, lesson } of lessons) {
    const hidden = isHidden({ id, lesson }, progress);
    lesson.steps.forEach((step, index) => {
      const found = { lesson: id, lessonTitle: lesson.title, index, title: labelOf(step.id) };
      byName.set(`${id}#${step.id}`, found);
      if (hidden) return;
      for (const fact of step.shows ?? []) byFact.set(fact, [...(byFact.get(fact) ?? []), found]);
    });
  }
  return { byFact, byName };
}

const isHidden = ({ id, lesson }: Pick<CourseLesson, 'id' | 'lesson'>, progress: Progress): boolean =>
  lesson.kind === 'lab' && progress.lessons[id]?.finished === undefined;

function entryOf(
  fact: Fact,
  known: FactProgress | undefined,
  steps: readonly FactStep[],
  byName: Steps['byName'],
): FactEntry {
  const proved = known?.proved;
  const asked = known?.asked ?? [];
  return {
    id: fact.id,
    service: factService(fact.service),
    kind: fact.kind,
    statement: fact.statement,
    demonstrate: typeof fact.demonstrate === 'string' ? fact.demonstrate : '',
    figures: figuresOf(fact.figures),
    seen: proved === undefined ? undefined : { step: byName.get(proved.step), when: proved.when },
    asked: asked.length,
    missed: asked.filter(({ right }) => !right).length,
    missedLast: asked.at(-1)?.right === false,
    steps,
  };
}

/** `current_max_kib` is today's figure of what `max_kb` is in the guide: the last word is the unit. */
function figuresOf(figures: unknown): readonly FactFigure[] {
  if (typeof figures !== 'object' || figures === null) return [];
  const all = Object.entries(figures).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const current = all.filter(([name]) => name.startsWith(CURRENT));
  return all
    .filter(([name]) => !name.startsWith(CURRENT))
    .map(([name, value]) => {
      const { word, text } = figureOf(name, value);
      const now = current.map(([key, figure]) => figureOf(key.slice(CURRENT.length), figure));
      return { name: word, guide: text, today: now.find((one) => one.word === word)?.text };
    });
}

const CURRENT = 'current_';

const UNITS: Readonly<Record<string, string>> = {
  days: ' days',
  h: ' h',
  min: ' min',
  s: ' s',
  ms: ' ms',
  kb: ' KB',
  kib: ' KiB',
  mb: ' MB',
  mib: ' MiB',
  per_s: ' a second',
  mb_s: ' MB/s',
  records_s: ' records/s',
};

function figureOf(name: string, value: number): { readonly word: string; readonly text: string } {
  const figure = grouped(value);
  const units = Object.keys(UNITS).sort((a, b) => b.length - a.length);
  const unit = units.find((each) => name === each || name.endsWith(`_${each}`));
  if (unit === undefined) return { word: name.replace(/_/gu, ' '), text: figure };
  const word = name.slice(0, Math.max(0, name.length - unit.length - 1)).replace(/_/gu, ' ');
  const said =
    value === 1 ? UNITS[unit]!.replace(/s$/u, (end) => (unit === 'days' ? '' : end)) : UNITS[unit]!;
  return { word, text: `${figure}${said}` };
}

/** `12500000` as `12,500,000`. */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/gu, ',');

/** Which facts of a sheet are meant. */
export interface FactChoice {
  readonly service?: string | undefined;
  readonly missed?: boolean | undefined;
}

/** Groups that keep a fact. `service` is compared without case. */
export function chooseFacts(groups: readonly FactGroup[], choice: FactChoice): readonly FactGroup[] {
  const wanted = choice.service?.toLowerCase();
  return groups
    .filter(({ service }) => wanted === undefined || service.toLowerCase() === wanted)
    .map(({ service, facts }) => ({
      service,
      facts: facts.filter(({ missedLast }) => choice.missed !== true || missedLast),
    }))
    .filter(({ facts }) => facts.length > 0);
}

/** `seen, asked 2×, missed 1×`. */
function factWords({ seen, asked, missed }: FactEntry): string {
  const parts = [seen === undefined ? 'not seen yet' : 'seen'];
  if (asked > 0) parts.push(`asked ${asked}×`);
  if (missed > 0) parts.push(`missed ${missed}×`);
  return parts.join(', ');
}

/** `max: 256 KB in the guide, 1,024 KiB today`. */
const figureWords = ({ name, guide, today }: FactFigure): string =>
  `${name === '' ? '' : `${name}: `}${guide} in the guide, ${today ?? 'the same'} today`;

/** The list as text: one fact a line, under its service. */
export function factsText(groups: readonly FactGroup[]): string {
  if (groups.length === 0) return 'No fact is like that.';
  return groups
    .flatMap(({ service, facts }, index) => {
      const seen = facts.filter((fact) => fact.seen !== undefined).length;
      const lines = facts.flatMap((fact) => [
        `  [${fact.seen === undefined ? ' ' : fact.missedLast ? '!' : 'x'}] ${fact.id}  ${fact.statement} (${factWords(fact)})`,
        ...fact.figures.map((figure) => `      ${figureWords(figure)}`),
      ]);
      return [...(index === 0 ? [] : ['']), `${service}: ${seen} of ${facts.length} seen`, ...lines];
    })
    .join('\n');
}
