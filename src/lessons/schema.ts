/** `lesson.schema.json`, `exam.schema.json` and `arena.schema.json`, made from the format: editors check lessons with it while they are written. */
import * as z from 'zod';
import { arenaFormat } from './arenaFormat.ts';
import { bankFormat, lessonFormat } from './lesson.ts';

export function lessonSchemaJson(): string {
  const schema = z.toJSONSchema(lessonFormat, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'A lesson of msg-playground, format version 1', ...schema }, null, 1)}\n`;
}

export function arenaSchemaJson(): string {
  const schema = z.toJSONSchema(arenaFormat, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'A requirement of the arena of msg-playground, format version 1', ...schema }, null, 1)}\n`;
}

export function examSchemaJson(): string {
  const schema = z.toJSONSchema(bankFormat, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'A question bank of msg-playground, format version 1', ...schema }, null, 1)}\n`;
}
