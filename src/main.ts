#!/usr/bin/env node
/** The entry: flags → session → screen, headless, or a printed answer. */
import './platform/polyfills.ts';
import { complain, FAILED, Failed, Usage, WRONG_USAGE } from './cli/exit.ts';
import { runCommandLine } from './flags.ts';
import { FileTrouble } from './platform/files.ts';
import { leaveWhenNobodyReads } from './platform/process.ts';
import { obeyNoColour } from './platform/terminal.ts';
import { ReadProblem } from './session/strictJson.ts';

obeyNoColour();
leaveWhenNobodyReads();

try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  if (error instanceof Usage) {
    complain(error.message);
    process.exitCode = WRONG_USAGE;
  } else if (error instanceof Failed || error instanceof FileTrouble || error instanceof ReadProblem) {
    complain(error.message);
    process.exitCode = FAILED;
  } else {
    throw error;
  }
}
