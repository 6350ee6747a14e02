/** What CloudWatch hears of the queues of a broker, by its own names. */
import { expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import { activeBroker } from '../../support/brokerClients.ts';
import { type Output, World } from '../../support/world.ts';

const START = Date.UTC(2026, 0, 5, 9);

/** The greatest value of a minute so far, for the queue `parcels` of the broker `shop`. */
function greatest(w: World, MetricName: string): number {
  const { Datapoints } = w.call(
    'GetMetricStatistics',
    {
      Namespace: 'AWS/AmazonMQ',
      MetricName,
      Dimensions: [
        { Name: 'Broker', Value: 'shop' },
        { Name: 'Queue', Value: 'parcels' },
      ],
      StartTime: START,
      EndTime: START + 3_600_000,
      Period: 60,
      Statistics: ['Maximum'],
    },
    'cloudwatch',
  );
  return Math.max(...Datapoints.map(({ Maximum }: Output) => Maximum as number));
}

it('counts what is in flight among the messages of an ActiveMQ queue', () => {
  const w = new World({}, CATALOG);
  activeBroker(w);
  const client = { broker: 'shop', protocol: 'openwire', destination: 'queue://parcels' };
  w.call('CreateClient', { name: 'slow', role: 'consumer', time: '10m', ...client }, 'app');
  w.call('CreateClient', { name: 'till', role: 'producer', rate: '10/s', count: 7, ...client }, 'app');
  w.after(seconds(180));
  expect([greatest(w, 'InFlightCount'), greatest(w, 'QueueSize')]).toEqual([7, 7]);
});
