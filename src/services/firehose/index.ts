/** Amazon Data Firehose: buffers, transforms, and delivers. Wiring only. */
import { isEndpointAnswer } from '../../contract/endpoint.ts';
import { defineService } from '../../contract/service.ts';
import { isRecordsArrived } from '../../contract/streamWaiting.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { tell } from './events.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import * as deliveryStreams from './operations/deliveryStreams.ts';
import * as records from './operations/records.ts';
import * as settings from './operations/settings.ts';
import { jobAnswered, send } from './rules/dispatch.ts';
import { answerComes } from './rules/endpoints.ts';
import type { JobToken } from './rules/jobs.ts';
import { recordsArrived, type SourceToken, sourceAnswered } from './rules/source.ts';
import { due } from './timers.ts';
import { usage } from './usage.ts';
import { view } from './view.ts';
import { why, wonders } from './why.ts';

export const firehose = defineService({
  name: 'firehose',
  title: 'Firehose',
  kind: 'aws',
  summary: 'Delivery streams: buffered, transformed, written to S3 and other destinations; nothing is kept.',
  operations: [...Object.values(deliveryStreams), ...Object.values(records), ...Object.values(settings)],
  create: createState,
  due,
  answered(context, token, outcome) {
    const known = token as JobToken | SourceToken;
    if (known.type === 'job') jobAnswered(context, known, outcome);
    else sourceAnswered(context, known, outcome, send);
  },
  delivered(context, { payload }) {
    if (isEndpointAnswer(payload)) answerComes(context, payload);
    else if (isRecordsArrived(payload)) recordsArrived(context, payload);
  },
  latency: (random) => milliseconds(random.integer(5, 25)),
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  usage,
  access,
  tell,
  view,
  why,
  wonders,
});
