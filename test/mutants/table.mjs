import { BROKER_MUTANTS } from './brokers.mjs';
import { RULE_MUTANTS } from './rules.mjs';
import { STREAM_MUTANTS } from './streams.mjs';

/**
 * One changed rule each: if SQS did this, would a lesson notice? `fact`: the lessons that show it must; `lessons`:
 * these must; `test`: no lesson shows the rule, and this test file must. An edit names a text that stands exactly once in its file, and what stands there instead.
 */
const SQS = 'src/services/sqs';
const SNS = 'src/services/sns';
const FIREHOSE = 'src/services/firehose';

export const MUTANTS = [
  ...BROKER_MUTANTS,
  ...STREAM_MUTANTS,
  ...RULE_MUTANTS,
  {
    name: 'a message that nobody waits for is dropped',
    fact: 'SQS-01',
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        '  state.store.send(queue.row,',
        '  const sentRow = state.store.send(queue.row,',
      ],
      [
        `${SQS}/rules/sending.ts`,
        '  wake(context, queue);\n  setStoreAlarm(context);\n  return content;',
        '  if (queue.polls.length === 0) state.store.drop(sentRow);\n  else wake(context, queue);\n  return content;',
      ],
    ],
  },
  {
    name: 'retention never ends',
    fact: 'SQS-02',
    edits: [
      [
        'src/engine/store/rowStore.ts',
        'const expiry = this.#ages.next(this.#clock);',
        'const expiry = undefined;',
      ],
      ['src/engine/store/rowStore.ts', 'const expiry = this.#ages.nextDue();', 'const expiry = undefined;'],
    ],
  },
  {
    name: 'retention is 14 days, whatever is set',
    fact: 'SQS-02',
    edits: [
      [
        `${SQS}/operations/queues.ts`,
        'retention: toMilliseconds(settings.MessageRetentionPeriod)',
        'retention: 1_209_600_000',
      ],
      [`${SQS}/operations/attributes.ts`, 'toMilliseconds(retention)', '1_209_600_000'],
    ],
  },
  {
    name: 'no message is too large',
    fact: 'SQS-03',
    edits: [[`${SQS}/rules/sending.ts`, '  if (size > max) {', '  if (size > 1_000_000_000) {']],
  },
  {
    name: 'attributes do not count in the size',
    fact: 'SQS-03',
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        ' + (MessageAttributes === undefined ? 0 : attributesSize(MessageAttributes))',
        '',
      ],
    ],
  },
  {
    name: 'a long poll returns at once',
    fact: 'SQS-04',
    edits: [[`${SQS}/operations/messages.ts`, 'if (wait === 0 || call === undefined) return', 'return']],
  },
  {
    name: 'the visibility timeout never ends',
    fact: 'SQS-05',
    edits: [
      [
        `${SQS}/rules/receiving.ts`,
        'toMilliseconds(receive.timeout ?? queue.settings.VisibilityTimeout)',
        '43_200_000',
      ],
    ],
  },
  {
    name: 'a received message stays visible',
    fact: 'SQS-05',
    edits: [
      [
        `${SQS}/rules/receiving.ts`,
        'toMilliseconds(receive.timeout ?? queue.settings.VisibilityTimeout)',
        '0',
      ],
    ],
  },
  {
    name: 'the receive count does not grow',
    fact: 'SQS-05',
    edits: [
      [
        'src/engine/store/rowStore.ts',
        'if (page[at + word.RECEIVE_COUNT]!++ === 0)',
        'if ((page[at + word.RECEIVE_COUNT] = 1) === 1)',
      ],
    ],
  },
  {
    name: 'ChangeMessageVisibility changes nothing',
    fact: 'SQS-06',
    edits: [[`${SQS}/rules/receipts.ts`, '  state.store.changeVisibility(row, now, timeoutMs);\n', '']],
  },
  {
    name: 'plain HTTP counts as secure transport',
    fact: 'SQS-07',
    edits: [['src/contract/requestKeys.ts', '({ caller }) => String(caller.secure)', "() => 'true'"]],
  },
  {
    name: 'the key is not asked',
    fact: 'SQS-08',
    edits: [
      [
        'src/contract/guard.ts',
        "return 'needs' in ofKey ? denied(ofKey.needs) : ofKey.refusal;",
        'return undefined;',
      ],
    ],
  },
  {
    name: 'a body that the client encrypted is changed on the way',
    fact: 'SQS-09',
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        'sequence: state.messagesMade++, body,',
        "sequence: state.messagesMade++, body: /^[A-Za-z0-9+/=]{60,}$/.test(body) ? [...body].reverse().join('') : body,",
      ],
    ],
  },
  {
    name: 'a user needs no policy',
    fact: 'SQS-10',
    edits: [['src/contract/policy/decision.ts', '  if (!identityAllows) return NO_IDENTITY;\n', '']],
  },
  {
    name: 'an explicit Deny is ignored',
    fact: 'SQS-07',
    edits: [
      ['src/contract/policy/decision.ts', 'if (denied !== undefined) return', 'if (denied === null) return'],
    ],
  },
  {
    name: 'another account needs no queue policy',
    fact: 'SQS-11',
    edits: [
      [
        'src/contract/policy/decision.ts',
        '  if (resourceMustAllow && named === undefined) return NO_RESOURCE;\n',
        '',
      ],
    ],
  },
  {
    name: 'a queue policy lets nobody in',
    fact: 'SQS-11',
    edits: [[`${SQS}/access.ts`, '...(policy !== undefined && {', '...(false && {']],
  },
  {
    name: 'standard queues are throttled like FIFO queues',
    fact: 'SQS-12',
    edits: [[`${SQS}/rules/throughput.ts`, '  if (!queue.fifo) return;\n', '']],
  },
  {
    name: 'a queue is full at 50,000 messages',
    fact: 'SQS-13',
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        '  const { state, now, caller } = context;\n  const before =',
        "  const { state, now, caller } = context;\n  if (state.store.counts(queue.row).visible >= 50_000) throw invalidParameterValue('full');\n  const before =",
      ],
    ],
  },
  {
    name: 'a delete misses no copy',
    fact: 'SQS-14',
    edits: [
      [
        `${SQS}/rules/hosts.ts`,
        'dials === undefined || dials.missed.numerator === 0',
        'dials === undefined || dials.missed.numerator >= 0',
      ],
    ],
  },
  {
    name: 'a standard queue keeps the order',
    fact: 'SQS-15',
    edits: [
      [`${SQS}/rules/choosing.ts`, 'const dials = dialsOf(context, queue);', 'const dials = undefined;'],
    ],
  },
  {
    name: 'a call takes 20 to 90 ms',
    fact: 'SQS-16',
    edits: [[`${SQS}/index.ts`, 'random.integer(2, 9)', 'random.integer(20, 90)']],
  },
  {
    name: 'a FIFO queue hands out the last first',
    fact: 'SQS-17',
    edits: [
      [
        'src/engine/store/rowStore.ts',
        'return this.#groups.receivable(body, max) as Row[];',
        'return (this.#groups.receivable(body, 1_000) as Row[]).reverse().slice(0, max);',
      ],
    ],
  },
  {
    name: 'deduplication forgets at once',
    fact: 'SQS-18',
    edits: [
      [`${SQS}/rules/sending.ts`, 'if (queue.fifo) rememberSent(state, queue, checked, content, now);', ''],
    ],
  },
  {
    name: 'deduplication forgets after a minute',
    fact: 'SQS-18',
    edits: [
      [
        `${SQS}/limits.ts`,
        'DEDUPLICATION_WINDOW: Milliseconds = milliseconds(300_000)',
        'DEDUPLICATION_WINDOW: Milliseconds = milliseconds(60_000)',
      ],
    ],
  },
  {
    name: 'deduplication remembers for an hour',
    fact: 'SQS-18',
    edits: [
      [
        `${SQS}/limits.ts`,
        'DEDUPLICATION_WINDOW: Milliseconds = milliseconds(300_000)',
        'DEDUPLICATION_WINDOW: Milliseconds = milliseconds(3_600_000)',
      ],
    ],
  },
  {
    name: 'a delete ends the memory of its deduplication id',
    fact: 'SQS-18',
    edits: [
      [
        `${SQS}/rules/receipts.ts`,
        '    store.drop(row);\n',
        '    store.drop(row);\n    state.sentBefore.delete(queue.key);\n',
      ],
    ],
  },
  {
    name: 'content-based deduplication tells equal bodies apart',
    fact: 'SQS-19',
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        'return sha256Hex(body);',
        'return sha256Hex(String(queue.counters.sent));',
      ],
    ],
  },
  {
    name: 'content-based deduplication takes all bodies for equal',
    fact: 'SQS-19',
    edits: [[`${SQS}/rules/sending.ts`, 'return sha256Hex(body);', "return sha256Hex('');"]],
  },
  {
    name: 'a message in flight does not hold its group back',
    fact: 'SQS-20',
    edits: [
      [
        'src/engine/store/groups.ts',
        'if (rows.get(row, KIND) !== VISIBLE) break;',
        'if (rows.get(row, KIND) !== VISIBLE) continue;',
      ],
      [
        'src/engine/store/groups.ts',
        'const isReady = head !== group && rows.get(head, KIND) === VISIBLE;',
        'const isReady = head !== group;',
      ],
    ],
  },
  {
    name: 'a message in flight holds all groups back',
    fact: 'SQS-20',
    edits: [
      [
        `${SQS}/rules/receiving.ts`,
        '  if (max <= 0) return NOTHING;',
        '  if (max <= 0 || (queue.fifo && state.store.counts(queue.row).inFlight > 0)) return NOTHING;',
      ],
    ],
  },
  {
    name: 'a FIFO queue is never throttled',
    fact: 'SQS-21',
    edits: [[`${SQS}/rules/throughput.ts`, 'if (meters[action] >= limit) {', 'if (meters[action] >= 1e9) {']],
  },
  {
    name: 'a batch counts as ten calls',
    fact: 'SQS-22',
    edits: [
      [
        `${SQS}/rules/throughput.ts`,
        '  meters[action]++;',
        "  meters[action] += operation.endsWith('Batch') ? 10 : 1;",
      ],
    ],
  },
  {
    name: 'the name of a FIFO queue may end in anything',
    fact: 'SQS-23',
    edits: [[`${SQS}/operations/queues.ts`, 'if (FIFO_NAME.test(name)) return true;', 'return true;']],
  },
  {
    name: 'nothing is dead-lettered',
    lessons: ['sqs/dead-letters'],
    edits: [
      [
        `${SQS}/rules/deadLetters.ts`,
        'if (limit === undefined || rows.length === 0)',
        'if (limit !== 0 || rows.length === 0)',
      ],
    ],
  },
  {
    name: 'maxReceiveCount is ignored: one receive is enough',
    lessons: ['sqs/dead-letters'],
    edits: [[`${SQS}/rules/deadLetters.ts`, '.receiveCount >= limit', '.receiveCount >= 1']],
  },
  {
    name: 'a move task moves nothing',
    lessons: ['sqs/dead-letters'],
    edits: [[`${SQS}/timers.ts`, '      moveDue(context, sqsTimer);\n', '']],
  },
  {
    name: 'a delay is ignored',
    lessons: ['sqs/delay'],
    edits: [
      [
        `${SQS}/rules/sending.ts`,
        'delay: delayOf(queue, request.DelaySeconds),',
        'delay: toMilliseconds(seconds(0 * delayOf(queue, request.DelaySeconds))),',
      ],
    ],
  },
  {
    name: 'an idempotent consumer acts again',
    lessons: ['sqs/charged-twice'],
    edits: [
      ['src/services/apps/consuming.ts', 'if (settings.idempotent && remembers(', 'if (false && remembers('],
      ['src/services/apps/consuming.ts', 'if (!isNew && app.settings.idempotent) return;', ''],
    ],
  },
  {
    name: 'a delete does not delete',
    lessons: ['sqs/first-queue', 'start/first-message'],
    edits: [[`${SQS}/rules/receipts.ts`, '    store.drop(row);\n', '']],
  },
  {
    name: 'only the first subscription gets a copy',
    fact: 'SNS-01',
    edits: [
      [
        `${SNS}/rules/fanOut.ts`,
        '    if (!subscription.confirmed) continue;\n',
        '    if (!subscription.confirmed || chosen.size > 0) continue;\n',
      ],
    ],
  },
  {
    name: 'a topic takes any number of subscriptions',
    fact: 'SNS-02',
    edits: [[`${SNS}/limits.ts`, '    subscriptions: 5,\n', '    subscriptions: 12_500_000,\n']],
  },
  {
    name: 'an account has any number of topics',
    fact: 'SNS-03',
    edits: [[`${SNS}/limits.ts`, '    topics: 5,\n', '    topics: 100_000,\n']],
  },
  {
    name: 'a filter lets all through',
    fact: 'SNS-08',
    edits: [[`${SNS}/rules/fanOut.ts`, 'if (!matches(policy, facts)) {', 'if (policy === null) {']],
  },
  {
    name: 'a filter always looks at attributes',
    fact: 'SNS-08',
    edits: [
      [
        `${SNS}/rules/fanOut.ts`,
        "const body = subscription.settings.FilterPolicyScope === 'MessageBody';",
        'const body = false;',
      ],
    ],
  },
  {
    name: 'plain HTTP counts as secure transport on a topic',
    fact: 'SNS-09',
    edits: [['src/contract/requestKeys.ts', '({ caller }) => String(caller.secure)', "() => 'true'"]],
  },
  {
    name: 'the key of a topic is not asked',
    fact: 'SNS-10',
    edits: [
      [
        'src/contract/guard.ts',
        "return 'needs' in ofKey ? denied(ofKey.needs) : ofKey.refusal;",
        'return undefined;',
      ],
    ],
  },
  {
    name: 'a topic changes what the client encrypted',
    fact: 'SNS-11',
    edits: [
      [
        `${SNS}/rules/publishing.ts`,
        '    body,\n    published: made.now,',
        "    body: /^[A-Za-z0-9+/=]{60,}$/.test(body) ? [...body].reverse().join('') : body,\n    published: made.now,",
      ],
    ],
  },
  {
    name: 'a group of machines tells nothing',
    fact: 'SNS-06',
    edits: [
      [
        'src/services/autoscaling/rules/notifying.ts',
        '    if (!types.includes(event)) continue;',
        '    if (types.includes(event)) continue;',
      ],
    ],
  },
  {
    name: 'RDS publishes as a user of the account',
    fact: 'SNS-06',
    edits: [
      [
        'src/services/rds/rules/telling.ts',
        '  by: PRINCIPAL,\n  account,\n  profile: PRINCIPAL,',
        "  by: 'rds',\n  account,\n  profile: 'default',",
      ],
    ],
  },
  {
    name: 'a table keeps its changes to itself',
    fact: 'SNS-06',
    edits: [
      [
        'src/services/apps/tableStream.ts',
        "  if (settings.stream === '') return;\n  const keys",
        '  if (writes > 0) return;\n  const keys',
      ],
    ],
  },
  {
    name: 'a service needs no policy of the topic',
    fact: 'SNS-12',
    edits: [
      [
        'src/contract/policy/decision.ts',
        '    return direct === undefined\n      ? NO_RESOURCE',
        "    return direct === undefined\n      ? { allowed: true, reason: 'administrator' }",
      ],
    ],
  },
  {
    name: 'a refusal by a queue is tried again',
    lessons: ['sns/the-queue-must-agree'],
    edits: [
      [
        `${SNS}/rules/delivering.ts`,
        '    again,\n    statusCode: httpStatus,',
        '    again: again || denied,\n    statusCode: httpStatus,',
      ],
    ],
  },
  {
    name: 'aws:SourceArn is ignored: every topic reaches the queue',
    fact: 'SQS-11',
    edits: [
      [
        `${SNS}/rules/attempt.ts`,
        '      sourceArn: topicArn,',
        "      sourceArn: topicArn.replace(/:gossip$/, ':orders'),",
      ],
    ],
  },
  {
    name: 'retries never end',
    fact: 'SNS-13',
    edits: [
      [
        `${SNS}/rules/delivering.ts`,
        'const planned = failure.again ? delayBefore(policy, number) : undefined;',
        'const planned = failure.again ? delayBefore(policy, 1) : undefined;',
      ],
    ],
  },
  {
    name: 'the dead-letter queue of a subscription is ignored',
    fact: 'SNS-13',
    edits: [
      [
        `${SNS}/rules/delivering.ts`,
        '  if (to === undefined) {\n    lose(context, subscription, own, number, reason);',
        '  if (to === undefined || number > 0) {\n    lose(context, subscription, own, number, reason);',
      ],
    ],
  },
  {
    name: 'a FIFO topic forgets the order',
    fact: 'SNS-14',
    edits: [
      [`${SNS}/rules/latency.ts`, "if (fifo || delivery === 'calm')", "if (delivery === 'calm')"],
      [
        `${SNS}/rules/lanes.ts`,
        '  if (lane === undefined) return false;\n',
        '  if (lane !== null) return false;\n',
      ],
    ],
  },
  {
    name: 'a FIFO topic does not recognise a repeat',
    fact: 'SNS-15',
    edits: [
      [
        `${SNS}/rules/deduplication.ts`,
        'return known !== undefined && known.until > now ? known : undefined;',
        'return undefined;',
      ],
    ],
  },
  {
    name: 'a FIFO topic never forgets a deduplication id',
    fact: 'SNS-15',
    edits: [
      [
        `${SNS}/rules/deduplication.ts`,
        'known !== undefined && known.until > now ? known',
        'known !== undefined ? known',
      ],
    ],
  },
  {
    name: 'all groups of a FIFO topic are one',
    fact: 'SNS-16',
    edits: [
      [
        `${SNS}/rules/publishing.ts`,
        'return { group: MessageGroupId, deduplicationId: MessageDeduplicationId ?? sha256Hex(body) };',
        "return { group: 'one', deduplicationId: MessageDeduplicationId ?? sha256Hex(body) };",
      ],
    ],
  },
  {
    name: 'a FIFO topic delivers to everybody',
    fact: 'SNS-17',
    edits: [
      [`${SNS}/rules/subscribing.ts`, "  if (protocol !== 'sqs') {\n", "  if (protocol === 'lambda') {\n"],
      [
        `${SNS}/rules/subscribing.ts`,
        "if (fifoQueue || state.limits !== 'study-guide') return;",
        "if (fifoQueue || state.limits !== 'scaled') return;",
      ],
    ],
  },
  {
    name: 'a FIFO topic takes any rate',
    fact: 'SNS-18',
    edits: [
      [`${SNS}/rules/throughput.ts`, '  if (!topic.fifo) return;\n', '  if (topic.fifo !== null) return;\n'],
    ],
  },
  {
    name: 'nobody needs to agree to a subscription',
    lessons: ['sns/who-gets-what'],
    edits: [
      [
        `${SNS}/rules/subscribing.ts`,
        "    case 'email-json':\n      return true;",
        "    case 'email-json':\n      return false;",
      ],
    ],
  },
  {
    name: 'raw message delivery is ignored',
    lessons: ['sns/who-gets-what'],
    edits: [
      [
        `${SNS}/rules/queueMessage.ts`,
        'const raw = subscription.settings.RawMessageDelivery && message.control === undefined;',
        'const raw = subscription.settings.RawMessageDelivery && message.control !== undefined;',
      ],
    ],
  },
  {
    name: 'a buffer is not written when its time is up',
    fact: 'FH-01',
    edits: [
      [`${FIREHOSE}/rules/buffering.ts`, 'if (buffer?.id !== id) return;', 'if (buffer?.id !== -1) return;'],
    ],
  },
  {
    name: 'a full buffer waits for its time',
    fact: 'FH-03',
    edits: [
      [
        `${FIREHOSE}/rules/buffering.ts`,
        'if (buffer.bytes >= buffer.sizeMax) flush',
        'if (buffer.bytes < 0) flush',
      ],
    ],
  },
  {
    name: 'an interval of zero is a minute',
    fact: 'FH-04',
    edits: [
      [
        `${FIREHOSE}/rules/buffering.ts`,
        'interval === 0 ? ZERO_BUFFERING_WAIT : milliseconds(interval)',
        'interval === 0 ? milliseconds(60 * ZERO_BUFFERING_WAIT) : milliseconds(interval)',
      ],
    ],
  },
  {
    name: 'without buffering records arrive at once',
    fact: 'FH-20',
    edits: [
      [
        `${FIREHOSE}/limits.ts`,
        'export const ZERO_BUFFERING_WAIT = milliseconds(1_000);',
        'export const ZERO_BUFFERING_WAIT = milliseconds(1);',
      ],
    ],
  },
  {
    name: 'what was delivered stays in the buffer',
    fact: 'FH-05',
    edits: [
      [
        `${FIREHOSE}/rules/buffering.ts`,
        '  stream.buffers.delete(key);\n  Object.freeze(buffer.records);\n',
        '',
      ],
    ],
  },
  {
    name: 'what a function drops is delivered',
    fact: 'FH-07',
    edits: [
      [
        `${FIREHOSE}/rules/transform.ts`,
        "else if (answer.result === 'Dropped') gone.push(record);",
        "else if (answer.result === 'Gone') gone.push(record);",
      ],
    ],
  },
  {
    name: 'a function that fails is not called again',
    fact: 'FH-07',
    edits: [[`${FIREHOSE}/rules/transform.ts`, 'job.attempt <= retries ?', 'job.attempt <= 0 ?']],
  },
  {
    name: 'each record becomes a line',
    fact: 'FH-08',
    edits: [
      [
        `${FIREHOSE}/rules/bucket.ts`,
        'joined(records.map(({ data }) => data))',
        'joined(records.map(({ data }) => Uint8Array.from([...data, 10])))',
      ],
    ],
  },
  {
    name: 'conversion writes lines of JSON',
    fact: 'FH-09',
    edits: [
      [
        `${FIREHOSE}/rules/converting.ts`,
        "format === 'parquet' ? writeParquet",
        "format === 'orc' ? writeParquet",
      ],
    ],
  },
  {
    name: 'objects are not compressed',
    fact: 'FH-10',
    edits: [
      [`${FIREHOSE}/rules/bucket.ts`, 'body ?? compressed(place!.compression, raw, file)', 'body ?? raw'],
    ],
  },
  {
    name: 'only what failed is backed up, ever',
    fact: 'FH-14',
    edits: [
      [
        `${FIREHOSE}/rules/destination.ts`,
        "mode.startsWith('All') ? place",
        "mode.startsWith('None') ? place",
      ],
    ],
  },
  {
    name: 'everything is backed up, always',
    fact: 'FH-14',
    edits: [
      [
        `${FIREHOSE}/rules/destination.ts`,
        "mode.startsWith('All') ? place : undefined",
        "mode.startsWith('None') ? undefined : place",
      ],
    ],
  },
  {
    name: 'records are billed by the byte',
    fact: 'FH-21',
    edits: [
      [
        `${FIREHOSE}/rules/pipeline.ts`,
        'const billed = roundedUp(data.length, BILLED_STEP.firehoseRecord);',
        'const billed = data.length;',
      ],
    ],
  },
];
