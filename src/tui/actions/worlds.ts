/** Saving, opening, making things by form, copying. */
import { formById, KINDS } from '../forms/all.ts';
import { fieldsOf, problemsOf, startValues } from '../forms/forms.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';
import { offerText, runText } from './prompt.ts';
import { queueTouched } from './queueTouched.ts';

export const closePopover = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = undefined;
  });

export const openKinds = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'kinds', selected: 0 };
  });

export function openForm(shell: Shell, id: string): void {
  const form = formById(id);
  if (form === undefined) return;
  const taken = new Set((shell.world()?.session.view().resources ?? []).map((resource) => resource.name));
  const fields = startValues(form, [...taken], queueNames(shell));
  shell.store.update((state) => {
    state.popover = { type: 'form', form: id, field: 0, fields, problem: '' };
  });
}

export const queueNames = (shell: Shell): readonly string[] =>
  (shell.world()?.session.view().resources ?? [])
    .filter((resource) => resource.kind === 'queue')
    .map((resource) => resource.name);

export const chooseKind = (shell: Shell, selected: number): void => {
  const kind = KINDS[selected];
  if (kind !== undefined) openForm(shell, kind.id);
};

type FormPopover = Extract<Popover, { type: 'form' }>;

const formOf = (shell: Shell): FormPopover | undefined => {
  const { popover } = shell.store.get();
  return popover?.type === 'form' ? popover : undefined;
};

export function moveField(shell: Shell, by: 1 | -1): void {
  const popover = formOf(shell);
  const form = formById(popover?.form ?? '');
  if (popover === undefined || form === undefined) return;
  const count = fieldsOf(form, popover.fields).length;
  shell.store.update((state) => {
    if (state.popover?.type === 'form') state.popover.field = (popover.field + by + count) % count;
  });
}

/** Types into the field with the cursor, or takes the next choice of it. */
export function editField(shell: Shell, change: (value: string) => string): void {
  const popover = formOf(shell);
  const form = formById(popover?.form ?? '');
  if (popover === undefined || form === undefined) return;
  const field = fieldsOf(form, popover.fields)[popover.field];
  if (field === undefined || field.kind !== 'text') return;
  shell.store.update((state) => {
    if (state.popover?.type !== 'form') return;
    state.popover.fields[field.id] = change(state.popover.fields[field.id] ?? '').slice(0, 300);
    state.popover.problem = '';
  });
}

export function changeChoice(shell: Shell, by: 1 | -1): void {
  const popover = formOf(shell);
  const form = formById(popover?.form ?? '');
  if (popover === undefined || form === undefined) return;
  const field = fieldsOf(form, popover.fields)[popover.field];
  const choices = field?.kind === 'queue' ? ['', ...queueNames(shell)] : (field?.choices ?? []);
  if (field === undefined || field.kind === 'text' || choices.length === 0) return;
  const at = choices.indexOf(popover.fields[field.id] ?? '');
  const next = choices[(at + by + choices.length) % choices.length] ?? '';
  const arn = shell.world()?.session.surroundings().resolve('queueArn', next);
  shell.store.update((state) => {
    if (state.popover?.type !== 'form') return;
    const { fields } = state.popover;
    fields[field.id] = next;
    state.popover.problem = '';
    if (field.id === 'dlq') fields.dlqArn = arn ?? next;
    // A FIFO queue's name says so; the form writes it for the player.
    if (field.id === 'kind') fields.name = withKind(fields.name ?? '', next);
  });
}

const withKind = (name: string, kind: string): string => {
  const stem = name.replace(/\.fifo$/, '');
  return kind === 'FIFO' ? `${stem}.fifo` : stem;
};

/** Runs the command a form shows, or puts it into the prompt to go on from there. */
export function finishForm(shell: Shell, how: 'run' | 'edit'): void {
  const popover = formOf(shell);
  const form = formById(popover?.form ?? '');
  if (popover === undefined || form === undefined) return;
  const problems = problemsOf(form, popover.fields);
  const [wrong] = Object.keys(problems);
  if (wrong !== undefined && how === 'run') {
    const field = fieldsOf(form, popover.fields).findIndex((candidate) => candidate.id === wrong);
    shell.store.update((state) => {
      if (state.popover?.type === 'form') {
        state.popover.field = Math.max(0, field);
        state.popover.problem = problems[wrong] ?? '';
      }
    });
    return;
  }
  closePopover(shell);
  const command = form.command(popover.fields);
  if (how === 'run') runText(shell, command);
  else offerText(shell, command.split('\n')[form.editsLine ?? 0] ?? command);
}

