/** What Publish and PublishBatch answer: ids are made when somebody reads them. */
import { OnDemand } from '../../../engine/onDemand.ts';
import { idOf } from '../model.ts';
import type { Published } from './publishing.ts';

export class PublishAnswer extends OnDemand {
  readonly #seed: number;
  readonly #published: Published;

  constructor(seed: number, published: Published) {
    super();
    this.#seed = seed;
    this.#published = published;
  }

  get MessageId(): string {
    return idOf({ seed: this.#seed, sequence: this.#published.sequence });
  }

  get SequenceNumber(): string | undefined {
    return this.#published.sequenceNumber;
  }

  override toJSON(): object {
    return answerOf(this.#seed, this.#published);
  }
}

export class BatchAnswer extends OnDemand {
  readonly #seed: number;
  readonly #ids: readonly string[];
  readonly #published: readonly Published[];

  constructor(seed: number, ids: readonly string[], published: readonly Published[]) {
    super();
    this.#seed = seed;
    this.#ids = ids;
    this.#published = published;
  }

  get Successful(): readonly object[] {
    return this.#ids.map((Id, index) => ({ Id, ...answerOf(this.#seed, this.#published[index]!) }));
  }

  get Failed(): readonly object[] {
    return [];
  }

  override toJSON(): object {
    return { Successful: this.Successful, Failed: this.Failed };
  }
}

function answerOf(seed: number, { sequence, sequenceNumber }: Published): object {
  return {
    MessageId: idOf({ seed, sequence }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}
