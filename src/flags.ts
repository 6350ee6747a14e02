/**
 * The outer command line: commands, flags, help and exit codes. Each command's work is loaded only when it is asked
 * for, so that `run` starts without the screen and `--help` without the engine.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type Exit, GOOD, Usage, WRONG_USAGE } from './cli/exit.ts';
import { didYouMean } from './command/didYouMean.ts';
import type { HostDials } from './contract/hostDials.ts';
import { VERSION } from './session/version.ts';

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly plain?: boolean;
  readonly ascii?: boolean;
  readonly theme?: string;
  readonly fps?: number;
  readonly limits?: 'current' | 'study-guide' | 'scaled';
  readonly delivery?: 'calm' | 'typical' | 'rough';
  /** Of `world new` at the prompt. */
  readonly dials?: HostDials;
  readonly seed?: number;
  /** A course from elsewhere: its folder. */
  readonly lessons?: string;
  /** Of lessons, where they are translated. */
  readonly language?: string;
  /** Of `sandbox`, `run` and `frame`: a file of prices. */
  readonly prices?: string;
  /** Of `lesson` and `lessons check`: again at each change of a file. */
  readonly watch?: boolean;
  /** Of `sandbox`: by replay of its commands, not from its checkpoint. */
  readonly replay?: boolean;
}

const THEMES = ['auto', 'dark', 'light', 'high-contrast', 'blue-orange', 'ansi'];

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

function withGlobalFlags(command: Command): Command {
  return command
    .addOption(new Option('--plain', 'lines only, nothing painted over: for screen readers'))
    .addOption(new Option('--ascii', 'no characters beyond ASCII'))
    .addOption(new Option('--theme <name>', 'colours').choices(THEMES))
    .addOption(new Option('--fps <n>', 'frames a second, 0 for no motion').argParser(wholeNumber(0, 60)))
    .addOption(new Option('--limits <profile>', 'limits').choices(['current', 'study-guide', 'scaled']))
    .addOption(
      new Option('--delivery <setting>', 'how far standard queues stray').choices([
        'calm',
        'typical',
        'rough',
      ]),
    )
    .addOption(new Option('--lessons <folder>', 'a course from elsewhere'))
    .addOption(new Option('--lang, --language <locale>', 'of lessons, where they are translated: de'))
    .addOption(
      new Option('--seed <n>', 'what chance draws from').argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
    );
}

const pricesOption = (): Option => new Option('--prices <file>', 'a price list of your own, as JSON');

type Work = (flags: GlobalFlags & Record<string, never>, ...words: string[]) => Promise<Exit>;

/** Commander's callback gets the words, then the flags, then the command. */
function does(command: Command, end: (exit: Exit) => void, load: () => Promise<Work>): Command {
  return command.action(async (...given: unknown[]) => {
    const self = given.at(-1) as Command;
    const words = given
      .slice(0, -2)
      .flat()
      .filter((word) => typeof word === 'string');
    const work = await load();
    end(await work(self.optsWithGlobals(), ...words));
  });
}

function unknownCommand(word: string, program: Command): Usage {
  const meant = didYouMean(
    word,
    program.commands.map((command) => command.name()),
  );
  const hint = meant === undefined ? '' : `; ${meant}, perhaps?`;
  return new Usage(`there is no command ${word}${hint} (--help shows what there is)`);
}

