/** What AWS bills: calls, and their time by memory; both also of calls that failed. AWS Lambda pricing. */
import type { Usage } from '../../contract/usage.ts';
import type { LambdaState } from './model.ts';

export const usage = ({ requests, duration }: LambdaState): readonly Usage[] =>
  requests === 0
    ? []
    : [
        { item: 'lambda/requests', quantity: requests },
        { item: 'lambda/duration', quantity: duration },
      ];
