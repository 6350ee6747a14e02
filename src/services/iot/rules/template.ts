/** Substitution templates of actions: `${topic(2)}`, `${device}`. AWS IoT Core Developer Guide, Substitution templates. */
import { evaluate, jsonOf } from './evaluating.ts';
import { readExpression } from './sql.ts';
import type { Surroundings } from './sqlFunctions.ts';

const TEMPLATE = /\$\{([^{}]*)\}/gu;

/** Refuses what cannot be read. */
export function checkTemplate(text: string | undefined): void {
  for (const [, inner = ''] of (text ?? '').matchAll(TEMPLATE)) readExpression(inner);
}

/** What is Undefined leaves nothing. */
export function filled(text: string, payload: Uint8Array, around: Surroundings): string {
  if (!text.includes('${')) return text;
  const value = jsonOf(payload);
  return text.replaceAll(TEMPLATE, (_all, inner: string) => {
    const found = evaluate(readExpression(inner), value, around);
    return found === undefined ? '' : typeof found === 'string' ? found : JSON.stringify(found);
  });
}
