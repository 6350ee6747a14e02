/** Everything one can do or go to, by name: found by letters in order, best match first. */
import { openArena } from './actions/arena.ts';
import { doorLines } from './actions/clients.ts';
import { openDraw } from './actions/draw.ts';
import { openExam } from './actions/exam.ts';
import { openFacts } from './actions/facts.ts';
import { openLesson, openSandbox } from './actions/home.ts';
import { focusPane } from './actions/panes.ts';
import { offerText, runText } from './actions/prompt.ts';
import { closePopover, openForm } from './actions/worlds.ts';
import { openSettings } from './bindings/global.ts';
import { KINDS } from './forms/all.ts';
import type { Binding } from './keymap.ts';
import { circumstancesOf } from './keymap.ts';
import { paneKey, panesOf, paneTitle } from './panesOf.ts';
import { hasColumn, type Shell } from './shell.ts';

type PaletteSection = 'Do' | 'Make' | 'Go to' | 'Show' | 'Learn' | 'Open';

export interface PaletteEntry {
  readonly section: PaletteSection;
  readonly title: string;
  /** At the right: the command, the place of a lesson. */
  readonly detail: string;
  /** The key that does the same, as the key table names it. */
  readonly key: string | undefined;
  readonly about: string;
  /** The command line it stands for, where there is one. */
  readonly line?: string | undefined;
  readonly act: (shell: Shell) => void;
}

export interface Found {
  readonly entry: PaletteEntry;
  /** Indices of the title's letters that matched. */
  readonly letters: readonly number[];
}

export function paletteEntries(shell: Shell, table: readonly Binding[]): readonly PaletteEntry[] {
  const world = shell.world();
  return [
    ...(world === undefined ? [] : [...keyed(shell, table), ...making(), ...places(shell)]),
    ...atDoor(shell),
    ...commands(shell),
    ...learning(shell),
    ...saves(shell),
    ...program(world !== undefined),
  ];
}

