/** Short names at a real endpoint: what its own answers called a queue or a topic. */
import type { Surroundings } from '../../command/console.ts';
import type { Outcome } from '../../engine/service.ts';

interface Told {
  readonly QueueUrl?: unknown;
  readonly QueueUrls?: unknown;
  readonly TopicArn?: unknown;
  readonly Topics?: unknown;
}

const lastOf = (text: string): string =>
  text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);

export class Names {
  readonly #urls = new Map<string, string>();
  readonly #topics = new Map<string, string>();

  learn(_request: object, outcome: Outcome): void {
    if (!outcome.ok) return;
    const { QueueUrl, QueueUrls, TopicArn, Topics } = outcome.output as Told;
    for (const url of [QueueUrl, ...(Array.isArray(QueueUrls) ? QueueUrls : [])]) {
      if (typeof url === 'string') this.#urls.set(lastOf(url), url);
    }
    for (const topic of [{ TopicArn }, ...(Array.isArray(Topics) ? Topics : [])]) {
      const { TopicArn: arn } = topic as Told;
      if (typeof arn === 'string') this.#topics.set(lastOf(arn), arn);
    }
  }

  /** `endpoint`: undefined for AWS's own, where the URL a queue has is known. */
  resolve(endpoint: string | undefined, account: string): Surroundings['resolve'] {
    return (kind, name) => {
      if (kind === 'topicArn') return this.#topics.get(name);
      if (kind !== 'queueUrl') return undefined;
      return this.#urls.get(name) ?? (endpoint === undefined ? undefined : `${endpoint}/${account}/${name}`);
    };
  }
}
