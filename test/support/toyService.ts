/** A small service for tests of the kernel: a counter, echoing, waiting, chance, and calls of its own. */
import { Hasher } from '../../src/engine/digest.ts';
import {
  type Caller,
  type CallId,
  PARKED,
  type Request,
  type Service,
  type Timer,
} from '../../src/engine/service.ts';
import { after, instant, milliseconds } from '../../src/engine/units.ts';

interface ToyState {
  total: number;
  waiting: CallId[];
  seen: number[];
}

type ToyTimer = Timer & { readonly call?: CallId; readonly number?: number };

export const toyService: Service<ToyState> = {
  name: 'toy',
  create: () => ({ total: 0, waiting: [], seen: [] }),
  serve(context, { operation, input }) {
    const { by = 1 } = input as { by?: number };
    switch (operation) {
      case 'Add':
        context.state.total += by;
        context.emit({ type: 'toy/Added', by: context.caller.by });
        return { total: context.state.total };
      case 'Draw':
        context.state.seen.push(context.random('draw').below(1000));
        return { drawn: context.state.seen.at(-1) };
      case 'Remind':
        context.schedule(after(context.now, milliseconds(by)), {
          type: 'toy/RemindDue',
          number: by,
        } as ToyTimer);
        return {};
      case 'Wait':
        context.state.waiting.push(context.call!);
        context.schedule(after(context.now, milliseconds(by)), {
          type: 'toy/WaitDue',
          call: context.call,
        } as ToyTimer);
        return PARKED;
      case 'Ask':
        context.request(toyRequest('Add', { by }), { asked: by });
        return {};
      default:
        throw Object.assign(new Error('no'), {
          refusal: { code: 'No', message: `no ${operation}`, httpStatus: 400, fault: 'client' },
        });
    }
  },
  due(context, timer) {
    const { call, number } = timer as ToyTimer;
    if (number !== undefined) context.state.seen.push(context.now);
    if (call !== undefined && context.state.waiting.includes(call)) {
      context.state.waiting = context.state.waiting.filter((other) => other !== call);
      context.complete(call, { ok: true, output: { waited: true } });
    }
  },
  answered(context, token) {
    context.state.seen.push(-(token as { asked: number }).asked);
  },
  abandoned(context, call) {
    context.state.waiting = context.state.waiting.filter((other) => other !== call);
  },
  latency: (random) => milliseconds(random.integer(2, 9)),
  checkpoint: ({ total, waiting, seen }) => ({ total, waiting: [...waiting], seen: [...seen] }),
  restore: (image) => {
    const { total, waiting, seen } = image as ToyState;
    return { total, waiting: [...waiting], seen: [...seen] };
  },
  digest: (state) => new Hasher().value(state).hex,
};

export const TOY_CALLER: Caller = { by: 'you', account: '000000000000', profile: 'default', secure: true };

export const toyRequest = (operation: string, input: object = {}): Request => ({
  service: 'toy',
  operation,
  input,
  caller: TOY_CALLER,
});

export { instant };
