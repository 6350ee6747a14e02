/** `app deliver-outside` and `app answer-delivery`: what `serve --deliver loopback` tells a world. */
import type { Operation } from '../../../contract/operation.ts';
import { invalidValue } from '../errors.ts';
import type { AppsState } from '../model.ts';
import { answeredOutside } from '../outside.ts';
import { NOTHING, structure } from './shapes.ts';

const TARGETS = ['loopback', 'nobody'] as const;

export const deliverOutside: Operation<AppsState, { readonly to: string }> = {
  name: 'DeliverOutside',
  service: 'app',
  input: structure('DeliverOutsideRequest', [
    { name: 'to', required: true, shape: () => ({ type: 'string', values: TARGETS }) },
  ]),
  output: NOTHING('DeliverOutside'),
  summary:
    'Says whether deliveries to addresses of this machine leave the world; serve --deliver loopback sends them.',
  members: { to: { purpose: 'loopback: to this machine; nobody: they stay in the world', values: TARGETS } },
  handle({ state }, { to }) {
    if (to === 'loopback') state.outside ??= { to, awaited: new Map() };
    else if (to === 'nobody') delete state.outside;
    else throw invalidValue('to', to, `one of ${TARGETS.join(', ')}`);
    return {};
  },
};

export interface AnswerDelivery {
  readonly from: string;
  readonly delivery: number;
  readonly status: number;
}

export const answerDelivery: Operation<AppsState, AnswerDelivery> = {
  name: 'AnswerDelivery',
  service: 'app',
  input: structure('AnswerDeliveryRequest', [
    { name: 'from', required: true, shape: () => ({ type: 'string' }) },
    { name: 'delivery', required: true, shape: () => ({ type: 'integer' }) },
    { name: 'status', required: true, shape: () => ({ type: 'integer' }) },
  ]),
  output: NOTHING('AnswerDelivery'),
  summary: 'Brings the answer of a real endpoint into the world; serve --deliver loopback gives it.',
  members: {
    from: { purpose: 'who delivers: sns, firehose' },
    delivery: { purpose: 'the number of the delivery', min: 1 },
    status: { purpose: 'an HTTP status; 0: no connection was made', min: 0, max: 599 },
  },
  handle(context, input) {
    const { status } = input;
    if (!Number.isInteger(status) || status < 0 || status > 599) {
      throw invalidValue('status', status, 'an HTTP status, or 0');
    }
    answeredOutside(context, input);
    return {};
  },
};
