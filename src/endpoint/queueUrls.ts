/**
 * The URL of a queue as a client of this endpoint must see it, and as the world knows it: account and name are the
 * same, the host is not.
 */
import type { AwsWorldSettings } from '../contract/world.ts';

const PATH = /^(?:[a-z]+:\/\/[^/]*)?\/?(?:queue\/[^/]+\/)?(\d{12})\/([^/?#]+)\/?$/iu;

/** What is no URL of a queue stays as it is: the service says what is wrong with it. */
export function urlInWorld(url: string, { region }: Pick<AwsWorldSettings, 'region'>): string {
  const match = PATH.exec(url);
  return match === null ? url : `https://sqs.${region}.amazonaws.com/${match[1]}/${match[2]}`;
}

const urlForClient = (url: string, base: string): string => url.replace(/^https:\/\/sqs\.[^/]+/u, base);

export function inputInWorld(input: object, settings: Pick<AwsWorldSettings, 'region'>): object {
  const { QueueUrl: url } = input as { readonly QueueUrl?: unknown };
  return typeof url === 'string' ? { ...input, QueueUrl: urlInWorld(url, settings) } : input;
}

const ONE = 'QueueUrl';
const MANY: readonly string[] = ['QueueUrls', 'queueUrls'];

/** `base`: how the client reached us, `http://localhost:4566`. */
export function outputForClient(output: object, base: string): object {
  const values = output as Readonly<Record<string, unknown>>;
  const url = values[ONE];
  if (typeof url === 'string') return { ...values, [ONE]: urlForClient(url, base) };
  for (const name of MANY) {
    const urls = values[name];
    if (Array.isArray(urls))
      return { ...values, [name]: urls.map((item) => urlForClient(String(item), base)) };
  }
  return output;
}
