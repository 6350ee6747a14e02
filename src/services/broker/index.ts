/** The `broker` commands: a person as a client of a broker. Wiring only. */
import { isBrokerNews } from '../../contract/broker.ts';
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { type BrokerClientsState, createState } from './model.ts';
import { type GiveUpDue, gaveUp, giveUpDue, newsCame } from './speaking.ts';
import * as topology from './topology.ts';
import * as verbs from './verbs.ts';

export const brokerClients = defineService<BrokerClientsState>({
  name: 'broker',
  title: 'Broker',
  kind: 'playground',
  summary: 'You as a client of a broker: declare, bind, publish, get, acknowledge.',
  operations: [topology, verbs].flatMap((group) => Object.values(group)),
  create: createState,
  due: (context, timer) => giveUpDue(context, timer as GiveUpDue),
  delivered(context, { payload }) {
    if (isBrokerNews(payload)) newsCame(context, payload);
  },
  abandoned: ({ state }, call) => gaveUp(state, call),
  latency: (random) => milliseconds(random.integer(1, 4)),
  view: () => [],
  wonders: ({ operation }) => operation === 'Publish',
});
