import { describe, expect, it } from 'vitest';
import { formById, KINDS } from '../../src/tui/forms/all.ts';
import { fieldsOf, problemsOf, quoted, secondsOf } from '../../src/tui/forms/forms.ts';
import { busySandbox, ScreenDriver } from '../support/screenDriver.ts';

describe('a form', () => {
  it('reads durations as people write them', () => {
    expect(secondsOf('90')).toBe(90);
    expect(secondsOf('1m30')).toBe(90);
    expect(secondsOf('1 m 30 s')).toBe(90);
    expect(secondsOf('12h')).toBe(43_200);
    expect(secondsOf('soon')).toBeUndefined();
    expect(secondsOf('1x')).toBeUndefined();
  });

  it('quotes values that a shell would read otherwise', () => {
    expect(quoted('orders.fifo')).toBe('orders.fifo');
    expect(quoted('order {n}')).toBe("'order {n}'");
    expect(quoted("it's")).toBe(`'it'"'"'s'`);
  });

  const together = ['fleet', 'subscription', 'delivery', 'notification', 'eventsubscription'];
  const alone = KINDS.map((form) => form.id).filter((id) => !together.includes(id));
  it.each(alone)('%s: runs what it opens with, and nothing is refused', (id) => {
    const screen = busySandbox().press('esc', 'n');
    for (let row = 0; row < KINDS.findIndex((form) => form.id === id); row++) screen.press('down');
    screen.press('enter', 'enter');
    screen.session.drain();
    const entry = screen.session.console().at(-1);
    expect(screen.shell.store.get().popover).toBeUndefined();
    expect(entry?.result?.error).toBeUndefined();
    expect(screen.session.view().resources.length).toBe(5);
  });

  it('makes a group by several commands, and a fleet that runs on it', () => {
    const screen = busySandbox();
    for (const id of ['group', 'fleet']) {
      screen.press('esc', 'n');
      for (let row = 0; row < KINDS.findIndex((form) => form.id === id); row++) screen.press('down');
      screen.press('enter', 'enter');
      screen.session.drain();
    }
    expect(screen.session.console().map(({ result }) => result?.error)).not.toContainEqual(expect.anything());
    const made = screen.session.view().resources.map((resource) => resource.id);
    expect(made).toEqual(expect.arrayContaining(['group/workers', 'app/crew']));
  });

  it('makes a bucket with its delivery stream, and a subscription of a topic that is there', () => {
    const screen = busySandbox();
    for (const id of ['topic', 'subscription', 'delivery']) {
      screen.press('esc', 'n');
      for (let row = 0; row < KINDS.findIndex((form) => form.id === id); row++) screen.press('down');
      screen.press('enter', 'enter');
      screen.session.drain();
    }
    expect(screen.session.console().map(({ result }) => result?.error)).not.toContainEqual(expect.anything());
    const made = screen.session.view().resources.map((resource) => resource.id);
    expect(made).toEqual(
      expect.arrayContaining(['subscription/news/orders', 'bucket/log-store', 'delivery/logs']),
    );
  });

  it('lets a group and RDS tell a topic that is there', () => {
    const screen = busySandbox();
    for (const id of ['topic', 'group', 'notification', 'eventsubscription']) {
      screen.press('esc', 'n');
      for (let row = 0; row < KINDS.findIndex((form) => form.id === id); row++) screen.press('down');
      screen.press('enter', 'enter');
      screen.session.drain();
    }
    expect(screen.session.console().map(({ result }) => result?.error)).not.toContainEqual(expect.anything());
    const made = screen.session.view().resources;
    expect(made.find(({ id }) => id === 'group/workers')?.fields.notifies).toHaveLength(1);
    expect(made.map(({ id }) => id)).toContain('dbevents/database-news');
    expect(
      formById('eventsubscription')!.command({ name: 'n', topic: 't', categories: 'low storage' }),
    ).toContain("--event-categories 'low storage'");
  });

  it('writes a subscription for each protocol, raw and with a filter where it is asked', () => {
    const form = formById('subscription')!;
    const line = (values: Record<string, string>): string =>
      form.command({ topic: 'news', protocol: 'sqs', queue: 'orders', ...values });
    expect(line({ raw: 'raw', filter: '{"kind":["order"]}' })).toContain(
      `--attributes '{"RawMessageDelivery":"true","FilterPolicy":"{\\"kind\\":[\\"order\\"]}"}'`,
    );
    expect(line({ protocol: 'https', to: 'hook' })).toContain(
      '--notification-endpoint https://hook.example.com/',
    );
    expect(line({ protocol: 'lambda', to: 'handle' })).toContain(':function:handle');
    expect(problemsOf(form, { topic: 'news', protocol: 'sqs', queue: 'q', filter: '{' })).toHaveProperty(
      'filter',
    );
  });

  it('writes what is chosen of the apps around a stream', () => {
    const line = (id: string, values: Record<string, string>): string =>
      formById(id)!.command({ name: 'one', stream: 'clicks', ...values });
    expect(line('fan-out-consumer', { delivery: 'by enhanced fan-out', begins: 'trim-horizon' })).toBe(
      'app create-consumer --name one --from stream/clicks --start trim-horizon --enhanced-fan-out',
    );
    expect(line('kcl-workers', { workers: '3', checkpoint: '60s', delivery: 'by polling' })).toBe(
      'app create-kcl-workers --name one --from stream/clicks --workers 3 --checkpoint-every 60s',
    );
    expect(line('windowed-count', { window: '1m', to: 'sums' })).toBe(
      'app create-flink --name one --from stream/clicks --to stream/sums --window 1m',
    );
    expect(line('kpl-producer', { rate: '100/s', buffered: '2s' })).toBe(
      'app create-producer --name one --to stream/clicks --kpl --rate 100/s --record-max-buffered-time 2s',
    );
    expect(line('kinesis-agent', { to: 'delivery/lake', age: '5s' })).toBe(
      'app create-agent --name one --to delivery/lake --max-buffer-age 5s',
    );
    expect(problemsOf(formById('kinesis-agent')!, { name: 'one', to: 'queue/orders' })).toHaveProperty('to');
  });

  it('makes a FIFO queue with a dead-letter queue that AWS takes', () => {
    const screen = new ScreenDriver()
      .sandbox()
      .run('aws sqs create-queue --queue-name dead.fifo --attributes FifoQueue=true');
    screen.press('esc', 'n', 'enter', 'down', 'right', 'down', 'down', 'down', 'right');
    expect(screen.frame()).toContain('"FifoQueue":"true"');
    screen.press('enter');
    screen.session.drain();
    expect(screen.session.console().at(-1)?.result?.error).toBeUndefined();
    expect(screen.session.view().resources.map((resource) => resource.name)).toEqual([
      'dead.fifo',
      'orders.fifo',
    ]);
  });

  it('says what is wrong, goes to that field, and runs nothing', () => {
    const screen = new ScreenDriver().sandbox().press('esc', 'n', 'enter', 'down', 'down');
    screen.press('ctrl-u').type('forever').press('enter');
    expect(screen.frame()).toContain('a time, like 45 or 1m30');
    expect(screen.session.console()).toEqual([]);
  });

  it('asks for a queue before it makes an app', () => {
    const screen = new ScreenDriver().sandbox().press('esc', 'n', 'down', 'enter', 'enter');
    expect(screen.frame()).toContain('a queue is needed');
  });

  it('puts its command into the prompt to go on from there', () => {
    const screen = new ScreenDriver().sandbox().press('esc', 'n', 'enter', 'ctrl-e');
    expect(screen.shell.store.get().line.text).toBe('aws sqs create-queue --queue-name orders');
    expect(screen.shell.store.get().focus).toBe('prompt');
  });

  it('hides the fields that do not matter', () => {
    const form = formById('queue')!;
    const values = Object.fromEntries(form.fields.map((field) => [field.id, field.start]));
    expect(fieldsOf(form, values).map((field) => field.id)).not.toContain('dedup');
    expect(fieldsOf(form, { ...values, kind: 'FIFO' }).map((field) => field.id)).toContain('dedup');
    expect(problemsOf(form, { ...values, kind: 'FIFO' })).toHaveProperty('name');
  });
});
