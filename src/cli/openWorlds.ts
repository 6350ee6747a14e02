/** The worlds that are open: sandboxes are kept on disk while they are played. */
import { CATALOG } from '../catalog.ts';
import type { ControlAnswer } from '../command/console.ts';
import type { GlobalFlags } from '../flags.ts';
import { presentMinute } from '../platform/clock.ts';
import { exists, join, nameTrouble } from '../platform/files.ts';
import { someSeed } from '../platform/seed.ts';
import type { PriceList } from '../pricing/priceList.ts';
import { instantText } from '../projection/figures.ts';
import { Autosave } from '../session/autosave.ts';
import { openSave, withoutCheckpoint } from '../session/openSave.ts';
import { findSave, freeName, type SavesFolder } from '../session/savesFolder.ts';
import { createSession, WorldSession } from '../session/session.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import type { Done, Session } from '../session/sessionTypes.ts';
import { attemptRead, ReadProblem } from '../session/strictJson.ts';
import { worldVerb } from '../session/worldVerbs.ts';
import type { Opened } from '../tui/host.ts';
import { pricesFrom } from './prices.ts';
import { recordVerb } from './record.ts';
import { filesBelow, settingsFrom } from './world.ts';

/** Names that the program gives; a name of the player's own takes the files along. */
const GIVEN = /^sandbox(-\d+)?$/;

export interface Around {
  readonly saves: SavesFolder;
  readonly flags: GlobalFlags;
  /** What the player should know. */
  readonly tell: (note: string) => void;
  /** Verbs that go from world to world: `world load`, `world new`, `lesson`. */
  readonly travel: (
    session: Session,
    group: string,
    verb: string,
    input: object,
  ) => ControlAnswer | undefined;
}

interface Kept {
  readonly session: WorldSession;
  readonly autosave: Autosave;
}

export class OpenWorlds {
  readonly #around: Around;
  readonly #kept = new Map<Session, Kept>();

  readonly #prices: PriceList;

  constructor(around: Around) {
    this.#around = around;
    this.#prices = pricesFrom(around.flags.prices);
  }

  /** What every session of the program is made with. */
  get sessionOptions(): Pick<SessionOptions, 'catalog' | 'readFile' | 'control' | 'prices'> {
    return {
      catalog: CATALOG,
      prices: this.#prices,
      readFile: filesBelow(process.cwd()),
      control: (session, group, verb, input) => this.#control(session, group, verb, input),
    };
  }

  /** A new world, or a saved one by name or path. */
  open(wanted: string | undefined): Opened<WorldSession> {
    const { saves, tell } = this.#around;
    if (wanted === undefined) return { ok: true, value: this.create({}) };
    this.#closeNamed(wanted);
    const found = findSave(saves, wanted);
    if (!found.ok) return found;
    const name = found.own ? found.save.name : freeName(saves, found.save.name);
    const save = {
      ...(this.#around.flags.replay === true ? withoutCheckpoint(found.save) : found.save),
      name,
    };
    const opened = attemptRead(() => openSave(save, this.sessionOptions));
    if (opened instanceof ReadProblem) return { ok: false, why: `${found.path}: ${opened.message}.` };
    for (const note of [...found.notes, ...opened.notes]) tell(note);
    this.#keep(opened.session, found.own ? found.save : undefined);
    return { ok: true, value: opened.session };
  }

  create(flags: GlobalFlags): WorldSession {
    const { saves, flags: given } = this.#around;
    const settings = settingsFrom(
      { ...given, ...flags },
      {
        seed: someSeed(),
        delivery: 'typical',
        epoch: presentMinute(),
        prices: { name: this.#prices.title, date: this.#prices.date },
      },
    );
    const session = createSession({
      ...this.sessionOptions,
      settings,
      name: freeName(
        saves,
        'sandbox',
        [...this.#kept.values()].map((kept) => kept.session.name),
      ),
    });
    this.#keep(session, undefined);
    return session;
  }

  /** Keeps the world under a name of the player's. */
  save(session: Session, name: string): Done {
    const trouble = nameTrouble(name);
    if (trouble !== undefined) return { ok: false, why: trouble };
    const kept =
      this.#kept.get(session) ??
      (session instanceof WorldSession && session.world.keepAll()
        ? this.#keep(session, undefined)
        : undefined);
    if (kept === undefined) return { ok: false, why: UNSAVABLE };
    if (name === session.name) {
      kept.autosave.compact();
      return { ok: true };
    }
    if (exists(join(this.#around.saves.folder, `${name}.json`))) {
      return { ok: false, why: `A save named ${name} exists. Choose another name, or delete it first.` };
    }
    kept.autosave.rename(name, GIVEN.test(session.name));
    return { ok: true };
  }

  leave(session: Session): void {
    const kept = this.#kept.get(session);
    if (kept === undefined) return;
    this.#kept.delete(session);
    kept.session.interrupt();
    kept.autosave.close();
  }

  /** The last words of a program that ends badly. */
  flush(): void {
    for (const { autosave } of this.#kept.values()) autosave.flush();
  }

  leaveAll(): void {
    for (const session of [...this.#kept.keys()]) this.leave(session);
  }

  #keep(session: WorldSession, from: ConstructorParameters<typeof Autosave>[0]['from']): Kept {
    const { saves, tell } = this.#around;
    const autosave = new Autosave({ session, ...saves, tell, ...(from === undefined ? {} : { from }) });
    const kept = { session, autosave };
    this.#kept.set(session, kept);
    return kept;
  }

  /** A world that is opened again is first left where it is. */
  #closeNamed(name: string): void {
    for (const session of [...this.#kept.keys()]) if (session.name === name) this.leave(session);
  }

  #control(session: Session, group: string, verb: string, input: object): ControlAnswer | undefined {
    if (group === 'world' && verb === 'save') {
      const { name = session.name } = input as { readonly name?: string };
      const done = this.save(session, name);
      return done.ok
        ? { ok: true, text: `saved as ${name}${beginsAt(session)}` }
        : { ok: false, error: { kind: 'usage', text: done.why } };
    }
    return (
      recordVerb(session, group, verb, input) ??
      worldVerb(session, group, verb) ??
      this.#around.travel(session, group, verb, input)
    );
  }
}

/** Of a served world that keeps its last minutes only. */
const UNSAVABLE =
  'This world has forgotten its beginning, so it can only be kept from its present on: go to the present first. With forks it cannot be kept; serve --save FILE keeps a world from its beginning.';

function beginsAt(session: Session): string {
  const beginning = session instanceof WorldSession ? session.world.beginning : undefined;
  return beginning === undefined
    ? ''
    : `; it begins at ${instantText(beginning.now)}: what was before is forgotten`;
}
