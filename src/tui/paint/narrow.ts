/** Letters whose width nobody has to look up: most rows are made of nothing else. */

/** Blocks of letters and marks that are one cell wide and stand alone. */
function isNarrow(code: number): boolean {
  if (code < 0x300) return code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0) && code !== 0xad;
  if (code >= 0x370 && code < 0x483) return true;
  if (code >= 0x2010 && code <= 0x2027) return true;
  if (code >= 0x2190 && code <= 0x21ff) return true;
  return (code >= 0x2500 && code <= 0x25fc) || code === 0x2713 || code === 0x2717 || code === 0x23ce;
}

/** Takes as many cells as it has characters; no code of the terminal may be in it. */
export function allNarrow(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (!isNarrow(text.charCodeAt(index))) return false;
  }
  return true;
}
