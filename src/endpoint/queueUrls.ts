/**
 * The URL of a queue as a client of this endpoint must see it, and as the world knows it: account and name are the
 * same, the host is not.
 */
import type { AwsWorldSettings } from '../contract/world.ts';

const PATH = /^(?:[a-z]+:\/\/[^/]*)?\/?(?:queue\/[^/]+\/)?(\d{12})\/([^/?#]+)\/?$/iu;

/** What is no URL of a queue stays as it is: the service says what is wrong with it. */
function urlInWorld(url: string, { region }: Pick<AwsWorldSettings, 'region'>): string {
  const match = PATH.exec(url);
  return match === null ? url : `https://sqs.${region}.amazonaws.com/${match[1]}/${match[2]}`;
}

const urlForClient = (url: string, base: string): string => url.replace(/^https:\/\/sqs\.[^/]+/u, base);

/** Recorded: the name of an own queue is taken for its URL. */
const NAME = /^[A-Za-z0-9_-]{1,80}(?:\.fifo)?$/u;

export function inputInWorld(
  input: object,
  settings: Pick<AwsWorldSettings, 'region'>,
  account: string,
): object {
  const { QueueUrl: url } = input as { readonly QueueUrl?: unknown };
  if (typeof url !== 'string') return input;
  const whole = NAME.test(url) ? `/${account}/${url}` : url;
  return { ...input, QueueUrl: urlInWorld(whole, settings) };
}

/**
 * AWS X-Ray Developer Guide, Amazon SQS and AWS X-Ray: the trace header of the request becomes the message's, unless
 * the request names one itself.
 */
export function withTrace(operation: string, input: object, trace: string | undefined): object {
  if (operation !== 'SendMessage' || trace === undefined || 'MessageSystemAttributes' in input) return input;
  const AWSTraceHeader = { DataType: 'String', StringValue: trace };
  return { ...input, MessageSystemAttributes: { AWSTraceHeader } };
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
