/** A form: fields with their ranges, and the command growing below. */
import { type Field, type Form, fieldsOf, problemsOf, secondsOf } from '../forms/forms.ts';
import { span } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { Popover } from '../store.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const LABEL = 20;

export function formPicture(
  theme: Theme,
  form: Form,
  popover: Extract<Popover, { type: 'form' }>,
  queues: readonly string[],
  room: Room,
): PopoverPicture {
  const columns = Math.min(room.columns - 4, 100);
  const inner = columns - 2;
  const fields = fieldsOf(form, popover.fields);
  const problems = problemsOf(form, popover.fields);
  const command = commandRows(theme, form.command(popover.fields), inner - 6);
  const airy = fields.length * 2 + command.length + 8 <= room.rows - 6;
  const rows: string[] = [''];
  fields.forEach((field, index) => {
    rows.push(
      fieldRow(theme, field, popover, {
        inner,
        here: index === popover.field,
        queues,
        problem: problems[field.id],
      }),
    );
    if (airy) rows.push('');
  });
  if (!airy) rows.push('');
  rows.push(theme.faint(theme.marks.idleLine.repeat(inner)));
  rows.push(`  ${theme.second('Runs this')}`);
  rows.push(...command.map((row, index) => `  ${index === 0 ? theme.key('$') : ' '} ${row}`));
  if (airy) rows.push('', `  ${theme.second(form.cost)}`);
  const scope = `${fields.length} fields, the rest have defaults`;
  return { frame: { title: `New ${form.title}`, scope }, rows, columns };
}

interface FieldPlace {
  readonly inner: number;
  readonly here: boolean;
  readonly queues: readonly string[];
  readonly problem: string | undefined;
}

function fieldRow(
  theme: Theme,
  field: Field,
  popover: Extract<Popover, { type: 'form' }>,
  place: FieldPlace,
): string {
  const { marks } = theme;
  const value = popover.fields[field.id] ?? '';
  const cursor = place.here ? theme.accent(marks.cursor) : ' ';
  const label = padEnd(place.here ? theme.key(field.label) : field.label, LABEL);
  const room = Math.max(16, Math.min(34, place.inner - LABEL - 34));
  const shown =
    field.kind === 'text'
      ? textField(theme, value, room, place.here)
      : choiceField(theme, field, value, place, room);
  const aboutRoom = place.inner - LABEL - room - 8;
  const about = aboutText(theme, field, value, place.problem, aboutRoom);
  return ` ${cursor} ${label} ${padEnd(shown, room)}  ${about}`;
}

function textField(theme: Theme, value: string, room: number, here: boolean): string {
  const text = cut(plain(value, { ascii: theme.marks.ascii }), room - 1, theme.marks.more);
  const line = theme.marks.line.repeat(Math.max(0, room - width(text) - (here ? 1 : 0)));
  return `${theme.strong(text)}${here ? theme.on.sel(' ') + theme.accent(line) : theme.faint(line)}`;
}

function choiceField(theme: Theme, field: Field, value: string, place: FieldPlace, room: number): string {
  const { marks } = theme;
  const choices = field.kind === 'queue' ? ['', ...place.queues] : (field.choices ?? []);
  const paint = (choice: string): string => {
    const name = choice === '' ? 'none' : plain(choice, { ascii: marks.ascii });
    return choice === value
      ? `${theme.accent(marks.chosen)} ${theme.strong(name)}`
      : theme.second(`${marks.open} ${name}`);
  };
  const all = choices.map(paint).join('   ');
  if (width(all) <= room) return all;
  const at = Math.max(0, choices.indexOf(value));
  return `${paint(value)} ${theme.second(`${at + 1} of ${choices.length}`)}`;
}

function aboutText(
  theme: Theme,
  field: Field,
  value: string,
  problem: string | undefined,
  room: number,
): string {
  if (problem !== undefined)
    return theme.flight(cut(`${theme.marks.dead} ${problem}`, room, theme.marks.more));
  const seconds = field.id === 'visibility' || field.id === 'delay' ? secondsOf(value) : undefined;
  const reading =
    seconds !== undefined && !/^\d+$/.test(value)
      ? `= ${seconds} s; `
      : seconds !== undefined && seconds >= 60
        ? `= ${span(seconds * 1000)}; `
        : '';
  return theme.second(cut(reading + field.about, room, theme.marks.more));
}

function commandRows(theme: Theme, commands: string, columns: number): string[] {
  return commands.split('\n').flatMap((command) => lineRows(theme, command, columns));
}

function lineRows(theme: Theme, command: string, columns: number): string[] {
  const text = plain(command, { ascii: theme.marks.ascii });
  const pieces = text.split(/ (?=--)/);
  const rows: string[] = [];
  let row = pieces[0] ?? '';
  for (const piece of pieces.slice(1)) {
    if (row.length + piece.length + 3 <= columns) row += ` ${piece}`;
    else {
      rows.push(`${row} \\`);
      row = `  ${piece}`;
    }
  }
  rows.push(row);
  return rows.flatMap((one) => wrap(one, columns)).map((one) => theme.strong(one));
}
