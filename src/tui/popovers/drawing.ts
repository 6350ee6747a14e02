/** What each popover shows: its title, its rows, its keys, and how large it wants to be. */
import { queueNames } from '../actions/worlds.ts';
import { formById, KINDS } from '../forms/all.ts';
import { type Circumstances, circumstancesOf, footerBindings, keyTable, labelOf, saysOf } from '../keymap.ts';
import type { FrameProps } from '../paint/frame.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { settingRows } from '../settings.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';
import { formPicture } from './formPicture.ts';
import { helpPicture } from './helpPicture.ts';
import { palettePicture } from './palettePicture.ts';
import { scorePicture } from './scorePicture.ts';
import { whyPicture } from './whyPicture.ts';

export interface PopoverPicture {
  readonly frame: FrameProps;
  readonly rows: readonly string[];
  readonly columns: number;
}

export interface Room {
  readonly columns: number;
  readonly rows: number;
}

export function popoverPicture(theme: Theme, shell: Shell, popover: Popover, room: Room): PopoverPicture {
  const picture = pictureOf(theme, shell, popover, room);
  const keys = keyLine(theme, circumstancesOf(shell), picture.columns - 6);
  return { ...picture, frame: { ...picture.frame, keys } };
}

/** The popover's own keys, for its bottom line. */
function keyLine(theme: Theme, circumstances: Circumstances, columns: number): string {
  const parts: string[] = [];
  let used = 0;
  for (const binding of footerBindings(keyTable(), circumstances)) {
    if (binding.scope === 'global') continue;
    const part = `${theme.key(labelOf(binding, theme.marks))} ${theme.second(saysOf(binding, circumstances))}`;
    if (used + width(part) + 3 > columns) break;
    parts.push(part);
    used += width(part) + 3;
  }
  return parts.join('   ');
}

function pictureOf(theme: Theme, shell: Shell, popover: Popover, room: Room): PopoverPicture {
  switch (popover.type) {
    case 'palette':
      return palettePicture(theme, shell, popover, room);
    case 'help':
      return helpPicture(theme, shell, popover.page, room);
    case 'form': {
      const form = formById(popover.form);
      if (form === undefined) return { frame: { title: '' }, rows: [], columns: 20 };
      return formPicture(theme, form, popover, queueNames(shell), room);
    }
    case 'kinds':
      return kinds(theme, popover.selected, room);
    case 'save':
      return saving(theme, popover, room);
    case 'open':
      return opening(theme, shell, popover.selected, room);
    case 'settings':
      return settings(theme, shell, popover.selected, room);
    case 'quit':
      return question(theme, room, {
        title: 'Leave msg-playground?',
        text: 'All is kept: worlds, lessons, and where you are.',
        choices: ['leave', 'stay'],
        selected: popover.selected,
      });
    case 'handIn':
      return question(theme, room, {
        title: 'Hand the paper in?',
        text: handInText(popover),
        choices: ['hand it in', 'go on with it'],
        selected: popover.selected,
      });
    case 'comeBack':
      return question(theme, room, {
        title: 'Back to the step',
        text: 'What happened in free play can count for the lesson, or the world is put back as it was.',
        choices: ['put the world back as it was', 'keep what happened'],
        selected: popover.selected,
      });
    case 'steps':
      return steps(theme, shell, popover.selected, room);
    case 'why':
      return whyPicture(theme, shell, popover, room);
    case 'score':
      return scorePicture(theme, shell, popover.scroll, room);
    case 'text':
      return textual(theme, popover, room);
  }
}

function handInText({ open, counts }: Extract<Popover, { type: 'handIn' }>): string {
  if (open === 0) return 'Every question has an answer.';
  const many = open === 1 ? '1 question has' : `${open} questions have`;
  const then = counts ? 'and would count as missed' : 'and would be left out';
  return `${many} no answer yet, ${then}.`;
}

const fitting = (room: Room, wanted: number): number => Math.min(room.columns - 4, wanted);

function kinds(theme: Theme, selected: number, room: Room): PopoverPicture {
  const columns = fitting(room, 72);
  // Border, a blank row above and below, and what says that there is more.
  const { first, end } = windowOf(KINDS.length, Math.max(3, room.rows - 6), selected);
  const rows = KINDS.slice(first, end).map((form, index) => {
    const text = ` ${padEnd(theme.strong(form.title), 20)} ${theme.second(form.about)}`;
    return cursorRow(theme, text, first + index === selected, columns - 2);
  });
  if (end < KINDS.length) rows.push(theme.second(`  ${theme.marks.down} ${KINDS.length - end} more`));
  return { frame: { title: 'New …' }, rows: ['', ...rows, ''], columns };
}

