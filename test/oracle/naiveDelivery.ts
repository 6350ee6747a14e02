/** A delivery stream in the plainest way: one list of records, looked at in every millisecond that matters. */
interface NaiveRecord {
  readonly at: number;
  readonly text: string;
}

export class NaiveDelivery {
  /** What was written, in order. */
  readonly objects: string[] = [];
  readonly #size: number;
  readonly #intervalMs: number;
  #held: NaiveRecord[] = [];

  constructor(size: number, intervalMs: number) {
    this.#size = size;
    this.#intervalMs = intervalMs;
  }

  get heldBytes(): number {
    return this.#held.reduce((sum, { text }) => sum + text.length, 0);
  }

  /** Time has come so far: what is old enough goes. */
  passed(now: number): void {
    const [first] = this.#held;
    if (first !== undefined && now - first.at >= this.#intervalMs) this.#flush();
  }

  put(text: string, now: number): void {
    this.passed(now);
    this.#held.push({ at: now, text });
    if (this.heldBytes >= this.#size) this.#flush();
  }

  #flush(): void {
    this.objects.push(this.#held.map(({ text }) => text).join(''));
    this.#held = [];
  }
}
