/**
 * The key table as types, and what is read from it: which binding a key means now, and what the footer says. The
 * bindings themselves are in `bindings/`; footer, help page and palette are printed from them.
 */
import type { ArenaView } from '../lessons/arenaPlay.ts';
import type { ExamView } from '../lessons/examRun.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { LessonView } from './host.ts';
import type { Marks } from './paint/marks.ts';
import type { PaneId } from './panesOf.ts';
import type { Shell } from './shell.ts';
import type { Popover, UiState } from './store.ts';

/** Who gets a key first: the first scope of the list that binds it. */
export type Scope =
  | `popover:${Popover['type']}`
  | 'popover'
  | 'predict'
  | 'completed'
  | 'search'
  | 'find'
  | 'completion'
  | 'running'
  | 'emptyPrompt'
  | 'prompt'
  | `pane:${PaneId}`
  | 'pane'
  | 'lessonKeys'
  | 'sandboxKeys'
  | 'home'
  | 'homeFacts'
  | 'examDesk'
  | 'examPaper'
  | 'examResult'
  | 'drawDesk'
  | 'drawRun'
  | 'arenaDesk'
  | 'arenaKeys'
  | 'global';

/** What decides whether a key works now. */
export interface Circumstances {
  readonly state: UiState;
  readonly session: Session | undefined;
  readonly lesson: LessonView | undefined;
  /** The requirement that is built for, in the arena. */
  readonly arena?: ArenaView | undefined;
  /** The paper of the practice exam, while it is on the screen. */
  readonly exam?: ExamView | undefined;
  /** The line can be gone on with: a word, a value, the faint text. */
  readonly completes: boolean;
}

export interface Binding {
  readonly scope: Scope;
  readonly keys: readonly string[];
  /** As printed; made from `keys` when absent. */
  readonly label?: (marks: Marks) => string;
  /** One or two words for the footer. */
  readonly says: string | ((circumstances: Circumstances) => string);
  /** A line of the help page. */
  readonly about: string;
  /** Section of the help page; absent: not listed there. */
  readonly group?: HelpGroup;
  /** Place in the footer, most useful first; absent: not in the footer. */
  readonly footer?: number;
  /** Title in the palette; absent: not there. */
  readonly palette?: string;
  /** False where the key does nothing and says nothing; a sentence where it says why it cannot. */
  readonly when?: (circumstances: Circumstances) => boolean | string;
  readonly act: (shell: Shell, key: string) => void;
}

export type HelpGroup = 'Here' | 'Time' | 'Lesson' | 'Panes' | 'Prompt' | 'World' | 'Program';

/** The same key with the same meaning in several scopes. */
export const inScopes = (scopes: readonly Scope[], binding: Omit<Binding, 'scope'>): readonly Binding[] =>
  scopes.map((scope) => ({ scope, ...binding }));

let table: readonly Binding[] = [];

/** Said once by `bindings/table.ts`: what prints the table is read by the bindings themselves. */
export const provideKeys = (bindings: readonly Binding[]): void => {
  table = bindings;
};

export const keyTable = (): readonly Binding[] => table;

export function circumstancesOf(shell: Shell): Circumstances {
  const world = shell.world();
  const { items, ghost } = shell.completion();
  const state = shell.store.get();
  return {
    state,
    session: world?.session,
    lesson: world?.play?.view(),
    arena: world?.arena?.view(),
    exam: state.screen === 'exam' ? shell.exam()?.run?.view() : undefined,
    completes: items.length > 0 || ghost !== '',
  };
}

/** A lesson's question has the keys until it is answered. */
export const isAsking = ({ state, lesson }: Circumstances): boolean =>
  (lesson?.phase === 'predict' || lesson?.phase === 'review') &&
  !lesson.freePlay &&
  state.popover === undefined;

/** Time stands still while something asks, whatever its pace. */
export const isHeld = (circumstances: Circumstances): boolean =>
  circumstances.state.popover !== undefined || isAsking(circumstances);

const EXAM_SCOPES = { desk: 'examDesk', paper: 'examPaper', result: 'examResult' } as const;

