/** The prompt's row: line, ghost text, and at the right what is missing. */
import type { Completion } from '../host.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, take, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { UiState } from '../store.ts';

export interface PromptModel {
  readonly state: UiState;
  readonly completion: Completion;
  /** Why there is nothing to type: a question, a form. */
  readonly closed: string | undefined;
  /** While the line is empty. */
  readonly placeholder: string;
  /** What runs, painted: shown in place of the status. */
  readonly running: string | undefined;
}

export interface PromptRow {
  readonly text: string;
  /** Column of the cursor; undefined while the prompt has no keys. */
  readonly cursor: number | undefined;
  /** Column at which the token under completion begins. */
  readonly tokenColumn: number;
}

const LEAD = 3;

export function promptRow(theme: Theme, model: PromptModel, columns: number): PromptRow {
  const { state } = model;
  const focused = state.focus === 'prompt' && model.closed === undefined && state.popover === undefined;
  const sign = focused ? theme.key('$') : theme.faint('$');
  if (model.closed !== undefined) {
    return {
      text: ` ${sign} ${theme.faint(cut(model.closed, columns - LEAD))}`,
      cursor: undefined,
      tokenColumn: LEAD,
    };
  }
  if (state.search !== undefined) return searchRow(theme, state, columns);
  const right = rightPart(theme, model, focused);
  const room = columns - LEAD - 1 - (right === '' ? 0 : width(right) + 2);
  const line = windowOfLine(theme, model, focused, room);
  const body = right === '' ? line.text : `${padEnd(line.text, room)}  ${right}`;
  return {
    text: ` ${sign} ${body}`,
    cursor: focused ? LEAD + line.cursor : undefined,
    tokenColumn: LEAD + Math.max(0, line.cursor - (state.line.cursor - model.completion.from)),
  };
}

function rightPart(theme: Theme, model: PromptModel, focused: boolean): string {
  const { state, completion } = model;
  if (state.notice !== undefined && state.notice !== '') return theme.flight(state.notice);
  if (model.running !== undefined) return model.running;
  if (!focused || state.line.text.trim() === '' || completion.status === '') return '';
  return completion.complete
    ? `${theme.done(theme.marks.done)} ${theme.second(completion.status)}`
    : theme.second(completion.status);
}

/** The part of the line that fits, the cursor always in it. */
function windowOfLine(
  theme: Theme,
  model: PromptModel,
  focused: boolean,
  room: number,
): { text: string; cursor: number } {
  const { line } = model.state;
  const ascii = theme.marks.ascii;
  if (line.text === '') {
    const hint = theme.faint(cut(model.placeholder, room - 1, theme.marks.more));
    return { text: focused ? `${theme.on.sel(' ')}${hint}` : hint, cursor: 0 };
  }
  const before = plain(line.text.slice(0, line.cursor), { ascii, limit: 20_000 });
  const after = plain(line.text.slice(line.cursor), { ascii, limit: 20_000 });
  let shown = before;
  let lead = '';
  if (width(before) > room - 2) {
    lead = theme.faint(theme.marks.more);
    while (width(shown) > room - 3) shown = shown.slice(Math.max(1, width(shown) - room + 3));
  }
  const used = width(lead) + width(shown);
  if (!focused)
    return { text: lead + cut(shown + after, room - width(lead), theme.marks.more), cursor: used };
  const under = after === '' ? ' ' : take(after, 1) || after.slice(0, 1);
  const rest = after.slice(under === ' ' && after === '' ? 0 : under.length);
  const ghost = after === '' ? model.completion.ghost : '';
  const [ghostUnder, ghostRest] = [ghost.slice(0, 1), ghost.slice(1)];
  const cursorCell = theme.on.sel(ghost === '' ? under : theme.second(ghostUnder));
  const tail = ghost === '' ? rest : theme.faint(plain(ghostRest, { ascii }));
  return {
    text: lead + shown + cursorCell + cut(tail, Math.max(0, room - used - 1), theme.marks.more),
    cursor: used,
  };
}

function searchRow(theme: Theme, state: UiState, columns: number): PromptRow {
  const { search, history } = state;
  const found = search?.at === undefined ? undefined : history[search.at];
  const query = plain(search?.query ?? '', { ascii: theme.marks.ascii });
  const label = `${theme.key('history')} ${theme.strong(query)}${theme.on.sel(' ')} `;
  const text =
    found === undefined
      ? theme.second(query === '' ? 'type a part of a line' : 'no such line')
      : plain(found);
  return { text: cut(` ${label} ${text}`, columns), cursor: undefined, tokenColumn: LEAD };
}
