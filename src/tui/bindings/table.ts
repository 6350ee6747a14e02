/** All bindings, innermost first where two have a scope in common. Importing this file provides the key table. */
import { provideKeys } from '../keymap.ts';
import { ARENA } from './arena.ts';
import { ASKED } from './asked.ts';
import { COMPARISON } from './comparison.ts';
import { DRAW } from './draw.ts';
import { EXAM } from './exam.ts';
import { FACTS } from './facts.ts';
import { GLOBAL } from './global.ts';
import { HOME, HOME_FIND } from './home.ts';
import { KINDS_KEYS } from './kinds.ts';
import { LESSON } from './lesson.ts';
import { METRICS } from './metrics.ts';
import { PANES } from './panes.ts';
import { POLICY } from './policy.ts';
import { POPOVERS } from './popovers.ts';
import { PROMPT } from './prompt.ts';
import { STORY } from './story.ts';
import { WHY } from './why.ts';

provideKeys([
  ...WHY,
  ...POPOVERS,
  ...HOME_FIND,
  ...HOME,
  ...LESSON,
  ...EXAM,
  ...DRAW,
  ...ARENA,
  ...FACTS,
  ...POLICY,
  ...KINDS_KEYS,
  ...METRICS,
  ...STORY,
  ...COMPARISON,
  ...ASKED,
  ...PANES,
  ...PROMPT,
  ...GLOBAL,
]);