/** The scopes that are open now, the innermost first. */
export function scopesOf(circumstances: Circumstances): readonly Scope[] {
  const { state, session, lesson, arena } = circumstances;
  if (state.popover !== undefined) return [`popover:${state.popover.type}`, 'popover', 'global'];
  if (state.screen === 'exam') return [EXAM_SCOPES[state.exam.page], 'global'];
  if (state.screen === 'draw') return [state.draw.page === 'desk' ? 'drawDesk' : 'drawRun', 'global'];
  if (state.screen === 'arena') return ['arenaDesk', 'global'];
  if (state.screen === 'home' && state.home.facts) {
    return state.finding ? ['find', 'pane:facts', 'global'] : ['pane:facts', 'homeFacts', 'global'];
  }
  if (state.screen === 'home') return state.finding ? ['find', 'home', 'global'] : ['home', 'global'];
  if (lesson?.phase === 'completed' && !lesson.freePlay) return ['completed', 'global'];
  if (isAsking(circumstances)) return ['predict', 'global'];
  if (state.search !== undefined) return ['search', 'global'];
  const keys: readonly Scope[] =
    lesson !== undefined
      ? ['lessonKeys']
      : arena !== undefined
        ? ['arenaKeys', 'sandboxKeys']
        : ['sandboxKeys'];
  if (state.focus === 'prompt') {
    const scopes: Scope[] = [];
    if (state.completion.open) scopes.push('completion');
    if (session?.running !== undefined) scopes.push('running');
    if (state.line.text === '') scopes.push('emptyPrompt');
    return [...scopes, 'prompt', 'global'];
  }
  if (state.finding) return ['find', 'pane', 'global'];
  return [`pane:${state.focus}`, ...keys, 'pane', 'global'];
}

/** A scope that takes printable characters as text: bindings further out never see them. */
const TEXT_SCOPES: ReadonlySet<Scope> = new Set<Scope>([
  'prompt',
  'search',
  'find',
  'popover:palette',
  'popover:form',
  'popover:save',
]);

export const takesText = (scopes: readonly Scope[]): boolean =>
  scopes.some((scope) => TEXT_SCOPES.has(scope));

/** The binding a key means now; a sentence when it is bound but cannot work; undefined when it is not bound. */
export function bindingFor(
  table: readonly Binding[],
  key: string,
  circumstances: Circumstances,
): Binding | string | undefined {
  const isText = [...key].length === 1 || key === 'space';
  let refusal: string | undefined;
  for (const scope of scopesOf(circumstances)) {
    for (const binding of table) {
      if (binding.scope !== scope || !binding.keys.includes(key)) continue;
      const works = binding.when?.(circumstances) ?? true;
      if (works === true) return binding;
      if (typeof works === 'string') refusal ??= works;
    }
    if (isText && TEXT_SCOPES.has(scope)) return refusal;
  }
  return refusal;
}

const PRINTED: Readonly<Record<string, (marks: Marks) => string>> = {
  enter: (marks) => marks.enter,
  up: (marks) => (marks.ascii ? 'up' : '↑'),
  down: (marks) => (marks.ascii ? 'down' : '↓'),
  left: (marks) => marks.toLeft,
  right: (marks) => marks.toRight,
  f1: () => 'F1',
};

export function keyLabel(key: string, marks: Marks): string {
  const known = PRINTED[key];
  if (known !== undefined) return known(marks);
  return key.startsWith('ctrl-') ? `^${key.slice(5).toUpperCase()}` : key;
}

export const labelOf = (binding: Binding, marks: Marks): string =>
  binding.label?.(marks) ?? keyLabel(binding.keys[0] ?? '', marks);

export const saysOf = (binding: Binding, circumstances: Circumstances): string =>
  typeof binding.says === 'string' ? binding.says : binding.says(circumstances);

/** Bindings whose keys work now and reach this far, no key twice. */
export function activeBindings(table: readonly Binding[], circumstances: Circumstances): readonly Binding[] {
  const active: Binding[] = [];
  const taken = new Set<string>();
  for (const scope of scopesOf(circumstances)) {
    for (const binding of table) {
      if (binding.scope !== scope || (binding.when?.(circumstances) ?? true) !== true) continue;
      const free = binding.keys.filter((key) => !taken.has(key));
      if (free.length === 0) continue;
      for (const key of free) taken.add(key);
      active.push(binding);
    }
    if (TEXT_SCOPES.has(scope)) for (const key of printable()) taken.add(key);
  }
  return active;
}

function* printable(): Generator<string> {
  yield 'space';
  for (let code = 33; code < 127; code++) yield String.fromCharCode(code);
}

/** The bindings the footer names, most useful first. */
export function footerBindings(table: readonly Binding[], circumstances: Circumstances): readonly Binding[] {
  const said = new Set<string>();
  return activeBindings(table, circumstances)
    .filter((binding) => binding.footer !== undefined)
    .sort((a, b) => a.footer! - b.footer!)
    .filter((binding) => {
      const words = saysOf(binding, circumstances);
      if (said.has(words)) return false;
      said.add(words);
      return true;
    });
}
