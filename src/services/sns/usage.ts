/** What AWS bills: publishes in chunks of 64 KB, deliveries by their kind, of FIFO topics data too. Amazon SNS pricing. */
import type { Usage } from '../../contract/usage.ts';
import type { SnsState } from './model.ts';

export const usage = ({ used }: SnsState): readonly Usage[] =>
  [...used].map(([item, quantity]) => ({ item, quantity }));
