import { describe, expect, it } from 'vitest';
import { activeBroker, brokers, client, PASSWORD, queueFigures } from '../../support/brokerClients.ts';

const entry = (attributes: string): string => `<authorizationEntry ${attributes}/>`;
const xml = (...entries: readonly string[]): string =>
  `<broker xmlns="http://activemq.apache.org/schema/core"><plugins><authorizationPlugin><map><authorizationMap><authorizationEntries>${entries.join('')}</authorizationEntries></authorizationMap></map></authorizationPlugin></plugins></broker>`;

describe('the authorization map of ActiveMQ', () => {
  it('lets groups read, write and create what it says, in the words of ActiveMQ', () => {
    const w = brokers();
    const { Id } = w.call('CreateConfiguration', { Name: 'rights', EngineType: 'ACTIVEMQ' }, 'mq');
    const data = xml(
      entry('queue="orders.&gt;" read="workers" write="tills" admin="tills"'),
      entry('topic="ActiveMQ.Advisory.&gt;" read="*" write="*" admin="*"'),
    );
    w.call('UpdateConfiguration', { ConfigurationId: Id, Data: btoa(data) }, 'mq');
    activeBroker(w, {
      Configuration: { Id, Revision: 2 },
      Users: [
        { Username: 'till', Password: PASSWORD, Groups: ['tills'] },
        { Username: 'worker', Password: PASSWORD, Groups: ['workers'] },
      ],
    });
    const till = client(w, 'till').connect('openwire', { user: 'till', password: PASSWORD });
    const worker = client(w, 'worker').connect('openwire', { user: 'worker' });
    till.send('queue://orders.eu', '1');
    expect(worker.subscribe('queue://orders.eu').bodies()).toEqual(['1']);
    const said = (error: { readonly message: string }) => error.message;
    const queue = 'queue://orders.eu';
    expect(said(worker.refusal({ do: 'publish', destination: queue, body: '' }))).toBe(
      'User worker is not authorized to write to: queue://orders.eu',
    );
    expect(said(till.refusal({ do: 'get', destination: queue }))).toBe(
      'User till is not authorized to read from: queue://orders.eu',
    );
    expect(said(worker.refusal({ do: 'get', destination: 'queue://orders.us' }))).toBe(
      'User worker is not authorized to create: queue://orders.us',
    );
    expect(said(till.refusal({ do: 'publish', destination: 'queue://other', body: '' }))).toContain(
      'write to',
    );
    expect(queueFigures(w, 'other')).toBeUndefined();
    const account = w.settings.account;
    const wrong = { do: 'connect', broker: 'shop', account, protocol: 'openwire', user: 'till' } as const;
    expect(said(client(w, 'thief').refusal({ ...wrong, password: 'guessed-it-not' }))).toBe(
      'User name [till] or password is invalid.',
    );
  });
});
