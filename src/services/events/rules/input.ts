/**
 * What a target is handed: the event, a part of it, a constant, or a template. EventBridge User Guide, Amazon
 * EventBridge input transformation.
 */
import type { Envelope, Flight } from '../model.ts';
import { parsePath, valueAt } from './jsonPath.ts';

/** `ingested`: when the bus took it, as AWS writes it. */
export function inputFor({ target, event, ruleArn }: Pick<Flight, 'target' | 'event' | 'ruleArn'>): string {
  if (target.input !== null) return target.input;
  if (target.inputPath !== null) {
    const part = valueAt(event, parsePath(target.inputPath) ?? []);
    return part === undefined ? 'null' : JSON.stringify(part);
  }
  if (target.transformer !== null) return transformed(target.transformer, event, ruleArn);
  return JSON.stringify(event);
}

type Transformer = { readonly paths: Readonly<Record<string, string>>; readonly template: string };

const PLACEHOLDER = /<([A-Za-z0-9_\-.]+)>/gu;

/**
 * In a quoted text a value is written as it is, elsewhere as JSON. UNSURE: what stands for a value that is not there;
 * here nothing in a text, and null elsewhere.
 */
function transformed({ paths, template }: Transformer, event: Envelope, ruleArn: string): string {
  const named = (name: string): unknown => {
    switch (name) {
      case 'aws.events.rule-arn':
        return ruleArn;
      case 'aws.events.rule-name':
        return ruleArn.slice(ruleArn.lastIndexOf('/') + 1);
      case 'aws.events.event.ingestion-time':
        return event.time;
      case 'aws.events.event':
      case 'aws.events.event.json':
        return event;
      default:
        return valueAt(event, parsePath(paths[name] ?? '') ?? ['']);
    }
  };
  let quoted = false;
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const character = template[at]!;
    PLACEHOLDER.lastIndex = at;
    const found = character === '<' ? PLACEHOLDER.exec(template) : null;
    if (found !== null && found.index === at) {
      const value = named(found[1]!);
      text += quoted ? insideText(value) : JSON.stringify(value === undefined ? null : value);
      at += found[0].length - 1;
      continue;
    }
    text += character;
    if (character === '\\' && quoted) text += template[++at] ?? '';
    else if (character === '"') quoted = !quoted;
  }
  return text;
}

function insideText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
