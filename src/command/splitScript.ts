/** A pasted text or a script as logical lines: what a `\` or an open quote continues stays together. */

/** Without empty lines and lines of comment only. */
export function splitScript(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let quote = '';
  let atWordStart = true;
  let comment = false;
  const source = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const finish = (): void => {
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) lines.push(line.trim());
    line = '';
    comment = false;
    atWordStart = true;
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (comment && character !== '\n') {
      line += character;
    } else if (quote === '' && character === '\\' && next === '\n') {
      // The line goes on: what was indented for the eye becomes one space.
      at += 1;
      while (/[ \t]/.test(source[at + 1] ?? '')) at += 1;
      if (atWordStart) line = `${line.trimEnd()} `;
      else if (/[ \t]/.test(source[at] ?? '')) {
        line += ' ';
        atWordStart = true;
      }
    } else if (character === '\\' && quote !== "'") {
      line += character + next;
      at += 1;
      atWordStart = false;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      line += character;
    } else if (character === '\n') {
      finish();
    } else {
      if (character === '"' || character === "'") quote = character;
      if (character === '#' && atWordStart) comment = true;
      atWordStart = character === ' ' || character === '\t';
      line += character;
    }
  }
  finish();
  return lines;
}