function saving(theme: Theme, popover: Extract<Popover, { type: 'save' }>, room: Room): PopoverPicture {
  const columns = fitting(room, 60);
  const name = plain(popover.name, { ascii: theme.marks.ascii });
  const shown = theme.strong(cut(name, columns - 16));
  const field = popover.fresh ? theme.on.sel(shown) : `${shown}${theme.on.sel(' ')}`;
  const below =
    popover.problem === ''
      ? theme.second('The world opens again under this name.')
      : theme.flight(plain(popover.problem, { limit: 200 }));
  const rows = [
    '',
    ` ${theme.second('Name')}  ${field}`,
    '',
    ...wrap(below, columns - 4).map((row) => ` ${row}`),
    '',
  ];
  return { frame: { title: 'Save this world' }, rows, columns };
}

function opening(theme: Theme, shell: Shell, selected: number, room: Room): PopoverPicture {
  const columns = fitting(room, 74);
  const { saves } = shell.host.home();
  const ascii = theme.marks.ascii;
  const all = [
    { name: 'A new, empty world', about: '', when: '' },
    ...saves.map((save) => ({
      name: plain(save.name, { ascii }),
      about: plain(save.about, { ascii }),
      when: plain(save.when),
    })),
  ];
  const height = Math.min(all.length, room.rows - 8);
  const { first, end } = windowOf(all.length, height, selected, 0);
  const names = Math.min(24, Math.max(18, ...all.map((one) => width(one.name))));
  const rows = all.slice(first, end).map((one, index) => {
    const left = ` ${theme.strong(padEnd(one.name, names, theme.marks.more))} ${theme.second(one.about)}`;
    const row = spread(left, theme.second(one.when), columns - 5, theme.marks.more);
    return cursorRow(theme, row, first + index === selected, columns - 2);
  });
  const scope = saves.length === 0 ? '' : `${saves.length} ${saves.length === 1 ? 'world' : 'worlds'}`;
  return { frame: { title: 'Open a world', scope }, rows: ['', ...rows, ''], columns };
}

function settings(theme: Theme, shell: Shell, selected: number, room: Room): PopoverPicture {
  const columns = fitting(room, 76);
  const rows = settingRows(shell.host.settings, shell.host.languages).map((row, index) => {
    const value = padEnd(theme.visible(row.value), 14);
    const text = ` ${padEnd(row.label, 17)} ${value} ${theme.second(row.about)}`;
    return cursorRow(theme, cut(text, columns - 4, theme.marks.more), index === selected, columns - 2);
  });
  return { frame: { title: 'Settings' }, rows: ['', ...rows, ''], columns };
}

interface Question {
  readonly title: string;
  readonly text: string;
  readonly choices: readonly string[];
  readonly selected: number;
}

function question(theme: Theme, room: Room, asked: Question): PopoverPicture {
  const columns = fitting(room, 58);
  const rows = [
    '',
    ...wrap(asked.text, columns - 4).map((row) => ` ${row}`),
    '',
    ...asked.choices.map((choice, index) => {
      const mark =
        index === asked.selected ? theme.accent(theme.marks.chosen) : theme.second(theme.marks.open);
      return cursorRow(theme, `${mark} ${choice}`, index === asked.selected, columns - 2);
    }),
    '',
  ];
  return { frame: { title: asked.title }, rows, columns };
}

function steps(theme: Theme, shell: Shell, selected: number, room: Room): PopoverPicture {
  const lesson = shell.world()?.play?.view();
  const columns = fitting(room, 60);
  const list = lesson?.steps ?? [];
  const { first, end } = windowOf(list.length, room.rows - 8, selected, 0);
  const rows = list.slice(first, end).map((step, index) => {
    const at = first + index;
    const mark = step.state === 'done' ? theme.done(theme.marks.done) : theme.second(theme.marks.open);
    const here = at === lesson?.stepIndex ? theme.second('you are here') : '';
    const title = `${mark} ${at + 1}  ${plain(step.title, { ascii: theme.marks.ascii, limit: 80 })}`;
    return cursorRow(theme, spread(title, here, columns - 4, theme.marks.more), at === selected, columns - 2);
  });
  const text = theme.second('Jumping puts the world as that step begins.');
  return { frame: { title: 'Jump to a step' }, rows: ['', ...rows, '', ` ${text}`, ''], columns };
}

function textual(theme: Theme, popover: Extract<Popover, { type: 'text' }>, room: Room): PopoverPicture {
  const columns = fitting(room, 80);
  const all = wrap(
    plain(popover.text, { lines: true, ascii: theme.marks.ascii, limit: 20_000 }),
    columns - 4,
  );
  const rows = all.slice(popover.scroll, popover.scroll + room.rows - 8).map((row) => ` ${row}`);
  return { frame: { title: popover.title }, rows: ['', ...rows, ''], columns };
}
