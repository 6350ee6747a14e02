/** The stage of every gallery world, and of one world of all kinds, read as it is drawn at 120 × 36 and 80 × 24. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import type { ResourceView } from '../../../src/contract/view.ts';
import { gzip } from '../../../src/platform/gzip.ts';
import { openSave } from '../../../src/session/openSave.ts';
import { readSave } from '../../../src/session/saveFile.ts';
import { ReadProblem } from '../../../src/session/strictJson.ts';
import { UNICODE } from '../../../src/tui/paint/marks.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';
import { STILL } from '../../../src/tui/stage/motion.ts';
import { drawStage } from '../../../src/tui/stage/picture.ts';
import { planStage } from '../../../src/tui/stage/plan.ts';
import { newWorld, runLines, SERVICES } from '../../support/worlds.ts';
import { cellsOf, countAll, counted, isIn, meet } from '../support/stageChecks.ts';

const FOLDER = new URL('../../../saves/', import.meta.url);
const theme = makeTheme();
/** What the Stage pane has inside, at 120 × 36 and at 80 × 24. */
const SIZES = { '120x36': { width: 116, height: 17 }, '80x24': { width: 76, height: 13 } };

function check(all: readonly ResourceView[], now: number): void {
  const resources = all.filter(({ offStage }) => offStage !== true);
  for (const [name, size] of Object.entries(SIZES)) {
    const plan = planStage({ resources, size });
    const { layout } = plan;
    const meeting = layout.placed.filter((a, at) => layout.placed.slice(at + 1).some((b) => meet(a, b)));
    expect([name, meeting]).toEqual([name, []]);
    const crossed = cellsOf(layout).filter(({ x, y }) => layout.placed.some((one) => isIn(one, x, y)));
    expect([name, crossed]).toEqual([name, []]);
    expect([name, counted(plan)]).toEqual([name, countAll(layout)]);
    const drawn = layout.placed.flatMap(({ node }) => [...node.ids, ...node.hangs.map(({ id }) => id)]);
    expect([name, [...drawn].sort()]).toEqual([name, resources.map(({ id }) => id).sort()]);
    const text = drawStage(plan, { resources, now, motion: STILL }, theme).plainRows(UNICODE).join('\n');
    for (const { node, expanded } of plan.shown) {
      if (node.ids.length !== 1 || expanded) continue;
      const whole = resources.find(({ id }) => id === node.ids[0])?.name ?? '';
      expect(text, name).toContain(whole.length <= 9 ? whole : whole.slice(0, 8));
    }
    expect(text.split('\n').length, name).toBe(size.height);
  }
}

describe('the stage of a gallery world', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

  it.each(names)('%s: no wire crosses a box, no name is cut below 8, and all is drawn or counted', (name) => {
    const save = readSave(readFileSync(new URL(name, FOLDER), 'utf8'), { codec: gzip, services: SERVICES });
    if (save instanceof ReadProblem) throw save;
    const { session } = openSave(save, { catalog: CATALOG });
    const { resources, now } = session.view();
    expect(resources.length).toBeGreaterThan(0);
    check(resources, now);
  });
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Sixty things of all kinds, wired as people wire them. */
function crowd(): ReturnType<typeof newWorld> {
  const of = (count: number, line: (number: number) => string): string[] => numbers(count).map(line);
  return runLines(
    newWorld(),
    ...of(12, (n) => `aws sqs create-queue --queue-name queue-${n}`),
    ...of(6, (n) => `aws sns create-topic --name topic-${n}`),
    ...of(
      6,
      (n) =>
        `aws sns subscribe --topic-arn topic-${n} --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:queue-${n * 2}`,
    ),
    ...of(4, (n) => `aws kinesis create-stream --stream-name stream-${n} --shard-count 1`),
    ...of(4, (n) => `aws s3api create-bucket --bucket bucket-${n}`),
    ...of(4, (n) => `app create-endpoint --name hook-${n} --kind http`),
    `aws mq create-broker --broker-name office --engine-type ACTIVEMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.t3.micro --publicly-accessible --auto-minor-version-upgrade --users Username=app,Password=long-enough-1`,
    'time until broker/office state=RUNNING',
    ...of(4, (n) => `broker publish --broker office --destination queue://box-${n} --body x`),
    ...of(
      3,
      (n) =>
        `app create-client --name client-${n} --broker office --protocol openwire --role producer --destination queue://box-${n} --rate 1/min`,
    ),
    ...of(9, (n) => `app create-producer --name web-${n} --to queue/queue-${n} --rate 1/min`),
    ...of(9, (n) => `app create-consumer --name worker-${n} --from queue/queue-${n} --wait 20s`),
    'sleep 1',
  );
}

it('sixty resources of all kinds keep the same rules', () => {
  const { resources, now } = crowd().view();
  expect(resources.length).toBeGreaterThanOrEqual(60);
  check(resources, now);
});
