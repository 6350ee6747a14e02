/** The words in which the vocabulary is written down: a field with its type and meaning. */

export interface Field {
  readonly type: 'number' | 'milliseconds' | 'bytes' | 'text' | 'flag' | 'list' | 'object';
  readonly about: string;
  /** The values a text can have, where they are few. */
  readonly values?: readonly string[];
}

export type Fields = Readonly<Record<string, Field>>;

/** A kind of state, `queue/NAME`, or a type of event, `sqs/MessageSent`. */
export interface Entry {
  readonly name: string;
  readonly about: string;
  /** A name that ends in `.*` stands for every path below it. */
  readonly fields: Fields;
}

const field =
  (type: Field['type']) =>
  (about: string): Field => ({ type, about });
export const number = field('number');
export const span = field('milliseconds');
export const size = field('bytes');
export const text = field('text');
export const flag = field('flag');
export const list = field('list');
export const object = field('object');
export const oneOf = (about: string, ...values: readonly string[]): Field => ({
  type: 'text',
  about,
  values,
});

export const entry = (name: string, about: string, fields: Fields): Entry => ({ name, about, fields });

/** What every event has. */
export const always: Fields = {
  at: span('when, since the beginning of the world'),
  by: text('who: `you`, `lesson`, an app, or a service such as sns.amazonaws.com'),
};

/** Of every resource of AWS: what its own describing operation answers. */
export const attributes = {
  'attributes.*': object('as the service reports them; numbers are numbers, policies objects'),
};

/** The events of a service that have fields in common. */
export const events = (
  service: string,
  shared: Fields,
  table: Readonly<Record<string, readonly [string, Fields?]>>,
) =>
  Object.entries(table).map(([name, [about, fields]]) =>
    entry(`${service}/${name}`, about, { ...always, ...shared, ...fields }),
  );
