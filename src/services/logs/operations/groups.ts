/** Log groups and log streams. */
import {
  CreateLogGroup$,
  type CreateLogGroupRequest,
  CreateLogStream$,
  type CreateLogStreamRequest,
  DeleteLogGroup$,
  type DeleteLogGroupRequest,
  DeleteLogStream$,
  type DeleteLogStreamRequest,
  DeleteRetentionPolicy$,
  type DeleteRetentionPolicyRequest,
  DescribeLogGroups$,
  type DescribeLogGroupsRequest,
  DescribeLogStreams$,
  type DescribeLogStreamsRequest,
  PutRetentionPolicy$,
  type PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GROUP,
  IDENTIFIER,
  LIMIT,
  logsOperation,
  NEXT_TOKEN,
  page,
  paged,
  STREAM,
  without,
} from '../define.ts';
import { alreadyExists, outOfRange } from '../errors.ts';
import { emit } from '../events.ts';
import { GROUP_NAME, STREAM_NAME } from '../limits.ts';
import { groupArn, newGroup, newStream } from '../model.ts';
import { groupKey, groupOf, streamOf } from '../rules/lookup.ts';

export const createLogGroup = logsOperation<CreateLogGroupRequest>(CreateLogGroup$, {
  summary: 'Makes a log group.',
  members: {
    logGroupName: GROUP,
    kmsKeyId: without('a key', 'logs are not encrypted here'),
    tags: { purpose: 'labels of your own, a=b' },
    logGroupClass: { purpose: 'what it can do and costs', values: ['STANDARD'], default: 'STANDARD' },
    deletionProtectionEnabled: without('protection', 'a group here can always be deleted'),
  },
  handle(context, { logGroupName: name = '', tags = {}, logGroupClass = 'STANDARD' }) {
    const { state, caller, now } = context;
    if (!GROUP_NAME.test(name)) {
      throw outOfRange(
        name,
        'logGroupName',
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
      );
    }
    const { account } = caller;
    const key = groupKey(account, name);
    if (state.groups.has(key)) throw alreadyExists('group');
    const order = ++state.groupsMade;
    const arn = groupArn(state, account, name);
    const frozen = Object.freeze({ ...tags });
    state.groups.set(
      key,
      newGroup({ name, account, arn, order, created: now, class: logGroupClass, tags: frozen }),
    );
    emit(context, { type: 'logs/GroupCreated', by: caller.by, group: name });
    return {};
  },
});

export const deleteLogGroup = logsOperation<DeleteLogGroupRequest>(DeleteLogGroup$, {
  summary: 'Deletes a log group with all that is in it.',
  members: { logGroupName: GROUP },
  handle(context, { logGroupName: name = '' }) {
    const group = groupOf(context, name);
    context.state.groups.delete(groupKey(group.account, group.name));
    emit(context, { type: 'logs/GroupDeleted', by: context.caller.by, group: name });
    return {};
  },
});

export const describeLogGroups = logsOperation<DescribeLogGroupsRequest>(DescribeLogGroups$, {
  summary: 'Lists log groups by name.',
  members: {
    accountIdentifiers: without('of other accounts', 'only the caller’s own'),
    logGroupNamePrefix: { purpose: 'only names that begin so' },
    logGroupNamePattern: { purpose: 'only names that hold this' },
    nextToken: NEXT_TOKEN,
    limit: LIMIT,
    includeLinkedAccounts: without('of other accounts', 'only the caller’s own'),
    logGroupClass: without('of a class', 'all are STANDARD'),
    logGroupIdentifiers: without('by ARN', 'logGroupNamePrefix finds them'),
  },
  pagination: paged('logGroups'),
  handle(
    { state, caller },
    { logGroupNamePrefix: start = '', logGroupNamePattern: part = '', nextToken, limit },
  ) {
    const found = [...state.groups.values()]
      .filter(
        ({ account, name }) => account === caller.account && name.startsWith(start) && name.includes(part),
      )
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { items, ...rest } = page(found, nextToken, limit);
    return {
      logGroups: items.map((group) => ({
        logGroupName: group.name,
        creationTime: state.epoch + group.created,
        ...(group.retention !== undefined && { retentionInDays: group.retention }),
        metricFilterCount: 0,
        arn: `${group.arn}:*`,
        storedBytes: group.counters.bytes,
        logGroupClass: group.class,
        logGroupArn: group.arn,
      })),
      ...rest,
    };
  },
});

