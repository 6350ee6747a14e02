/** Asking why about what is selected, and what can be done from the answer. */
import type { Why } from '../../contract/why.ts';
import { instant } from '../../engine/units.ts';
import { whyText } from '../../projection/whyText.ts';
import type { Session } from '../../session/sessionTypes.ts';
import type { FoundWhy } from '../../session/why.ts';
import type { Shell } from '../shell.ts';
import type { UiState, WhyAsked } from '../store.ts';
import { openPane } from './panes.ts';
import { offerText } from './prompt.ts';
import { closePopover, queueOf } from './worlds.ts';

/** What the pane with the keys has under its cursor. */
function askedHere(shell: Shell): WhyAsked {
  const session = shell.world()?.session;
  const { focus, followed, panes, selected } = shell.store.get();
  if (session === undefined) return {};
  if (focus === 'console') {
    const entries = session.console();
    const entry = entries[entries.length - 1 - panes.console.selected];
    return entry === undefined ? {} : { entry: entry.id };
  }
  if (focus === 'messages') {
    const queue = queueOf(shell);
    const row =
      queue === undefined ? undefined : session.messages(`queue/${queue}`, panes.messages.selected, 1)[0];
    const id = followed ?? row?.messageId;
    return id === undefined ? (queue === undefined ? {} : { about: `queue/${queue}` }) : { about: id };
  }
  if (focus === 'story' && followed !== undefined) return { about: followed };
  if (focus === 'resources') {
    const id = session.view().resources[panes.resources.selected]?.id;
    return id === undefined ? {} : { about: id };
  }
  return focus === 'stage' && selected !== undefined ? { about: selected } : {};
}

export function openWhy(shell: Shell): void {
  const asked = askedHere(shell);
  const session = shell.world()?.session;
  const isOpen = !('entry' in asked) && asked.about === undefined;
  // Nothing was refused and nothing came back empty: then it is about what is selected.
  const instead = isOpen && session?.insight.why(undefined).ok === false ? standingOut(shell) : undefined;
  askWhy(shell, instead === undefined ? asked : { about: instead });
}

/** What is selected on the stage, else the queue whose messages are shown. */
function standingOut(shell: Shell): string | undefined {
  const { selected } = shell.store.get();
  if (selected !== undefined) return selected;
  const queue = queueOf(shell);
  return queue === undefined ? undefined : `queue/${queue}`;
}

function askWhy(shell: Shell, question: WhyAsked): void {
  const session = shell.world()?.session;
  if (session === undefined) return;
  shell.store.update((state) => {
    state.popover = { type: 'why', question, selected: 0, scroll: 0 };
  });
  const answer = whyAsked(session, question);
  if (answer.ok) session.you.tell('AskedWhy', 'about' in question ? question.about : answer.found.rule.name);
}

/** Made once for a question, and again when the world has changed: it may have to walk through the past. */
const answers = new WeakMap<WhyAsked, { readonly version: number; readonly answer: FoundWhy }>();

export function whyAsked(session: Session, question: WhyAsked): FoundWhy {
  const known = answers.get(question);
  if (known?.version === session.version) return known.answer;
  const answer = 'entry' in question ? ofEntry(session, question.entry) : session.insight.why(question.about);
  answers.set(question, { version: session.version, answer });
  return answer;
}

function ofEntry(session: Session, id: number): FoundWhy {
  const entries = session.console();
  const index = entries.findIndex((entry) => entry.id === id);
  const entry = entries[index];
  if (entry === undefined) return { ok: false, why: 'that line is gone' };
  const { error } = entry.result ?? {};
  if (error?.kind === 'usage' || error?.kind === 'expectation') {
    return { ok: false, why: error.why ?? 'the line itself does not fit: nothing was sent to a service' };
  }
  const same = entries.slice(0, index).filter(({ line, at }) => line === entry.line && at === entry.at);
  return session.insight.whyLine(entry.line, entry.at, same.length);
}

