/** What happened to databases, and what can happen. */
import {
  DescribeEventCategories$,
  type DescribeEventCategoriesMessage,
  DescribeEvents$,
  type DescribeEventsMessage,
} from '@aws-sdk/client-rds';
import { NO_FILTERS, PAGE, page, paged, rdsOperation, SOURCE_TYPE, sourceTypeOf } from '../define.ts';
import { invalid, together } from '../errors.ts';
import { CATEGORIES, EVENTS_KEPT_MS, SOURCE_TYPES } from '../limits.ts';
import { sourceArn } from '../model.ts';

const utc = (value: Date | number): number => (typeof value === 'number' ? value : value.getTime());
const HOUR_MINUTES = 60;

export const describeEvents = rdsOperation<DescribeEventsMessage>(DescribeEvents$, {
  summary: 'Lists what happened to databases: in the last hour, or since when you say.',
  members: {
    SourceIdentifier: { purpose: 'only of this database; needs the source type' },
    SourceType: SOURCE_TYPE,
    StartTime: { purpose: 'from then on' },
    EndTime: { purpose: 'until then' },
    Duration: { purpose: 'so many minutes back', default: HOUR_MINUTES },
    EventCategories: { purpose: 'only of these categories' },
    ...PAGE,
    ...NO_FILTERS,
  },
  pagination: paged('Events'),
  handle(context, input) {
    const { state, now, caller } = context;
    const { SourceIdentifier: source, EventCategories: categories = [] } = input;
    if (source !== undefined && input.SourceType === undefined) {
      throw together('SourceType is required when SourceIdentifier is specified.');
    }
    const type = input.SourceType === undefined ? undefined : sourceTypeOf(input.SourceType);
    const end = input.EndTime === undefined ? state.epoch + now : utc(input.EndTime);
    const minutes = input.Duration ?? HOUR_MINUTES;
    const start = input.StartTime === undefined ? end - minutes * 60_000 : utc(input.StartTime);
    if (start > end) throw invalid('The start time must be before the end time.');
    const all = (caller.account === state.account ? state.events : []).filter(
      (event) =>
        now - event.at < EVENTS_KEPT_MS &&
        state.epoch + event.at >= start &&
        state.epoch + event.at <= end &&
        (type === undefined || event.sourceType === type) &&
        (source === undefined || event.source === source) &&
        (categories.length === 0 || event.categories.some((one) => categories.includes(one))),
    );
    const { items, rest } = page(all, input);
    return {
      Events: items.map((event) => ({
        SourceIdentifier: event.source,
        SourceType: event.sourceType,
        Message: event.message,
        EventCategories: event.categories,
        Date: state.epoch + event.at,
        SourceArn: sourceArn(state, event.sourceType, event.source),
      })),
      ...rest,
    };
  },
});

export const describeEventCategories = rdsOperation<DescribeEventCategoriesMessage>(
  DescribeEventCategories$,
  {
    summary: 'Lists the categories of events, by what they happen to.',
    members: { SourceType: SOURCE_TYPE, ...NO_FILTERS },
    handle(_context, { SourceType: text }) {
      const types = text === undefined ? SOURCE_TYPES : [sourceTypeOf(text)];
      return {
        EventCategoriesMapList: types.map((SourceType) => ({
          SourceType,
          EventCategories: CATEGORIES[SourceType],
        })),
      };
    },
  },
);
