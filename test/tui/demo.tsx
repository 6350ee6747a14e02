/** Prints canned stages once: `tsx test/tui/demo.tsx WORLD COLUMNS ROWS [theme] [depth] [ascii] [selected]`. */

import type { ResourceId } from '../../src/contract/view.ts';
import { frameBottom, frameTop } from '../../src/tui/paint/frame.ts';
import { padEnd } from '../../src/tui/paint/text.ts';
import type { ColourDepth, ThemeName } from '../../src/tui/paint/theme.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { motionOf } from '../../src/tui/stage/motion.ts';
import { paintStage } from '../../src/tui/stage/picture.ts';
import { planStage, viewsById } from '../../src/tui/stage/plan.ts';
import { CANNED } from './support/canned.ts';

const [
  world = 'lesson',
  columns = '82',
  rows = '11',
  name = 'dark',
  depth = 'truecolor',
  ascii = 'no',
  selected,
] = process.argv.slice(2);
const theme = makeTheme({ name: name as ThemeName, depth: depth as ColourDepth, ascii: ascii === 'ascii' });
const width = Number(columns);
const height = Number(rows);
const { now, resources } = CANNED[world as keyof typeof CANNED]();
const size = { width: width - 2, height: height - 2 };
const plan = planStage({
  resources,
  size,
  ...(selected === undefined ? {} : { selected: selected as ResourceId }),
});
const isLesson = world === 'lesson';
const followed = isLesson
  ? {
      messageId: 'a1f3-long-id',
      label: 'a1f3',
      path: ['app/web', 'queue/orders', 'app/worker'] as ResourceId[],
      at: 'queue/orders' as ResourceId,
      state: 'inFlight' as const,
    }
  : undefined;
const event = (at: number, type: string, by: string, messageId: string) => ({
  sequence: at,
  at: at as typeof now,
  type,
  by,
  fields: { queue: 'orders', messageId },
});
const motion = motionOf({
  graph: plan.layout.graph,
  views: viewsById(resources),
  events: isLesson
    ? [
        event(now - 800, 'sqs/MessageSent', 'web', 'x'),
        event(now - 300, 'sqs/MessageSent', 'web', 'y'),
        event(now - 500, 'sqs/MessageReceived', 'worker-1', 'a1f3-long-id'),
      ].sort((a, b) => a.at - b.at)
    : [],
  now,
  pace: isLesson ? 1 : 60,
  fps: 10,
  followed: followed?.messageId,
});
const lines = paintStage(
  plan,
  { resources, now, motion, followed, selected: selected as ResourceId | undefined },
  theme,
);
const frame = {
  number: 1,
  title: 'Stage',
  focused: true,
  scope: `${resources.length} resources, ${plan.level} ${plan.layout.fit.shape}`,
};
const border = theme.accent(theme.marks.column);
console.log(frameTop(theme, frame, width));
for (const line of lines) console.log(border + padEnd(line, width - 2) + border);
process.stdout.write(frameBottom(theme, { ...frame, keys: JSON.stringify(plan.hidden) }, width));
