/**
 * Play in lines: everything is added below what stands there, nothing is painted over. For screen readers, and for
 * terminals that cannot be painted on. Time leaps to the end of each command; `time skip` and `sleep` let it pass.
 */
import { createInterface } from 'node:readline';
import { transcript } from '../command/transcript.ts';
import type { GlobalFlags } from '../flags.ts';
import type { ArenaView } from '../lessons/arenaPlay.ts';
import { judgementText, requirementText } from '../lessons/arenaText.ts';
import type { Block, Span } from '../lessons/markdown.ts';
import { traits } from '../platform/terminal.ts';
import type { Session } from '../session/sessionTypes.ts';
import { arenaRowsOf, beginAgain, openRequirement, toggleDesign } from '../tui/actions/arena.ts';
import type { LessonPlay, LessonView } from '../tui/host.ts';
import { createShell, type Shell } from '../tui/shell.ts';
import { type Exit, GOOD, print } from './exit.ts';
import { PlayHost } from './host.ts';
import { edgesFor, opener, type Start } from './play.ts';
import { watchCourse } from './reloading.ts';
import { clockText } from './report.ts';
import { settingsFor } from './settings.ts';

export async function playPlain(flags: GlobalFlags, start: Start): Promise<Exit> {
  const host = new PlayHost(flags, settingsFor(flags, traits()), true);
  const shell = createShell(host, { size: () => ({ columns: 80, rows: 24 }) });
  opener(host, start)(shell);
  host.attach(shell);
  edgesFor(host);
  const player = new PlainPlayer(host, shell);
  const stopWatching = flags.watch === true ? watchCourse(host, flags, () => player.tellNews()) : undefined;
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '$ ' });
  player.begin();
  input.prompt();
  for await (const line of input) {
    if (!player.take(line.trim())) break;
    // A line may have asked for another world: it is there when the line has ended.
    await Promise.resolve();
    player.tellNews();
    input.prompt();
  }
  input.close();
  stopWatching?.();
  host.worlds.leaveAll();
  return GOOD;
}

const HELP = `Type a command of the AWS CLI, or one of these:
  :home          lessons and saves        :lesson ID    play a lesson
  :sandbox [S]   a new world, or a save   :state        figures of all resources
  :arena [ID]    the arena, or the world of one requirement
  :judge :reference :again   in the arena: the score card; the reference design, and back; begin again
  :hint :solution :next :skip :reset      in a lesson; a number answers a question
  :help          this                     :quit         leave; the world is kept`;

class PlainPlayer {
  readonly #host: PlayHost;
  readonly #shell: Shell;
  /** What was told of the lesson last, so that only news is told. */
  #told = '';
  #notice: string | undefined;

  constructor(host: PlayHost, shell: Shell) {
    this.#host = host;
    this.#shell = shell;
  }

