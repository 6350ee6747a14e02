/**
 * Keeps a world on disk while it is played. Every change is in `NAME.journal` within a fraction of a second; now and
 * then, and on leaving, everything is written into `NAME.json` and the journal begins anew. A crash loses at most
 * what came after the last line.
 *
 * What is on disk is overwritten only when it is what this program itself last wrote or opened there.
 */
import { later } from '../platform/clock.ts';
import { appendText, join, remove, writeText } from '../platform/files.ts';
import type { Codec } from '../platform/gzip.ts';
import { type Lock, lock } from '../platform/lock.ts';
import { journalHeader, newLines, type Written, writtenSoFar } from './autosaveJournal.ts';
import { saveOf } from './openSave.ts';
import { SAVE_BYTES_MAX, writeSave } from './saveFile.ts';
import { claim } from './saveTarget.ts';
import type { DigestMark, Save } from './saveTypes.ts';
import type { WorldSession } from './session.ts';

const FLUSH_MS = 400;
/** A journal longer than this is written into the save. */
const JOURNAL_CHARACTERS_MAX = 4_000_000;

export interface AutosaveOptions {
  readonly session: WorldSession;
  readonly folder: string;
  readonly codec: Codec;
  readonly services: readonly string[];
  /** The save it was opened from, if it was. */
  readonly from?: Save;
  /** Something the player should know: a name that was taken, a file that was set aside. */
  readonly tell?: (note: string) => void;
  /** How long changes may wait, in milliseconds; 0 writes each at once. */
  readonly flushAfter?: number;
}

export class Autosave {
  readonly #options: AutosaveOptions;
  readonly #session: WorldSession;
  #lock: Lock | undefined;
  #revision: number;
  #digests: readonly DigestMark[];
  #written: Written;
  #begun = false;
  #journalLength = 0;
  #callOff: (() => void) | undefined;
  readonly #unsubscribe: () => void;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#session = options.session;
    this.#revision = options.from?.revision ?? 0;
    this.#digests = options.from?.digests ?? [];
    this.#written = writtenSoFar(options.session);
    this.#unsubscribe = options.session.subscribe(() => this.#changed());
  }

  /** Writes what is new to the journal; at the first change makes the save itself. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (!this.#begun) {
      if (this.#hasNews()) this.compact();
      return;
    }
    const lines = newLines(this.#session, this.#written);
    if (lines === '') return;
    // A command is worth the wait for the disk; that time has passed is not.
    appendText(this.#journal, lines, lines.includes('"entry"'));
    this.#journalLength += lines.length;
    if (this.#journalLength > JOURNAL_CHARACTERS_MAX) this.compact();
  }

  /** Writes the whole world into its save, and begins the journal anew. */
  compact(): void {
    this.#own();
    this.#revision++;
    const save = saveOf(this.#session, {
      revision: this.#revision,
      digests: this.#digests,
      withCheckpoint: true,
    });
    const text = writeSave(save, this.#options.codec);
    if (text.length > SAVE_BYTES_MAX) throw new Error(`the world is too large to save: ${text.length} bytes`);
    writeText(this.#file, text);
    // Until the next line stands the old journal is stale: it names an older revision.
    writeText(this.#journal, journalHeader(save.name, this.#revision));
    this.#digests = save.digests;
    this.#written = writtenSoFar(this.#session);
    this.#journalLength = 0;
    this.#begun = true;
  }

  /**
   * Keeps the world under another name from now on. The files of the old name stay as they last were, unless `move`
   * takes them along.
   */
  rename(name: string, move: boolean): void {
    const old = [this.#file, this.#journal];
    if (this.#begun) {
      if (!move) this.compact();
      remove(this.#journal);
    }
    this.#lock?.release();
    this.#lock = undefined;
    this.#session.name = name;
    this.#revision = 0;
    const wasBegun = this.#begun;
    this.compact();
    if (move && wasBegun) for (const path of old) remove(path);
  }

  /** Keeps everything and lets go of the files. A world in which nothing was done leaves none. */
  close(): void {
    this.#unsubscribe();
    this.#callOff?.();
    if (this.#begun || this.#hasNews()) {
      this.compact();
      remove(this.#journal);
    }
    this.#lock?.release();
    this.#lock = undefined;
  }

  get #file(): string {
    return join(this.#options.folder, `${this.#session.name}.json`);
  }

  get #journal(): string {
    return join(this.#options.folder, `${this.#session.name}.journal`);
  }

  #changed(): void {
    if (this.#callOff !== undefined) return;
    const wait = this.#options.flushAfter ?? FLUSH_MS;
    if (wait === 0) this.flush();
    else this.#callOff = later(wait, () => this.flush());
  }

  /** Somebody did something. A new world, or the gallery's, that was only watched is not written. */
  #hasNews(): boolean {
    if (this.#begun) return true;
    const { entries, here } = writtenSoFar(this.#session);
    if (String(entries) !== String(this.#written.entries)) return true;
    return this.#options.from !== undefined && here !== this.#written.here;
  }

  /** Makes sure that the file is ours to write; else the world gets another name. */
  #own(): void {
    if (this.#lock !== undefined) return;
    const { folder, services, codec, tell } = this.#options;
    const claimed = claim({
      folder,
      name: this.#session.name,
      revision: this.#revision,
      services,
      codec,
      lock,
    });
    this.#session.name = claimed.name;
    this.#lock = claimed.lock;
    if (claimed.note !== undefined) tell?.(claimed.note);
  }
}