/** Entries of the key table; those that cannot work now are left out. */
function keyed(shell: Shell, table: readonly Binding[]): readonly PaletteEntry[] {
  const now = circumstancesOf(shell);
  const inLesson = now.lesson !== undefined;
  const seen = new Set<string>();
  const entries: PaletteEntry[] = [];
  for (const binding of table) {
    const title = binding.palette;
    if (title === undefined || seen.has(title)) continue;
    if (binding.scope === 'arenaKeys' && now.arena === undefined) continue;
    if (binding.scope === 'lessonKeys' || binding.scope === 'pane:lesson' ? !inLesson : false) continue;
    if ((binding.when?.(now) ?? true) !== true) continue;
    seen.add(title);
    const key = binding.keys[0];
    entries.push({
      section: 'Do',
      title,
      detail: '',
      key,
      about: sentence(binding.about),
      act: (target) => binding.act(target, key ?? ''),
    });
  }
  return entries;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const making = (): readonly PaletteEntry[] =>
  KINDS.map((form) => ({
    section: 'Make' as const,
    title: `New ${form.title}`,
    detail: form.id === 'queue' ? 'aws sqs create-queue' : `app create-${form.id}`,
    key: undefined,
    about: `${sentence(form.about)} A form asks the few fields that matter, and shows the command.`,
    act: (shell: Shell) => openForm(shell, form.id),
  }));

function places(shell: Shell): readonly PaletteEntry[] {
  const world = shell.world();
  if (world === undefined) return [];
  const beside = hasColumn(world);
  const panes = panesOf(beside).map((pane) => ({
    section: 'Go to' as const,
    title: `pane ${paneTitle(pane, world.arena !== undefined)}`,
    detail: '',
    key: paneKey(pane, beside),
    about: 'Goes to this pane.',
    act: (target: Shell) => focusPane(target, pane),
  }));
  const resources = world.session.view().resources.map((resource) => ({
    section: 'Go to' as const,
    title: `${resource.kind} ${resource.name}`,
    detail: resource.title,
    key: undefined,
    about: 'Selects it on the stage and shows what it holds.',
    act: (target: Shell) => {
      target.store.update((state) => {
        state.selected = resource.id;
      });
      focusPane(target, resource.kind === 'queue' ? 'messages' : 'stage');
    },
  }));
  return [...resources, ...panes];
}

/** Real clients: what they send is held, let in, turned away. */
function atDoor(shell: Shell): readonly PaletteEntry[] {
  return doorLines(shell).map(({ title, line, about }) => ({
    section: 'Do' as const,
    title,
    detail: line,
    key: undefined,
    about,
    line,
    act: (target: Shell) => runText(target, line),
  }));
}

const COMMANDS: readonly (readonly [string, string])[] = [
  ['Create a queue', 'aws sqs create-queue --queue-name '],
  ['Send a message', 'aws sqs send-message --queue-url '],
  ['Receive messages', 'aws sqs receive-message --queue-url '],
  ['Delete a message', 'aws sqs delete-message --queue-url '],
  ['List queues', 'aws sqs list-queues'],
  ['Skip ahead in time', 'time skip --for '],
  ['Let time run until something is true', 'time until '],
  ['List apps', 'app list'],
];

/** A sandbox is recorded; a lesson is not. */
const RECORDING: readonly (readonly [string, string])[] = [
  ['Record a lesson: begin, with this world as it is', 'record start'],
  ['Record a lesson: mark where a step begins', 'record step --title '],
  ['Record a lesson: stop, and write the draft', 'record stop --out '],
];

const commands = (shell: Shell): readonly PaletteEntry[] =>
  shell.world() === undefined
    ? []
    : [...COMMANDS, ...(shell.world()?.play === undefined ? RECORDING : [])].map(([title, line]) => ({
        section: 'Do' as const,
        title,
        detail: line.trim().replace(/ --.*/, ''),
        key: undefined,
        about: 'Puts the command into the prompt, for you to finish.',
        line,
        act: (target: Shell) => offerText(target, line),
      }));

function learning(shell: Shell): readonly PaletteEntry[] {
  return shell.host.home().tracks.flatMap((track) =>
    track.lessons.map((lesson, index) => ({
      section: 'Learn' as const,
      title: lesson.title,
      detail: `${track.title} ${index + 1}/${track.lessons.length}, ${lesson.minutes} min`,
      key: undefined,
      about: lesson.question,
      act: (target: Shell) => openLesson(target, lesson.id),
    })),
  );
}

const saves = (shell: Shell): readonly PaletteEntry[] =>
  shell.host.home().saves.map((save) => ({
    section: 'Open' as const,
    title: save.name,
    detail: 'world',
    key: undefined,
    about: save.about,
    act: (target: Shell) => openSandbox(target, save.name),
  }));

const program = (inWorld: boolean): readonly PaletteEntry[] => [
  {
    section: 'Open',
    title: 'New empty sandbox',
    detail: '',
    key: undefined,
    about: 'A world of your own, with nothing in it.',
    act: (shell) => openSandbox(shell),
  },
  {
    section: 'Show',
    title: 'Settings: theme, frames a second, ASCII, language',
    detail: '',
    key: undefined,
    about: 'How the screen looks and moves, and the language of the lessons.',
    act: openSettings,
  },
  ...(inWorld
    ? []
    : [
        {
          section: 'Do' as const,
          title: 'List the facts of the study guide',
          detail: '',
          key: 'f',
          about: 'Which of them you have seen to be true, and where the others show.',
          act: (shell: Shell) => openFacts(shell),
        },
        {
          section: 'Do' as const,
          title: 'Sit the practice exam',
          detail: '',
          key: 'e',
          about: 'Questions on every fact: with the reasons at once, or timed as in the exam.',
          act: (shell: Shell) => openExam(shell),
        },
        {
          section: 'Do' as const,
          title: 'Enter the arena',
          detail: '',
          key: 'a',
          about: 'Requirements: you wire a design, a load comes, and a score card tells.',
          act: (shell: Shell) => openArena(shell),
        },
        {
          section: 'Do' as const,
          title: 'Take the drawing test',
          detail: '',
          key: 'd',
          about: 'A picture through a queue, a topic or a stream, drawn in the order of arrival.',
          act: (shell: Shell) => openDraw(shell),
        },
        {
          section: 'Do' as const,
          title: 'Leave msg-playground',
          detail: '',
          key: 'q',
          about: 'All is kept.',
          act: (shell: Shell) => shell.exit(),
        },
      ]),
];

const ORDER: readonly PaletteSection[] = ['Do', 'Make', 'Go to', 'Open', 'Show', 'Learn'];

/** The letters of `query` in order in `text`: the indices, and a score (lower is better); undefined when not there. */
export function fuzzy(
  text: string,
  query: string,
): { readonly letters: readonly number[]; readonly score: number } | undefined {
  const low = text.toLowerCase();
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return { letters: [], score: 0 };
  const whole = low.indexOf(query.toLowerCase().trim());
  if (whole >= 0) {
    const letters = Array.from(query.trim(), (_, index) => whole + index);
    return { letters, score: (whole === 0 ? 0 : low[whole - 1] === ' ' ? 1 : 3) + whole / 100 };
  }
  const letters: number[] = [];
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    const starts = low.indexOf(` ${letter}`, at + 1);
    const next = low.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    const found = next === at + 1 || starts < 0 || starts > next + 12 ? next : starts + 1;
    const startsWord = found === 0 || low[found - 1] === ' ';
    gaps += at >= 0 && found > at + 1 && !startsWord ? 1 : 0;
    letters.push(found);
    at = found;
  }
  return gaps > Math.max(1, wanted.length / 2) ? undefined : { letters, score: 5 + gaps };
}

/** Best match first within its section; sections by their best match, in a fixed order when nothing is typed. */
export function findEntries(entries: readonly PaletteEntry[], query: string): readonly Found[] {
  const found = entries.flatMap((entry) => {
    const match = fuzzy(entry.title, query);
    const byDetail = match ?? (query.length > 2 ? fuzzy(entry.detail, query) : undefined);
    if (byDetail === undefined) return [];
    return [{ entry, letters: match?.letters ?? [], score: match?.score ?? byDetail.score + 10 }];
  });
  const best = (section: PaletteSection): number =>
    Math.min(...found.filter((one) => one.entry.section === section).map((one) => one.score));
  const sections = ORDER.filter((section) => found.some((one) => one.entry.section === section)).sort(
    (a, b) => best(a) - best(b),
  );
  return sections.flatMap((section) =>
    found.filter((one) => one.entry.section === section).sort((a, b) => a.score - b.score),
  );
}

/** Does what an entry says; its popover is closed first, so that it may open another. */
export function runEntry(shell: Shell, entry: PaletteEntry): void {
  closePopover(shell);
  entry.act(shell);
}
