/** Amazon SQS: standard and FIFO queues. Wiring only. */
import { idsWithPrefix } from '../../contract/messageId.ts';
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { tell } from './events.ts';
import * as images from './images.ts';
import { closeMinutes, metrics } from './metrics.ts';
import { createState } from './model.ts';
import * as attributes from './operations/attributes.ts';
import * as batches from './operations/batches.ts';
import * as sendAndReceive from './operations/messages.ts';
import * as permissions from './operations/permissions.ts';
import * as queues from './operations/queues.ts';
import * as receipts from './operations/receipts.ts';
import * as redrive from './operations/redrive.ts';
import { forgetPoll } from './rules/longPolls.ts';
import { due } from './timers.ts';
import { metered, usage, work } from './usage.ts';
import { fields, messages, view } from './view.ts';
import { why, wonders } from './why/index.ts';

export const sqs = defineService({
  name: 'sqs',
  title: 'SQS',
  kind: 'aws',
  summary: 'Queues: messages wait until a consumer takes them.',
  operations: [queues, attributes, sendAndReceive, receipts, batches, redrive, permissions].flatMap((group) =>
    Object.values(group),
  ),
  create: createState,
  due,
  abandoned: (context, call) => forgetPoll(context.state, call),
  latency: (random) => milliseconds(random.integer(2, 9)),
  metered,
  metrics,
  ledger: { of: ({ ledger }) => ledger, close: closeMinutes },
  usage,
  work,
  images,
  tell,
  access,
  view,
  fields,
  messages,
  why,
  wonders,
  made: {
    withPrefix: ({ seed, messagesMade }, prefix, limit) =>
      idsWithPrefix({ seed, count: messagesMade }, prefix, limit),
    countIn: (image) => (image as images.SqsImage).plain.messagesMade,
  },
});
