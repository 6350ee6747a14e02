/** Subscription filters: what a group hands on, and to whom. */
import {
  DeleteSubscriptionFilter$,
  type DeleteSubscriptionFilterRequest,
  DescribeSubscriptionFilters$,
  type DescribeSubscriptionFiltersRequest,
  PutSubscriptionFilter$,
  type PutSubscriptionFilterRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseArn } from '../../../contract/arn.ts';
import { PARKED, type Parked } from '../../../engine/service.ts';
import { GROUP, LIMIT, logsOperation, NEXT_TOKEN, page, paged, without } from '../define.ts';
import { filterNotFound, invalidParameter, limitExceeded, outOfRange } from '../errors.ts';
import { emit } from '../events.ts';
import { FILTERS_MAX, PATTERN_MAX } from '../limits.ts';
import type { SubscriptionFilter } from '../model.ts';
import { readPattern } from '../rules/filterPattern.ts';
import { type ProbeToken, undelivered } from '../rules/filters.ts';
import { requestTo, testMessage } from '../rules/forwarding.ts';
import { groupKey, groupOf } from '../rules/lookup.ts';

const WHERE: Readonly<Record<string, string>> = {
  firehose: 'Firehose',
  kinesis: 'Kinesis stream',
  lambda: 'Lambda',
};

export const putSubscriptionFilter = logsOperation<PutSubscriptionFilterRequest>(PutSubscriptionFilter$, {
  summary: 'Hands new events of a group on to a delivery stream, a stream or a function.',
  members: {
    logGroupName: GROUP,
    filterName: { purpose: 'the filter’s name' },
    filterPattern: { purpose: 'words that an event must hold; empty: every event' },
    destinationArn: { purpose: 'the delivery stream, stream or function, by ARN' },
    roleArn: { purpose: 'the role that may put into it; not for functions' },
    distribution: {
      purpose: 'of streams: which partition keys',
      values: ['ByLogStream', 'Random'],
      default: 'ByLogStream',
    },
    applyOnTransformedLogs: without('on transformed events', 'transformers of logs'),
    fieldSelectionCriteria: without('by account and region', 'there is one region here'),
    emitSystemFields: without('more fields', 'there is one region here'),
  },
  handle(context, input) {
    const { state, now, caller, call } = context;
    const { filterName: name = '', filterPattern: pattern = '', destinationArn: to = '', roleArn } = input;
    const { distribution = 'ByLogStream' } = input;
    if (pattern.length > PATTERN_MAX) {
      throw outOfRange(
        pattern,
        'filterPattern',
        `Member must have length less than or equal to ${PATTERN_MAX}`,
      );
    }
    const group = groupOf(context, input.logGroupName!);
    readPattern(pattern);
    const service = parseArn(to)?.service ?? '';
    // UNSURE: both sentences.
    if (WHERE[service] === undefined) {
      throw invalidParameter('destinationArn is not a supported destination', {
        why: `${to} is no ARN of a delivery stream, a stream or a function; destinations of other accounts are not modelled.`,
      });
    }
    if (service !== 'lambda' && roleArn === undefined) {
      throw invalidParameter(`roleArn is required for a destination of ${WHERE[service]}`);
    }
    if (!group.filters.has(name) && group.filters.size >= FILTERS_MAX) {
      throw limitExceeded(`A log group has at most ${FILTERS_MAX} subscription filters.`);
    }
    if (context.peek(service) === undefined) throw undelivered(service, 'There is no such service here.');
    const filter: SubscriptionFilter = Object.freeze({
      name,
      pattern,
      to,
      role: roleArn,
      distribution,
      created: group.filters.get(name)?.created ?? now,
    });
    const token: ProbeToken = Object.freeze({
      type: 'probe',
      call: call!,
      by: caller.by,
      group: groupKey(group.account, group.name),
      service,
      filter,
    });
    context.request(
      requestTo(context, group, to, testMessage({ state, now }, WHERE[service]!), name)!,
      token,
    );
    return PARKED as Parked;
  },
});

export const describeSubscriptionFilters = logsOperation<DescribeSubscriptionFiltersRequest>(
  DescribeSubscriptionFilters$,
  {
    summary: 'Lists the subscription filters of a group.',
    members: {
      logGroupName: GROUP,
      filterNamePrefix: { purpose: 'only names that begin so' },
      nextToken: NEXT_TOKEN,
      limit: LIMIT,
    },
    pagination: paged('subscriptionFilters'),
    handle(context, { logGroupName, filterNamePrefix = '', nextToken, limit }) {
      const { epoch } = context.state;
      const group = groupOf(context, logGroupName!);
      const found = [...group.filters.values()].filter(({ name }) => name.startsWith(filterNamePrefix));
      const { items, ...rest } = page(found, nextToken, limit);
      return {
        subscriptionFilters: items.map((filter) => ({
          filterName: filter.name,
          logGroupName: group.name,
          filterPattern: filter.pattern,
          destinationArn: filter.to,
          ...(filter.role !== undefined && { roleArn: filter.role }),
          distribution: filter.distribution,
          creationTime: epoch + filter.created,
        })),
        ...rest,
      };
    },
  },
);

export const deleteSubscriptionFilter = logsOperation<DeleteSubscriptionFilterRequest>(
  DeleteSubscriptionFilter$,
  {
    summary: 'Takes a subscription filter away.',
    members: { logGroupName: GROUP, filterName: { purpose: 'the filter' } },
    handle(context, { logGroupName, filterName }) {
      const group = groupOf(context, logGroupName!);
      if (!group.filters.delete(filterName!)) throw filterNotFound();
      emit(context, {
        type: 'logs/FilterDeleted',
        by: context.caller.by,
        group: group.name,
        filter: filterName!,
      });
      return {};
    },
  },
);