export const createLogStream = logsOperation<CreateLogStreamRequest>(CreateLogStream$, {
  summary: 'Makes a log stream in a group.',
  members: { logGroupName: GROUP, logStreamName: STREAM },
  handle(context, { logGroupName, logStreamName: name = '' }) {
    const { caller, now } = context;
    if (!STREAM_NAME.test(name)) {
      throw outOfRange(name, 'logStreamName', 'Member must satisfy regular expression pattern: [^:*]*');
    }
    const group = groupOf(context, logGroupName!);
    if (group.streams.has(name)) throw alreadyExists('stream');
    group.streams.set(name, newStream(name, now));
    emit(context, { type: 'logs/StreamCreated', by: caller.by, group: group.name, stream: name });
    return {};
  },
});

export const describeLogStreams = logsOperation<DescribeLogStreamsRequest>(DescribeLogStreams$, {
  summary: 'Lists the streams of a log group by name.',
  members: {
    logGroupName: GROUP,
    logGroupIdentifier: IDENTIFIER,
    logStreamNamePrefix: { purpose: 'only names that begin so' },
    orderBy: without('the order', 'streams are listed by name'),
    descending: { purpose: 'last name first' },
    nextToken: NEXT_TOKEN,
    limit: LIMIT,
  },
  pagination: paged('logStreams'),
  handle(context, { logGroupName = '', logStreamNamePrefix = '', descending = false, nextToken, limit }) {
    const { epoch } = context.state;
    const { streams, arn } = groupOf(context, logGroupName);
    const found = [...streams.values()]
      .filter(({ name }) => name.startsWith(logStreamNamePrefix))
      .sort((one, other) => (one.name < other.name !== descending ? -1 : 1));
    const { items, ...rest } = page(found, nextToken, limit);
    return {
      logStreams: items.map(({ name, created, events, bytes }) => {
        const [first, last] = [events[0], events.at(-1)];
        return {
          logStreamName: name,
          creationTime: epoch + created,
          ...(first !== undefined &&
            last !== undefined && {
              firstEventTimestamp: first.timestamp,
              lastEventTimestamp: last.timestamp,
              lastIngestionTime: epoch + last.ingested,
            }),
          arn: `${arn}:log-stream:${name}`,
          storedBytes: bytes,
        };
      }),
      ...rest,
    };
  },
});

export const deleteLogStream = logsOperation<DeleteLogStreamRequest>(DeleteLogStream$, {
  summary: 'Deletes a log stream with its events.',
  members: { logGroupName: GROUP, logStreamName: STREAM },
  handle(context, { logGroupName, logStreamName }) {
    const group = groupOf(context, logGroupName!);
    group.streams.delete(streamOf(group, logStreamName!).name);
    return {};
  },
});

/** Days. CloudWatch Logs API Reference, PutRetentionPolicy. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
  3_653,
];

/** SIMPLER THAN AWS: the figure is kept; a stream keeps its newest events however old they are. */
export const putRetentionPolicy = logsOperation<PutRetentionPolicyRequest>(PutRetentionPolicy$, {
  summary: 'Says how many days the events of a group are kept.',
  members: { logGroupName: GROUP, retentionInDays: { purpose: 'days: 1, 3, 5, 7, 14, 30 … 3653' } },
  handle(context, { logGroupName, retentionInDays: days = 0 }) {
    if (!RETENTION_DAYS.includes(days)) {
      throw outOfRange(
        String(days),
        'retentionInDays',
        `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
      );
    }
    groupOf(context, logGroupName!).retention = days;
    return {};
  },
});

export const deleteRetentionPolicy = logsOperation<DeleteRetentionPolicyRequest>(DeleteRetentionPolicy$, {
  summary: 'Lets the events of a group never expire.',
  members: { logGroupName: GROUP },
  handle(context, { logGroupName }) {
    const group = groupOf(context, logGroupName!);
    delete group.retention;
    return {};
  },
});