/** The whole command line. `end` is told the exit code. */
export function commandLine(end: (exit: Exit) => void): Command {
  const program = withGlobalFlags(new Command('msg-playground'))
    .description('A flight simulator for cloud messaging, in a terminal.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .helpCommand(false)
    .showHelpAfterError('(--help shows what there is)')
    .enablePositionalOptions(false);
  const add = (usage: string, summary: string, load: () => Promise<Work>, parent = program): Command =>
    does(
      withGlobalFlags(parent.command(usage).description(summary).helpOption('--help', 'print this')),
      end,
      load,
    );

  program.allowExcessArguments();
  does(program, end, async () => {
    const [word] = program.args;
    if (word !== undefined) throw unknownCommand(word, program);
    return (await import('./cli/play.ts')).home;
  });
  add('lesson [id]', 'play a lesson', async () => (await import('./cli/play.ts')).lesson).option(
    '--watch',
    'for authors: show the lesson anew when its file changes',
  );
  add(
    'lab [id]',
    'find what is broken in a system, and mend it',
    async () => (await import('./cli/lab.ts')).lab,
  );
  add(
    'sandbox [save]',
    'free play; a save’s name, or a file',
    async () => (await import('./cli/play.ts')).sandbox,
  )
    .addOption(new Option('--replay', 'play the save’s commands again, instead of opening its checkpoint'))
    .addOption(pricesOption());
  addRun(add);
  addLessons(program, add);
  addProgress(program, add);
  addSaves(program, add);
  addFrame(add);
  addServe(add);
  add('replay <save>', 'run a save to its end', async () => (await import('./cli/replay.ts')).replay)
    .option('--verify', 'compare digests; exit 1 where they differ')
    .option('--json', 'as JSON');
  add(
    'export <save>',
    'what builds the resources of a save elsewhere',
    async () => (await import('./cli/export.ts')).exportSave,
  ).addOption(
    new Option('--as <format>', 'as what')
      .choices(['cli', 'cloudformation', 'terraform', 'mermaid', 'transcript'])
      .default('cli'),
  );
  add('facts', 'the facts of the study guide', async () => (await import('./cli/facts.ts')).facts)
    .option('--service <name>', 'of one service only: sqs, sns, kinesis, firehose, mq, around')
    .option('--missed', 'those whose last question was missed')
    .option('--json', 'as JSON');
  addExam(add);
  addDraw(add);
  addArena(add);
  add('coverage', 'which operations are modelled', async () => (await import('./cli/coverage.ts')).coverage)
    .option('--unsure', 'what nobody has confirmed')
    .option('--json', 'as JSON');
  add(
    'doctor',
    'look for trouble with terminal, Node and files',
    async () => (await import('./cli/doctor.ts')).doctor,
  ).option('--json', 'as JSON');
  add('completion <shell>', 'a script for bash, zsh or fish', async () => {
    const { completion } = await import('./cli/completion.ts');
    return (_flags, shell = '') => completion(program, shell);
  });
  return program;
}

type Add = (usage: string, summary: string, load: () => Promise<Work>, parent?: Command) => Command;

function addExam(add: Add): void {
  add('exam', 'the practice exam', async () => (await import('./cli/exam.ts')).exam)
    .option('--practice', 'begin a paper with the reasons at once')
    .option('--timed', 'begin a paper of 65 questions in 130 minutes, the reasons after')
    .option('--missed', 'only facts that were missed and are not known yet')
    .option('--service <name>', 'of one service only: sqs, sns, kinesis, firehose, mq, around')
    .addOption(new Option('--count <n>', 'how many questions').argParser(wholeNumber(1, 200)))
    .option('--paper', 'print a paper, drawn by --seed')
    .option('--key', 'with the right answers and all reasons')
    .option('--grade <file>', 'grade answers to such a paper: lines like "3 b d"; - is the input')
    .option('--json', 'as JSON; alone: what there is, and the results');
}

function addArena(add: Add): void {
  add(
    'arena [id]',
    'a requirement, your design, and a load that tells',
    async () => (await import('./cli/arena.ts')).arena,
  )
    .option('--run <file>', 'judge the design in this script of prompt lines; - is the input')
    .option('--reference', 'the reference design, and what it scores')
    .option('--json', 'as JSON');
}

function addDraw(add: Add): void {
  add(
    'draw [way]',
    'the drawing test: a picture, line by line',
    async () => (await import('./cli/draw.ts')).draw,
  )
    .option('--file <path>', 'a picture of your own: a text file of at most 30 lines of 60 characters')
    .option('--picture <name>', 'one of ours: lighthouse, cat, train')
    .option('--json', 'as JSON; without a way: what there is');
}

function addRun(add: Add): void {
  add('run <file>', 'run a script of prompt lines; - reads them from the input', async () => {
    return (await import('./cli/run.ts')).run;
  })
    .option('--seeds <range>', 'try each seed of 1..1000; stop at the first that fails')
    .option('--until <condition>', 'then let time pass until this is met')
    .option('--json', 'lines, answers and figures as JSON')
    .option('--report', 'figures of all resources at the end')
    .option('--strict', 'only lines that the AWS CLI and bash take as they stand')
    .addOption(pricesOption())
    .option('--endpoint-url <url>', 'send the lines to a real server; aws: to AWS itself')
    .option('--profile <name>', 'with --endpoint-url: who calls, from your AWS settings')
    .option('--region <name>', 'with --endpoint-url: the region')
    .option('--yes', 'with --endpoint-url: do not ask before the first change');
}

function group(program: Command, name: string, summary: string): Command {
  return program.command(name).description(summary).helpOption('--help', 'print this').helpCommand(false);
}

function addLessons(program: Command, add: Add): void {
  const lessons = group(program, 'lessons', 'the course, for learners and authors');
  const load = async (): Promise<typeof import('./cli/lessons.ts')> => import('./cli/lessons.ts');
  const course = (command: Command): Command => command.option('--json', 'as JSON');
  course(add('list', 'all lessons, and what is done of them', async () => (await load()).list, lessons));
  course(
    add(
      'check [ids...]',
      'play every lesson, and prove that it teaches',
      async () => (await import('./cli/checking.ts')).check,
      lessons,
    ),
  )
    .addOption(
      new Option('--jobs <n>', 'in how many processes; as many as there are cores if left out').argParser(
        wholeNumber(1, 256),
      ),
    )
    .option('--watch', 'check again what changes, until Ctrl+C')
    .addOption(new Option('--worker').hideHelp());
  course(
    add(
      'vocabulary',
      'states and events that lessons may name',
      async () => (await load()).vocabulary,
      lessons,
    ),
  );
  addAuthors(lessons, add, course);
  course(
    add(
      'translate <locale> [ids...]',
      'drafts of translations, to be filled in',
      async () => (await import('./cli/translate.ts')).translate,
      lessons,
    ),
  );
}

function addAuthors(lessons: Command, add: Add, course: (command: Command) => Command): void {
  const load = async (): Promise<typeof import('./cli/record.ts')> => import('./cli/record.ts');
  course(
    add(
      'record [save]',
      'make a draft of a lesson from what was played',
      async () => (await load()).record,
      lessons,
    ),
  )
    .option('--script <file>', 'from a script with "# step: title" marks; - is the input')
    .option('--from <file>', 'from a transcript with such marks')
    .option('--out <file>', 'where the draft goes; the output if left out')
    .option('--title <words>', 'the title of the lesson')
    .option('--fact <id>', 'the fact that the last step shows');
  course(add('new <name>', 'a lesson to fill in: TRACK/NAME', async () => (await load()).create, lessons));
}

function addProgress(program: Command, add: Add): void {
  const progress = group(program, 'progress', 'what you have done');
  const load = async (): Promise<typeof import('./cli/progress.ts')> => import('./cli/progress.ts');
  add('show', 'lessons and facts', async () => (await load()).show, progress)
    .option('--from <files...>', 'of many learners, from files they exported')
    .option('--json', 'as JSON');
  add('export [file]', 'to a file, or to the output', async () => (await load()).exportTo, progress);
  add('import <file>', 'add what another file says', async () => (await load()).importFrom, progress);
  add('reset [lesson]', 'forget a lesson, or everything', async () => (await load()).reset, progress).option(
    '--yes',
    'everything, without asking',
  );
}

function addSaves(program: Command, add: Add): void {
  const saves = group(program, 'saves', 'your worlds, and the gallery');
  const load = async (): Promise<typeof import('./cli/saves.ts')> => import('./cli/saves.ts');
  add('list', 'all saves', async () => (await load()).list, saves).option('--json', 'as JSON');
  add('show <save>', 'what is in one', async () => (await load()).show, saves).option('--json', 'as JSON');
  add('rename <save> <name>', 'another name', async () => (await load()).renameTo, saves);
  add('delete <save>', 'for good', async () => (await load()).deleteOne, saves);
}

function addFrame(add: Add): void {
  add('frame', 'print one picture of the screen', async () => (await import('./cli/frame.ts')).frame)
    .option('--lesson <id>', 'of a lesson')
    .option('--save <save>', 'of a save')
    .option('--run <file>', 'of the world a script makes')
    .option('--size <columns x rows>', '120x36', '120x36')
    .option('--pane <name>', 'which pane is in front')
    .addOption(pricesOption());
}

function addServe(add: Add): void {
  add('serve', 'an endpoint on this machine for the AWS CLI and SDKs', async () => {
    return (await import('./cli/serve.ts')).serve;
  })
    .addOption(
      new Option('--port <n>', 'the port; 0 takes any free one')
        .argParser(wholeNumber(0, 65_535))
        .default(4_566),
    )
    .option('--headless', 'without the screen')
    .option('--run <file>', 'a script of prompt lines to run first')
    .option('--save <file>', 'keep the world in this file, and go on from it')
    .option('--account <id>', 'the account of keys that name none')
    .addOption(new Option('--speed <n>', 'how fast time goes').argParser(wholeNumber(1, 100_000)))
    .option('--paused', 'time stands until /_playground/clock moves it')
    .option('--instant', 'creation, deletion, resharding and deliveries of SNS take no time')
    .option('--listen <address>', 'let other machines call, too, without a key: 0.0.0.0 is all of them')
    .addOption(
      new Option(
        '--deliver <where>',
        'really call HTTP subscriptions, Firehose HTTP endpoints and partner destinations whose address is this machine (127.0.0.0/8, ::1, localhost), and no others',
      ).choices(['loopback']),
    )
    .option('--cors <origin>', 'let the pages of this origin call; * lets all')
    .addOption(pricesOption());
}

/** Reads the words and does what they ask. The exit code comes back; nothing is thrown for what a person typed. */
export async function runCommandLine(words: readonly string[]): Promise<Exit> {
  let exit: Exit = GOOD;
  const program = commandLine((code) => {
    exit = code;
  });
  const all = (command: Command): void => {
    command.exitOverride();
    command.commands.forEach(all);
  };
  all(program);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? GOOD : WRONG_USAGE;
    throw error;
  }
}