  begin(): void {
    print('msg-playground, in lines. :help shows what there is.');
    const { screen } = this.#shell.store.get();
    if (screen === 'arena') print(arenaListed(this.#shell));
    else if (this.#shell.world() === undefined) this.#home();
    this.tellNews();
  }

  /** False when the player leaves. */
  take(line: string): boolean {
    const [word = '', ...rest] = line.split(/\s+/);
    if (word === ':quit' || line === 'exit') return false;
    if (word.startsWith(':')) this.#command(word, rest.join(' '));
    else if (/^\d+( \d+)*$/.test(line) && this.#question() !== undefined) this.#answer(line);
    else if (line !== '') this.#run(line);
    return true;
  }

  get #play(): LessonPlay | undefined {
    return this.#shell.world()?.play;
  }

  #command(word: string, rest: string): void {
    const play = this.#play;
    const acts: Readonly<Record<string, () => { readonly ok: boolean; readonly why?: string } | undefined>> =
      {
        ':hint': () => play?.hint(),
        ':solution': () => play?.showSolution(),
        ':next': () => play?.goOn(),
        ':skip': () => play?.skip(),
        ':reset': () => play?.resetStep(),
      };
    const act = acts[word];
    if (act !== undefined) {
      const done = play === undefined ? { ok: false, why: 'That is for lessons.' } : act();
      if (done?.ok === false) print(done.why ?? '');
    } else if (ARENA_ACTS.has(word)) this.#arenaAct(word);
    else if (word === ':home') this.#home();
    else if (word === ':arena') this.#openArena(rest);
    else if (word === ':lesson' && rest !== '') this.#open({ type: 'lesson', id: rest });
    else if (word === ':sandbox') this.#open({ type: 'sandbox', save: rest === '' ? undefined : rest });
    else if (word === ':state') this.#state();
    else print(HELP);
  }

  #open(start: Start): void {
    try {
      const open = opener(this.#host, start);
      const world = this.#shell.world();
      if (world !== undefined) this.#host.leave(world.session);
      open(this.#shell);
    } catch (error) {
      print(error instanceof Error ? error.message : String(error));
    }
  }

  #run(line: string): void {
    const session = this.#shell.world()?.session;
    if (session === undefined) {
      print('There is no world open. :sandbox begins one, :lesson ID a lesson.');
      return;
    }
    const { id } = session.enter(line);
    session.drain();
    const entry = session.console().find((candidate) => candidate.id === id);
    if (entry?.result !== undefined) print(transcript(entry.result).replace(/^\$ .*\n/, ''));
    else session.interrupt();
    print(`# ${clockText(session.view().now)}`);
  }

  #openArena(id: string): void {
    if (id === '') print(arenaListed(this.#shell));
    else if (!openRequirement(this.#shell, id)) print(`There is no requirement ${id}. :arena lists them.`);
  }

  #arenaAct(word: string): void {
    const play = this.#shell.world()?.arena;
    if (play === undefined) print('That is for the arena: :arena lists its requirements.');
    else if (word === ':judge') print(judgementText(play.judge(), play.view().reference).trimEnd());
    else if (word === ':reference') toggleDesign(this.#shell);
    else beginAgain(this.#shell);
  }

  #home(): void {
    const { tracks, saves, arena } = this.#host.home();
    for (const track of tracks) {
      print(`${track.title}:`);
      for (const { id, title, state } of track.lessons) print(`  ${id}  ${title}, ${state}`);
    }
    if (arena.of > 0) print(`Arena: ${arena.of} requirements, ${arena.tried} tried. :arena lists them.`);
    print(saves.length === 0 ? 'No saves yet.' : 'Saves:');
    for (const { name, about } of saves) print(`  ${name}  ${about}`);
  }

  #state(): void {
    const session: Session | undefined = this.#shell.world()?.session;
    for (const { id, stock, rates, stopped } of session?.view().resources ?? []) {
      const counts =
        stock === undefined
          ? `${rates?.in ?? 0} in, ${rates?.out ?? 0} out a second`
          : `${stock.visible} visible, ${stock.inFlight} in flight, ${stock.delayed} delayed`;
      print(`${id}: ${counts}${stopped === true ? ', stopped' : ''}`);
    }
  }

  #question(): LessonView['question'] {
    const question = this.#play?.view().question;
    return question?.answered === true ? undefined : question;
  }

  #answer(line: string): void {
    const choices = this.#question()?.choices ?? [];
    const chosen = line.split(' ').map((number) => choices[Number(number) - 1]?.index);
    if (chosen.includes(undefined)) {
      print(`Answer with a number from 1 to ${choices.length}.`);
      return;
    }
    const done = this.#play?.answer(chosen.filter((index) => index !== undefined));
    if (done?.ok === false) print(done.why);
  }

  /** What is new in the lesson, and what the program has to say. */
  tellNews(): void {
    const notice = this.#shell.store.get().notice;
    if (notice !== undefined && notice !== this.#notice) print(`# ${notice}`);
    this.#notice = notice;
    const view = this.#play?.view();
    const asked = this.#shell.world()?.arena?.view();
    if (view === undefined && asked === undefined) this.#told = '';
    const text = view !== undefined ? lessonText(view) : asked === undefined ? '' : arenaText(asked);
    if (text === '') return;
    if (text === this.#told) return;
    this.#told = text;
    print(`\n${text}`);
  }
}

const ARENA_ACTS: ReadonlySet<string> = new Set([':judge', ':reference', ':again']);

function arenaListed(shell: Shell): string {
  const rows = arenaRowsOf(shell);
  const list = rows.map(
    ({ id, requirement, best }) =>
      `  ${id}  ${requirement.title}, ${best === undefined ? 'not tried' : `best ${best}`}`,
  );
  return ['Arena:', ...list, ':arena ID opens one.'].join('\n');
}

/** What is asked, told once; or whose design the world is. */
function arenaText({ id, requirement, shown }: ArenaView): string {
  if (shown === 'yours') {
    return `${requirementText(id, requirement)}\nWire your design; :judge lets the load come to a copy. :reference shows another design.`;
  }
  const { about, lines } = requirement.reference;
  return [
    `The reference design: ${about}`,
    ...lines.map((line) => `  ${line}`),
    ':reference goes back to yours.',
  ].join('\n');
}

function lessonText(view: LessonView): string {
  if (view.completed !== undefined) {
    return [
      'The lesson is finished.',
      ...view.completed.takeaways.map((blocks) => `- ${blocksText(blocks)}`),
      `Run ${view.completed.run}`,
    ].join('\n');
  }
  const step = view.steps[view.stepIndex];
  const parts = [
    `${view.place} ${view.title}, step ${view.stepIndex + 1} of ${view.steps.length}: ${step?.title ?? ''}`,
  ];
  if (view.phase !== 'review') parts.push(blocksText(view.text));
  if (view.question !== undefined) parts.push(questionText(view.question));
  if (view.phase === 'spoiled') parts.push(`${view.spoiled} :reset begins the step again.`);
  if (view.phase === 'doing') {
    for (const { text, met } of view.todo) parts.push(`${met ? 'done' : 'still to do'}: ${text}`);
  }
  for (const hint of view.hintsShown) parts.push(`hint: ${blocksText(hint)}`);
  if (view.solution !== undefined)
    parts.push(`solution:\n${view.solution.map((line) => `  ${line}`).join('\n')}`);
  if (view.phase === 'reached')
    parts.push(`The goal is met. ${blocksText(view.afterwards)}`, ':next goes on.');
  if (view.problem !== undefined) parts.push(`This lesson has an error: ${view.problem}`);
  return parts.join('\n');
}

function questionText({ ask, choices, choose, answered }: NonNullable<LessonView['question']>): string {
  const lines = choices.map(({ text, because, chosen, right }, index) => {
    const mark = answered && chosen ? ', your answer' : '';
    const reason = because === undefined ? '' : ` (${right === true ? 'right' : 'not right'}: ${because})`;
    return `  ${index + 1}. ${text}${mark}${reason}`;
  });
  const how = answered
    ? ':next goes on.'
    : choose > 1
      ? `Answer with ${choose} numbers.`
      : 'Answer with a number.';
  return [ask, ...lines, how].join('\n');
}

const spansText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

function blocksText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'fence') return block.lines.map((line) => `  ${line}`).join('\n');
      if (block.type === 'list') return block.items.map((item) => `- ${spansText(item)}`).join('\n');
      return spansText(block.spans);
    })
    .join('\n');
}
