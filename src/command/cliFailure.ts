/** The AWS CLI's own layer gives up: what it writes on stderr, and the exit code it leaves with. */
export const USAGE_EXIT = 252;
export const CONFIGURATION_EXIT = 253;
export const REFUSED_EXIT = 254;
export const GENERAL_EXIT = 255;

/** A piece of the typed line, as UTF-16 positions; `to` is past its end. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface FailureDetail {
  readonly didYouMean?: string | undefined;
  readonly why?: string | undefined;
  readonly at?: Range | undefined;
}

export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exit: number;
  /** A known word close to what was typed. */
  readonly didYouMean: string | undefined;
  /** Ours: what was meant, what to do. */
  readonly why: string | undefined;
  /** Where in the line, for the underline. */
  readonly at: Range | undefined;

  /** `text` stands between the first and the last newline of stderr. */
  constructor(text: string, exit: number = USAGE_EXIT, more: FailureDetail = {}) {
    super(text);
    this.exit = exit;
    this.didYouMean = more.didYouMean;
    this.why = more.why;
    this.at = more.at;
  }
}

/** `Error parsing parameter '--attributes': …`. */
export const parameterFailure = (flag: string, message: string): CliFailure =>
  new CliFailure(`Error parsing parameter '${flag}': ${message}`);

const HELP_BLURB =
  'To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n';
export const USAGE = `aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n${HELP_BLURB}`;

/** argparse's way to complain: the usage, then the error. */
export function usageFailure(message: string, more: FailureDetail = {}): CliFailure {
  return new CliFailure(`usage: ${USAGE}\naws: error: ${message}\n`, USAGE_EXIT, more);
}

/** Ours: a thing of AWS that this program does not have. Named, never ignored. */
export const notModelled = (what: string, more: FailureDetail = {}): CliFailure =>
  new CliFailure(`not modelled: ${what}`, USAGE_EXIT, more);