export const openSave = (shell: Shell): void => {
  const name = shell.world()?.session.name ?? '';
  shell.store.update((state) => {
    const shown = name === 'untitled' ? '' : name;
    state.popover = { type: 'save', name: shown, fresh: shown !== '', problem: '' };
  });
};

export function saveWorld(shell: Shell): void {
  const { popover } = shell.store.get();
  const world = shell.world();
  if (popover?.type !== 'save' || world === undefined) return;
  const name = popover.name.trim();
  const done =
    name === '' ? { ok: false as const, why: 'A name is needed.' } : shell.host.save(world.session, name);
  shell.store.update((state) => {
    if (done.ok) {
      state.popover = undefined;
      state.notice = `Saved as ${name}.`;
    } else if (state.popover?.type === 'save') {
      state.popover.problem = done.why;
    }
  });
}

/** What `y` copies: a message's body, the chosen answer of the Console, else the resource's name. */
export function copySelected(shell: Shell): void {
  const world = shell.world();
  const state = shell.store.get();
  if (world === undefined) return;
  if (state.focus === 'console') {
    const entries = world.session.console();
    const entry = entries[entries.length - 1 - state.panes.console.selected];
    if (entry === undefined) return;
    const { result } = entry;
    copy(shell, result?.error?.text ?? (result?.output || entry.line), 'The answer');
    return;
  }
  if (state.focus === 'lesson') {
    const command = world.play?.view().solution ?? world.play?.view().commands ?? [];
    copy(shell, command.join('\n'), 'The command');
    return;
  }
  const queue = queueOf(shell);
  if (state.focus === 'messages' && queue !== undefined) {
    const row = world.session.messages(`queue/${queue}`, state.panes.messages.selected, 1)[0];
    if (row !== undefined) {
      copy(shell, row.body, 'The body');
      return;
    }
  }
  copy(shell, state.selected ?? '', 'The name');
}

function copy(shell: Shell, text: string, what: string): void {
  if (text === '') {
    shell.notice('Nothing is selected.');
    return;
  }
  shell.host.copy(text);
  shell.notice(`${what} is on the clipboard.`);
}

/**
 * The queue the Messages pane shows: the selected one, in a lesson the one that was touched last, else the newest that
 * has messages, else the newest; a queue for dead letters comes after all others.
 */
export function queueOf(shell: Pick<Shell, 'world' | 'store'>): string | undefined {
  const resources = shell.world()?.session.view().resources ?? [];
  const all = resources.filter((resource) => resource.kind === 'queue');
  const { selected } = shell.store.get();
  const chosen = all.find((queue) => queue.id === selected);
  if (chosen !== undefined) return chosen.name;
  const touched = queueOfStep(shell, new Set(all.map(({ name }) => name)));
  if (touched !== undefined) return touched;
  const dead = new Set(
    all.flatMap(({ links }) => links.flatMap((link) => (link.type === 'redrive' ? [link.to] : []))),
  );
  const newestFirst = all.toReversed();
  const queues = [
    ...newestFirst.filter(({ id }) => !dead.has(id)),
    ...newestFirst.filter(({ id }) => dead.has(id)),
  ];
  const busy = queues.find((queue) => {
    const stock = queue.stock;
    return stock !== undefined && stock.visible + stock.inFlight + stock.delayed > 0;
  });
  return (busy ?? queues[0])?.name;
}

/** What a step of a lesson is about: the queue of the last command, the lesson's own or the player's. */
function queueOfStep({ world }: Pick<Shell, 'world'>, names: ReadonlySet<string>): string | undefined {
  const shown = world();
  return shown?.play === undefined ? undefined : queueTouched(shown.session.console(), names);
}
