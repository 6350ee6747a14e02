/** What a table tells DynamoDB Streams. SIMPLER THAN AWS: each write makes a new item, with a number for its key. */
import type { ItemImage, TableNews } from '../../contract/tableStreams.ts';
import type { Context } from '../../engine/service.ts';
import type { Database } from './database.ts';

type Telling = Pick<Context<unknown>, 'deliver' | 'peek'>;

function tell(context: Telling, news: TableNews): void {
  if (context.peek('dynamodbstreams') === undefined) return;
  context.deliver({ to: 'dynamodbstreams', from: 'app', payload: Object.freeze(news) });
}

/** Its stream is opened, closed, or replaced by one that shows something else. `before`: what it showed until now. */
export function noteStream(
  context: Telling,
  { name: table, settings: { stream: view } }: Database,
  before: Database['settings']['stream'],
): void {
  if (view === before) return;
  if (before !== '') tell(context, { type: 'TableStreamClosed', table });
  if (view !== '') tell(context, { type: 'TableStreamOpened', table, view });
}

export function noteTableGone(context: Telling, { name: table, settings }: Database): void {
  if (settings.stream !== '') tell(context, { type: 'TableStreamClosed', table });
}

export function noteWritten(context: Telling, database: Database, body: string | undefined): void {
  const { name: table, settings, writes } = database;
  if (settings.stream === '') return;
  const keys: ItemImage = Object.freeze({ id: Object.freeze({ S: String(writes) }) });
  const item = body === undefined ? keys : Object.freeze({ ...keys, body: Object.freeze({ S: body }) });
  tell(context, { type: 'ItemWritten', table, keys, item });
}
