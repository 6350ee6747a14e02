import { describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { readPrices } from '../../src/cli/prices.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { type PriceList, withPrices } from '../../src/pricing/priceList.ts';
import { LIST_PRICES } from '../../src/projection/cost.ts';
import { openSave, saveOf } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { worldVerb } from '../../src/session/worldVerbs.ts';
import { newWorld, runLines, SERVICES } from '../support/worlds.ts';

/** One worker that looks once a second into an empty queue. */
const idle = (): WorldSession =>
  runLines(
    newWorld(),
    'aws sqs create-queue --queue-name night',
    'app create-consumer --name hasty --from queue/night --wait 0 --pause 1s --time 0s',
    'sleep 10m',
  );

const said = (session: WorldSession, line: string): string => {
  const { id } = session.enter(line);
  session.drain();
  const { result } = session.entry(id)!;
  return result!.error?.text ?? result!.output;
};

describe('cost', () => {
  test('tells each item, what else the work could cost, and whose prices these are, on 80 columns', () => {
    const text = said(idle(), 'cost');
    expect(text).toMatch(/^So far, before the free tier\.$/m);
    expect(text).toMatch(/^SQS requests, standard +\d{3} requests +\$0\.40 a million \$0\.00024$/m);
    expect(text).toMatch(/SQS with long polls of 20 s: \$0\.000012/);
    expect(text).toContain(`Public list prices of ${LIST_PRICES.date}, us-east-1: check AWS.`);
    for (const row of text.split('\n')) expect(row.length).toBeLessThanOrEqual(80);
  });

  test('agrees with the header', () => {
    const session = idle();
    expect(session.insight.cost().usd).toBe(session.view().usd);
  });

  test('is data on request', () => {
    const view = JSON.parse(said(idle(), 'cost --output json'));
    expect(view).toMatchObject({ period: 'so far', prices: { date: LIST_PRICES.date } });
    expect(view.lines[0]).toMatchObject({ item: 'sqs/standard-requests', unit: 'request', price: 0.4 });
    expect(view.alternatives[0]).toMatchObject({ service: 'sqs', name: 'long polls of 20 s' });
    expect(view.alternatives[0].difference).toBeLessThan(0);
  });

  test('counts the hours of a broker by the instance type that it had', () => {
    const session = runLines(
      newWorld(),
      'aws mq create-broker --broker-name shop --engine-type ACTIVEMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.t3.micro --no-publicly-accessible --users Username=app,Password=deep-sea-777',
      'time until broker/shop state=RUNNING --within 30m',
      'sleep 2h',
      "ID=$(aws mq list-brokers --query 'BrokerSummaries[0].BrokerId' --output text)",
      'aws mq update-broker --broker-id $ID --host-instance-type mq.m5.large',
      'sleep 1h',
      'aws mq reboot-broker --broker-id $ID',
      'sleep 5h',
    );
    const text = said(session, 'cost');
    expect(text).toMatch(/^MQ brokers, mq.t3.micro +3 broker-hours/m);
    expect(text).toMatch(/^MQ brokers, mq.m5.large +5 broker-hours/m);
  });

  test('says that nothing was done', () => {
    expect(said(newWorld(), 'cost')).toContain('Nothing that costs anything was done yet.');
  });

  test('leaves the world as it is, and says the same twice', () => {
    const session = idle();
    const before = session.world.simulation.digest();
    expect(said(session, 'cost --monthly')).toBe(said(session, 'cost --monthly'));
    expect(session.world.simulation.digest()).toBe(before);
  });
});

describe('cost --monthly', () => {
  test('is a month of the last five minutes, after the free tier', () => {
    const { lines, usd } = JSON.parse(said(idle(), 'cost --monthly --output json'));
    // About one request a second, 730 hours long.
    expect(lines[0].quantity).toBeGreaterThan(2_500_000);
    expect(lines[0].quantity).toBeLessThan(2_640_000);
    expect(usd).toBeCloseTo(((lines[0].quantity - 1_000_000) * 0.4) / 1_000_000, 9);
  });

  test('goes by the present rate, not by what was', () => {
    const session = runLines(idle(), 'app stop --name hasty', 'sleep 6m');
    expect(JSON.parse(said(session, 'cost --monthly --output json'))).toMatchObject({ lines: [], usd: 0 });
    const { lines } = JSON.parse(said(session, 'cost --monthly --last 12m --output json'));
    expect(lines[0].quantity).toBeGreaterThan(1_000_000);
  });

  test('counts what runs by the hour', () => {
    const session = runLines(newWorld(), 'aws kms create-key', 'sleep 10m');
    const { lines } = JSON.parse(said(session, 'cost --monthly --output json'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ item: 'kms/keys', quantity: 1, usd: 1 });
  });

  test('has no rate before time has passed', () => {
    expect(said(newWorld(), 'cost --monthly')).toContain('no time has passed yet');
  });

  test.each([
    ['cost --monthly --last soon', '--last soon is not a duration'],
    ['cost --last 5m', '--last goes with --monthly'],
    ['cost --output yaml', '--output yaml is not one of text, json'],
  ])('%s is refused', (line, why) => {
    expect(said(newWorld(), line)).toContain(why);
  });
});

describe('a price list of one’s own', () => {
  const OURS = JSON.stringify({
    formatVersion: 1,
    title: 'Our prices',
    date: '2026-03-01',
    items: { 'sqs/standard-requests': { tiers: [{ upTo: 10, usd: 0 }, { usd: 4 }], source: 'the contract' } },
  });
  const ours = (): PriceList => {
    const read = readPrices(OURS);
    if (read instanceof ReadProblem) throw read;
    return read;
  };

  test('replaces what it names and keeps the rest', () => {
    const { items } = ours();
    expect(items['sqs/standard-requests']).toMatchObject({
      tiers: [{ upTo: 10, usd: 0 }, { usd: 4 }],
      source: 'the contract',
      unit: 'request',
    });
    expect(items['sqs/fifo-requests']).toEqual(LIST_PRICES.items['sqs/fifo-requests']);
  });

  test('is what the whole world is priced with', () => {
    const session = createSession({
      catalog: CATALOG,
      settings: worldSettings(),
      prices: ours(),
      control: worldVerb,
    });
    runLines(session, 'aws sqs create-queue --queue-name a');
    expect(session.view().usd).toBeCloseTo(0.000_004, 12);
    expect(said(session, 'cost')).toContain('Our prices of 2026-03-01');
    expect(said(session, 'world settings')).toContain('"prices": "Our prices, 2026-03-01"');
  });

  test('may be a copy of the program’s own', () => {
    const read = readPrices(JSON.stringify({ formatVersion: 1, ...LIST_PRICES }));
    expect(read).toEqual(withPrices(LIST_PRICES, LIST_PRICES));
  });

  const changed = (change: (file: ReturnType<typeof JSON.parse>) => void): string => {
    const file = JSON.parse(OURS);
    change(file);
    return JSON.stringify(file);
  };

  test.each([
    ['{', /^line 1, column 2: the file ends too early/],
    [changed((file) => delete file.date), /^date: found nothing, expected a text/],
    [changed((file) => (file.date = '2026-13-01')), /^date: found "2026-13-01", expected a date, like/],
    [changed((file) => (file.formatVersion = 2)), /^formatVersion: found 2/],
    [changed((file) => (file.price = 1)), /^price: is not known here/],
    [
      changed((file) => (file.items['sqs/fifo-request'] = { tiers: [{ usd: 1 }] })),
      /^items\.sqs\/fifo-request: no such item is counted; sqs\/fifo-requests, perhaps\?$/,
    ],
    [
      changed((file) => (file.items['sqs/standard-requests'].measure = 'GB')),
      /measure: found "GB", expected one of count/,
    ],
    [
      changed((file) => (file.items['sqs/standard-requests'].tiers = [{ usd: -1 }])),
      /tiers\[0\]\.usd: found -1, expected dollars/,
    ],
    [
      changed((file) => (file.items['sqs/standard-requests'].tiers = [{ usd: 0 }, { usd: 1 }])),
      /tiers\[0\]\.upTo: found nothing, expected how far this step goes/,
    ],
    [
      changed((file) => (file.items['sqs/standard-requests'].tiers = [{ upTo: 5, usd: 0 }])),
      /tiers\[0\]\.upTo: found 5, expected nothing: the last step has no end/,
    ],
    [
      changed((file) => (file.items['sqs/standard-requests'].startedHours = true)),
      /startedHours: found true, expected nothing: only hours/,
    ],
  ])('%s is refused with its place', (text, message) => {
    const read = readPrices(text);
    expect(read).toBeInstanceOf(ReadProblem);
    expect((read as ReadProblem).message).toMatch(message);
  });
});

describe('a save', () => {
  const madeWith = { name: 'Our prices', date: '2026-03-01' };
  const reopened = (prices?: PriceList): readonly string[] => {
    const session = runLines(newWorld({ prices: madeWith }), 'aws sqs create-queue --queue-name a');
    const text = writeSave(saveOf(session, { revision: 1, digests: [], withCheckpoint: true }), gzip);
    expect(text).toContain('"prices":{"name":"Our prices","date":"2026-03-01"}');
    const save = readSave(text, { codec: gzip, services: SERVICES });
    if (save instanceof ReadProblem) throw save;
    expect(save.settings.prices).toEqual(madeWith);
    return openSave(save, { catalog: CATALOG, ...(prices && { prices }) }).notes;
  };

  test('remembers which prices it was made with, and says when they are others now', () => {
    expect(reopened()).toEqual([
      `Its costs were shown at "Our prices" of 2026-03-01; now at "Public list prices" of ${LIST_PRICES.date}. ` +
        '--prices FILE gives another list.',
    ]);
    expect(reopened({ ...LIST_PRICES, title: 'Our prices', date: '2026-03-01' })).toEqual([]);
  });
});
