/** The practice exam in lines: a question, its answer in letters, the reasons. Nothing is painted over. */
import { createInterface } from 'node:readline';
import { placeCommand } from '../lessons/examBank.ts';
import type { ExamDesk, PaperOptions } from '../lessons/examDesk.ts';
import type { ExamRun, Told } from '../lessons/examRun.ts';
import { deskText, questionText, reasonsText, resultText, timeWords } from '../lessons/examText.ts';
import type { Fact } from '../lessons/lesson.ts';
import { type Exit, GOOD, print } from './exit.ts';

const HELP = `Letters answer a question: b, or a d where two are asked for.
  :next :back    the next question, the one before     :open   the next one without an answer
  :mark          mark it to come back to               :show   where its answer is seen
  :hand-in       end the paper, and see the result     :desk   put it aside; other papers
  :quit          put it aside, and leave               :help   this`;

const DESK_HELP = `  :practice [N] [SERVICE]   reasons at once       :timed     65 questions, 130 minutes
  :missed                   what was missed       :go-on     the paper that was put aside
  :quit                     leave`;

export async function examInLines(
  desk: ExamDesk,
  facts: readonly Fact[],
  paper: PaperOptions | undefined,
): Promise<Exit> {
  const player = new LinePlayer(desk, facts);
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '? ' });
  print('msg-playground, the practice exam in lines. :help shows what there is.');
  player.begin(paper);
  input.prompt();
  for await (const line of input) {
    if (!player.take(line.trim())) break;
    input.prompt();
  }
  input.close();
  desk.leave();
  return GOOD;
}

class LinePlayer {
  readonly #desk: ExamDesk;
  readonly #facts: readonly Fact[];
  /** No paper is before the player. */
  #isAtDesk = true;

  constructor(desk: ExamDesk, facts: readonly Fact[]) {
    this.#desk = desk;
    this.#facts = facts;
  }

  begin(paper: PaperOptions | undefined): void {
    if (paper === undefined) this.#showDesk();
    else this.#lay(this.#desk.begin(paper));
  }

  /** False when the player leaves. */
  take(line: string): boolean {
    const [word = '', ...rest] = line.split(/\s+/u);
    if (word === ':quit' || line === 'exit') return false;
    const run = this.#isAtDesk ? undefined : this.#desk.run;
    if (run?.tick() === true) {
      print('The 130 minutes are over.');
      this.#showResult(run);
    } else if (word === ':help') print(run === undefined ? DESK_HELP : HELP);
    else if (run === undefined) this.#atDesk(word, rest);
    else if (word.startsWith(':')) this.#atPaper(run, word);
    else if (line !== '') this.#answer(run, line);
    return true;
  }

  #showDesk(): void {
    print(`${deskText(this.#desk.view())}\n${DESK_HELP}`);
  }

  #atDesk(word: string, rest: readonly string[]): void {
    const count = rest.map(Number).find((value) => Number.isInteger(value) && value > 0 && value <= 200);
    const service = rest.find((each) => /^[a-z]+$/iu.test(each));
    const acts: Readonly<Record<string, () => Told>> = {
      ':practice': () => this.#desk.begin({ mode: 'practice', count, service }),
      ':timed': () => this.#desk.begin({ mode: 'timed' }),
      ':missed': () => this.#desk.begin({ mode: 'practice', missed: true }),
      ':go-on': () => this.#desk.resume(),
    };
    const act = acts[word];
    if (act === undefined) print(DESK_HELP);
    else this.#lay(act());
  }

  #lay(told: Told): void {
    if (!told.ok) {
      print(told.why);
      return;
    }
    this.#isAtDesk = false;
    this.#ask();
  }

  #ask(): void {
    const { run } = this.#desk;
    if (run === undefined) return;
    const view = run.view();
    if (view.leftMs !== undefined && !run.finished) print(`# ${timeWords(view.leftMs)} left`);
    print(questionText(view));
    if (view.question.right !== undefined) print(reasonsText(view, this.#desk.showOf(view.name)));
  }

  #atPaper(run: ExamRun, word: string): void {
    const moves: Readonly<Record<string, () => Told>> = {
      ':next': () => run.move(1),
      ':back': () => run.move(-1),
      ':open': () => run.nextOpen(),
    };
    const move = moves[word];
    if (move !== undefined) this.#lay(move());
    else if (word === ':mark') {
      const told = run.mark();
      print(told.ok ? (run.view().marked ? 'Marked.' : 'The mark is gone.') : told.why);
    } else if (word === ':hand-in' && run.mode === 'practice' && run.view().answered === 0) {
      print('Nothing is answered yet. :desk puts the paper aside.');
    } else if (word === ':hand-in') this.#showResult(run);
    else if (word === ':show') this.#show(run);
    else if (word === ':desk') {
      this.#desk.leave();
      this.#isAtDesk = true;
      this.#showDesk();
    } else print(HELP);
  }

  #show(run: ExamRun): void {
    const view = run.view();
    const place = this.#desk.showOf(view.name);
    if (view.question.right === undefined) print('First answer it; in a timed paper, hand it in.');
    else if (place === undefined) print('No lesson shows it yet.');
    else print(placeCommand(place));
  }

  #answer(run: ExamRun, line: string): void {
    const { question } = run.view();
    const letters = line.toUpperCase().replace(/[\s,]+/gu, '');
    const rows = [...letters].map((letter) => letter.charCodeAt(0) - 65);
    const places = rows.map((row) => question.choices[row]?.index);
    const known = places.filter((place) => place !== undefined);
    if (known.length < places.length) {
      print(`Answer with letters from A to ${String.fromCharCode(64 + question.choices.length)}.`);
      return;
    }
    if (new Set(known).size !== question.choose) {
      print(question.choose === 1 ? 'One letter is asked for.' : `${question.choose} letters are asked for.`);
      return;
    }
    const told = run.answer(known);
    if (!told.ok) print(told.why);
    else if (run.mode === 'practice') this.#afterAnswer(run);
    else if (!run.move(1).ok)
      print('That was the last question. :open finds one without an answer, :hand-in ends.');
    else this.#ask();
  }

  #afterAnswer(run: ExamRun): void {
    const view = run.view();
    print(reasonsText(view, this.#desk.showOf(view.name)));
    if (view.answered === view.of) this.#showResult(run);
    else print(':next goes on.');
  }

  #showResult(run: ExamRun): void {
    print(resultText(run.handIn(), this.#facts));
    print(':next and :back walk through the paper with its reasons, :desk has others, :quit leaves.');
  }
}
