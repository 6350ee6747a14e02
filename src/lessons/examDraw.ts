/** Which questions a paper has: drawn by fact, so that each service has its share; the same for one seed and progress. */
import { Random } from '../engine/random.ts';
import type { ExamQuestion } from './examBank.ts';
import { dueNow, scheduled } from './examSchedule.ts';
import type { Progress } from './progress.ts';

export interface DrawOptions {
  readonly seed: number;
  readonly count: number;
  /** Of one service only, as facts are listed, without case. */
  readonly service?: string | undefined;
  /** Only facts that were missed and are not known yet. */
  readonly missed?: boolean | undefined;
}

/**
 * What is due comes first, then facts never asked, then those asked longest ago; `now` in UTC milliseconds. Fewer than
 * `count` where there are not so many. Without progress, all facts are alike.
 */
export function drawQuestions(
  bank: readonly ExamQuestion[],
  { seed, count, service, missed }: DrawOptions,
  known?: { readonly progress: Progress; readonly now: number },
): readonly ExamQuestion[] {
  const random = Random.of(seed, 'exam');
  const wanted = service?.toLowerCase();
  const open = bank.filter((each) => wanted === undefined || each.service.toLowerCase() === wanted);
  const byFact = new Map<string, ExamQuestion[]>();
  for (const each of open) byFact.set(each.question.fact, [...(byFact.get(each.question.fact) ?? []), each]);
  const facts = inOrder(mixed(byFact, random), known, missed === true);
  const taken = new Set<string>();
  const drawn: ExamQuestion[] = [];
  // A second question of a fact only when each fact has one.
  while (drawn.length < count) {
    const before = drawn.length;
    for (const fact of facts) {
      if (drawn.length === count) break;
      const last = known?.progress.facts[fact]?.asked.at(-1)?.question;
      const question = pick(byFact.get(fact) ?? [], taken, last, random);
      if (question === undefined) continue;
      taken.add(question.name);
      drawn.push(question);
    }
    if (drawn.length === before) break;
  }
  return shuffle(drawn, random);
}

/** Facts so that any beginning of the list has each service by its share. */
function mixed(byFact: ReadonlyMap<string, readonly ExamQuestion[]>, random: Random): readonly string[] {
  const byService = new Map<string, string[]>();
  for (const [fact, [first]] of byFact) {
    const service = first?.service ?? '';
    byService.set(service, [...(byService.get(service) ?? []), fact]);
  }
  return [...byService.values()]
    .flatMap((facts) => {
      const order = shuffle(facts, random);
      return order.map((fact, index) => ({ fact, at: (index * 2 + 1) / order.length }));
    })
    .sort((a, b) => a.at - b.at)
    .map(({ fact }) => fact);
}

function inOrder(
  facts: readonly string[],
  known: { readonly progress: Progress; readonly now: number } | undefined,
  missedOnly: boolean,
): readonly string[] {
  if (known === undefined) return missedOnly ? [] : facts;
  const { progress, now } = known;
  const back = scheduled(progress, facts);
  if (missedOnly) return back.map(({ fact }) => fact);
  const due = dueNow(back, now).map(({ fact }) => fact);
  const rest = facts.filter((fact) => !due.includes(fact));
  const lastAsked = (fact: string): string => progress.facts[fact]?.asked.at(-1)?.when ?? '';
  const fresh = rest.filter((fact) => lastAsked(fact) === '');
  const asked = rest.filter((fact) => lastAsked(fact) !== '');
  return [...due, ...fresh, ...asked.sort((a, b) => (lastAsked(a) < lastAsked(b) ? -1 : 1))];
}

/** Another one than the last, where there is another. */
function pick(
  questions: readonly ExamQuestion[],
  taken: ReadonlySet<string>,
  last: string | undefined,
  random: Random,
): ExamQuestion | undefined {
  const open = questions.filter(({ name }) => !taken.has(name));
  const others = open.filter(({ name }) => name !== last);
  const from = others.length > 0 ? others : open;
  return from.length === 0 ? undefined : from[random.below(from.length)];
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
