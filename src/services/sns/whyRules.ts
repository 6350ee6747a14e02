/** What the explanations of SNS share: their rules, and how a table of subscriptions is made. */
import type { Why, WhyRow, WhyTable } from '../../contract/why.ts';
import type { Subscription } from './model.ts';

export const FAN_OUT: Why['rule'] = {
  name: 'sns/fan-out',
  says: 'A message goes to every confirmed subscription whose filter policy lets it through, and is kept for nobody.',
  page: 'Amazon SNS Developer Guide: Amazon SNS subscription filter policies',
};
export const RETRIES: Why['rule'] = {
  name: 'sns/retries',
  says: 'The server’s faults are tried again after the delivery policy; the client’s go to the dead-letter queue at once, or are lost.',
  page: 'Amazon SNS Developer Guide: Amazon SNS message delivery retries',
};
export const tableOf = (rows: readonly WhyRow[], more: number): WhyTable => ({
  heads: ['subscription', 'gets it', 'because', 'changes'],
  rows,
  more,
});

export const shortName = ({ protocol, endpoint }: Subscription): string =>
  protocol === 'sqs' || protocol === 'lambda' ? endpoint.slice(endpoint.lastIndexOf(':') + 1) : endpoint;
