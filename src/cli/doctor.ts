/** `doctor`: what this program finds around it, and what may be amiss. */
import type { GlobalFlags } from '../flags.ts';
import { exists, join, remove, writeText } from '../platform/files.ts';
import { dataFolders, programFolder } from '../platform/folders.ts';
import { traits } from '../platform/terminal.ts';
import { findSave, listSaves } from '../session/savesFolder.ts';
import { VERSION } from '../session/version.ts';
import { type Exit, FAILED, GOOD, print, printJson } from './exit.ts';
import { savesFolder } from './world.ts';

interface Finding {
  readonly about: string;
  readonly good: boolean;
  readonly found: string;
}

export async function doctor(flags: GlobalFlags & { readonly json?: boolean }): Promise<Exit> {
  const findings = [program(), node(), platform(), ...terminal(), data(), ...saves(), course()];
  const good = findings.every((finding) => finding.good);
  if (flags.json === true) printJson({ ok: good, findings });
  else
    for (const { about, good: fine, found } of findings)
      print(`${fine ? 'ok   ' : 'look '} ${about.padEnd(14)} ${found}`);
  return good ? GOOD : FAILED;
}

const program = (): Finding => ({ about: 'msg-playground', good: true, found: VERSION });

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const advice = good ? (major < 24 ? ' (24 paints faster)' : '') : ': 20.19 or later is needed';
  return { about: 'Node', good, found: `${process.version}${advice}` };
}

function platform(): Finding {
  const untested = process.platform === 'win32' ? ' (untested until somebody does)' : '';
  return { about: 'system', good: true, found: `${process.platform} ${process.arch}${untested}` };
}

function terminal(): Finding[] {
  const { fullScreen, why, unicode, colours, columns, rows } = traits();
  const large = columns >= 60 && rows >= 16;
  return [
    {
      about: 'terminal',
      good: true,
      found: fullScreen ? 'full screen' : `lines only: ${why}`,
    },
    { about: 'size', good: large, found: `${columns}x${rows}${large ? '' : ': at least 60x16 is needed'}` },
    { about: 'colours', good: true, found: colours === 0 ? 'none' : String(colours) },
    { about: 'characters', good: true, found: unicode ? 'Unicode' : 'ASCII' },
  ];
}

function data(): Finding {
  const { home } = dataFolders();
  const probe = join(home, `.probe-${process.pid}`);
  try {
    writeText(probe, 'probe');
    remove(probe);
    return { about: 'data folder', good: true, found: home };
  } catch (error) {
    return { about: 'data folder', good: false, found: error instanceof Error ? error.message : home };
  }
}

function saves(): Finding[] {
  const folder = savesFolder();
  return listSaves(folder).flatMap(({ name, path, gallery }) => {
    const found = findSave(folder, gallery ? path : name);
    return found.ok ? [] : [{ about: `save ${name}`, good: false, found: found.why }];
  });
}

function course(): Finding {
  const path = join(programFolder(), 'lessons', 'course.json');
  const good = exists(path);
  return { about: 'lessons', good, found: good ? path : `${path} is not there` };
}
