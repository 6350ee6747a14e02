/** The states that conditions may name (lesson format, section 6). Capitals are AWS's words. */
import {
  type Entry,
  entry,
  flag,
  list,
  number,
  object,
  oneOf,
  size,
  span,
  text,
} from './vocabularyFields.ts';

const attributes = {
  'attributes.*': object('as the service reports them; numbers are numbers, policies objects'),
};

const messaging: readonly Entry[] = [
  entry('queue/NAME', 'an SQS queue', {
    ...attributes,
    visible: number('messages ready to be received'),
    inFlight: number('messages received and not deleted, hidden until their timeout ends'),
    delayed: number('messages not ready yet'),
    oldestAgeMs: span('age of the oldest message kept'),
    sent: number('messages accepted so far'),
    received: number('receives of messages so far; one message can count several times'),
    deleted: number('messages deleted so far'),
    expired: number('messages that outlived the retention period'),
    deadLettered: number('messages moved from here to a dead-letter queue'),
    moved: number('messages moved by a move task'),
    duplicated: number('messages handed out again although they were deleted'),
    emptyReceives: number('receives that got nothing'),
    createdAtMs: span('when it was made, since the beginning of the world'),
    fifo: flag('it is a FIFO queue'),
  }),
  entry('topic/NAME', 'an SNS topic', {
    ...attributes,
    published: number('messages accepted'),
    delivered: number('deliveries that succeeded'),
    failed: number('deliveries that ended in failure'),
    retrying: number('deliveries that wait for another attempt'),
    filteredOut: number('deliveries stopped by a filter policy'),
    deadLettered: number('deliveries moved to a dead-letter queue'),
    lost: number('deliveries given up for good'),
  }),
  entry('subscription/TOPIC/ENDPOINT', 'a subscription of a topic', {
    ...attributes,
    confirmed: flag('the endpoint agreed'),
    delivered: number('deliveries that succeeded'),
    failed: number('deliveries that ended in failure'),
    retrying: number('deliveries that wait for another attempt'),
    filteredOut: number('messages stopped by the filter policy'),
    deadLettered: number('messages moved to a dead-letter queue'),
    lost: number('messages given up for good'),
  }),
  entry('stream/NAME', 'a Kinesis data stream', {
    ...attributes,
    openShards: number('shards that take records'),
    put: number('records accepted'),
    throttledPuts: number('records refused because a shard was full'),
    throttledReads: number('reads refused because a shard was full'),
    trimmed: number('records that outlived the retention period'),
    oldestAgeMs: span('age of the oldest record kept'),
  }),
  entry('shard/STREAM/NUMBER', 'a shard of a stream', {
    open: flag('takes records'),
    putPerSecond: number('records accepted a second, now'),
    bytesPerSecond: size('bytes accepted a second, now'),
    parents: list('numbers of the shards it came from'),
  }),
  entry('delivery/NAME', 'a Firehose delivery stream', {
    ...attributes,
    bufferedRecords: number('records in the buffer'),
    bufferedBytes: size('size of the buffer'),
    bufferAgeMs: span('age of the oldest record in the buffer'),
    delivered: number('records delivered'),
    failed: number('records that could not be delivered'),
    dropped: number('records given up'),
    backedUp: number('records written to the backup'),
    objects: number('objects written'),
  }),
  entry('broker/NAME', 'an Amazon MQ broker', {
    ...attributes,
    activeZone: text('the zone of the active broker'),
    connections: number('open connections'),
    blocked: flag('publishers are held back'),
  }),
  entry('brokerqueue/BROKER/QUEUE', 'a queue of a broker', {
    ready: number('messages ready to be delivered'),
    unacknowledged: number('messages delivered and not acknowledged'),
    consumers: number('consumers attached'),
    acknowledged: number('messages done with'),
    lost: number('messages that a failover took'),
  }),
];

const neighbours: readonly Entry[] = [
  entry('bucket/NAME', 'an S3 bucket', {
    objects: number('objects in it'),
    bytes: size('their size together'),
    'newest.*': object('the newest object'),
  }),
  entry('database/NAME', 'a database', {
    writes: number('writes accepted'),
    refusedWrites: number('writes refused because it was full'),
    writesPerSecond: number('writes accepted a second, over the last 10 seconds'),
    refusedPerSecond: number('writes refused a second, over the last 10 seconds'),
    waiting: number('writes that wait for their answer'),
    capacityPerSecond: number('writes it takes a second'),
    engine: oneOf('what it is', 'dynamodb', 'rds', 'aurora'),
  }),
  entry('function/NAME', 'a Lambda function', {
    invocations: number('calls'),
    errors: number('calls that failed'),
    throttles: number('calls refused'),
  }),
  entry('alarm/NAME', 'a CloudWatch alarm', {
    StateValue: oneOf('its state', 'OK', 'ALARM', 'INSUFFICIENT_DATA'),
  }),
  entry('group/NAME', 'an Auto Scaling group', {
    desired: number('instances wanted'),
    inService: number('instances at work'),
    pending: number('instances that start'),
    terminating: number('instances that end'),
    min: number('instances at least'),
    max: number('instances at most'),
    cooldownMs: span('what is left of the cooldown'),
    policies: list('names of its scaling policies'),
    zones: list('zones it spreads over'),
  }),
  entry('user/NAME', 'an IAM user', {
    account: text('the account'),
    arn: text('its ARN'),
    inlinePolicies: list('names of its inline policies'),
    attachedPolicies: list('ARNs of its managed policies'),
    createdAtMs: span('when it was made, since the beginning of the world'),
  }),
  entry('key/NAME', 'a KMS key, by its alias without `alias/`, or its id', {
    keyId: text('its id'),
    arn: text('its ARN'),
    account: text('the account'),
    state: oneOf('its state', 'Enabled', 'Disabled', 'PendingDeletion'),
    aliases: list('its aliases'),
    'policy.*': object('its key policy'),
    createdAtMs: span('when it was made, since the beginning of the world'),
  }),
];

const playground: readonly Entry[] = [
  entry('app/NAME', 'a simulated app', {
    running: flag('it is started'),
    sent: number('messages accepted from it'),
    sentPerSecond: number('messages accepted a second, over the last 10 seconds'),
    throttled: number('messages refused as too fast'),
    throttledPerSecond: number('messages refused as too fast a second, over the last 10 seconds'),
    received: number('messages it received'),
    processed: number('messages it worked to the end'),
    failed: number('calls refused for another reason, and work that failed'),
    repeatedEffects: number('effects it had twice, because a message came twice'),
    outOfOrder: number('messages it received after a later one'),
    lost: number('messages it gave up sending'),
    emptyReceives: number('polls that got nothing'),
    requests: number('calls it made'),
    'latencyMs.*': span('from sent to answered (producer) or processed (consumer): p50, p95, p99, max'),
  }),
  entry('cost/SERVICE', 'what a service has cost', {
    usd: number('dollars so far'),
    requests: number('billed requests so far'),
  }),
  entry('world', 'the world itself', {
    limits: oneOf('whose figures hold', 'current', 'study-guide', 'scaled'),
    delivery: oneOf('how far standard queues stray', 'calm', 'typical', 'rough'),
    pace: text('`paused`, or the speed: `x10`'),
  }),
  entry('you', 'the person at the prompt', {
    profile: text('whose name calls carry'),
    account: text('that profile’s account'),
  }),
];

export const STATES: readonly Entry[] = [...messaging, ...neighbours, ...playground];