/** What the popover shows, if it explains something. */
export function shownWhy(
  session: Session | undefined,
  { popover }: Pick<UiState, 'popover'>,
): { readonly found: Why; readonly selected: number } | undefined {
  if (session === undefined || popover?.type !== 'why') return undefined;
  const answer = whyAsked(session, popover.question);
  return answer.ok ? { found: answer.found, selected: popover.selected } : undefined;
}

const shownIn = (shell: Shell): ReturnType<typeof shownWhy> =>
  shownWhy(shell.world()?.session, shell.store.get());

/** The instant at which the chosen row can change, else that of the answer. */
export function changeInstant(shown: ReturnType<typeof shownWhy>): number | undefined {
  const change = shown?.found.table?.rows[shown.selected]?.change;
  if (typeof change === 'number') return change;
  return shown?.found.changes.by === 'time' ? shown.found.changes.at : undefined;
}

/** The first line that would help. */
export const lineToTry = (shown: ReturnType<typeof shownWhy>): string | undefined =>
  shown?.found.remedies.find(({ line }) => line !== undefined)?.line;

export const messageOfRow = (shown: ReturnType<typeof shownWhy>): string | undefined =>
  shown?.found.table?.rows[shown.selected]?.messageId;

/** To that instant: back where it has been, else time passes until then. */
export function goToChange(shell: Shell): void {
  const session = shell.world()?.session;
  const at = changeInstant(shownIn(shell));
  if (session === undefined || at === undefined) return;
  closePopover(shell);
  const { now, head } = session.timeline();
  const done =
    at <= head && (at < now || session.timeline().past)
      ? session.goTo(instant(at))
      : session.skip((at - now) as Parameters<Session['skip']>[0]);
  if (!done.ok) shell.notice(done.why);
}

/** Into the prompt. */
export function tryLine(shell: Shell): void {
  const line = lineToTry(shownIn(shell));
  if (line === undefined) return;
  closePopover(shell);
  offerText(shell, line);
}

export function storyOfRow(shell: Shell): void {
  const messageId = messageOfRow(shownIn(shell));
  if (messageId === undefined) return;
  closePopover(shell);
  shell.store.update((state) => {
    state.followed = messageId;
    state.panes.story.selected = 0;
  });
  openPane(shell, 'story');
}

export function copyWhy(shell: Shell): void {
  const shown = shownIn(shell);
  if (shown === undefined) return;
  shell.host.copy(whyText(shown.found));
  shell.notice('The explanation is on the clipboard.');
}

/** Asks about the next thing that the answer names. */
export function askNext(shell: Shell): void {
  const next = shownIn(shell)?.found.see?.[0];
  if (next !== undefined) askWhy(shell, { about: next });
}

/** How far the page of a question scrolls, as it was last drawn. */
const pageEnds = new WeakMap<WhyAsked, number>();

export const notePageEnd = (question: WhyAsked, rows: number): void => {
  pageEnds.set(question, rows);
};

const scrolled = ({ question, scroll }: { question: WhyAsked; scroll: number }, by: number): number =>
  Math.max(0, Math.min(pageEnds.get(question) ?? Number.MAX_SAFE_INTEGER, scroll + by));

/** Rows of the table first, then the text scrolls. */
export function moveWhy(shell: Shell, by: number): void {
  const rows = shownIn(shell)?.found.table?.rows.length ?? 0;
  if (rows <= 1) {
    scrollWhy(shell, by);
    return;
  }
  shell.store.update((state) => {
    if (state.popover?.type !== 'why') return;
    state.popover.selected = Math.max(0, Math.min(rows - 1, state.popover.selected + by));
  });
}

export function scrollWhy(shell: Shell, by: number): void {
  const { popover } = shell.store.get();
  if (popover?.type !== 'why') return;
  const to = scrolled(popover, by);
  shell.store.update((state) => {
    if (state.popover?.type === 'why') state.popover.scroll = to;
  });
}
