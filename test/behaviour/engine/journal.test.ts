import { describe, expect, it } from 'vitest';
import { commandsUntil, Journal, type JournalEntry } from '../../../src/engine/journal.ts';
import type { CallId } from '../../../src/engine/service.ts';
import { instant } from '../../../src/engine/units.ts';

const COUNT = 9_000;

/** Commands of several kinds: with a line, given up, with other members, with what no shape can hold. */
function command(index: number): JournalEntry {
  const at = instant(index * 2);
  if (index % 101 === 0) return { type: 'abandon', at, call: index as CallId, by: 'you' };
  const caller = { by: index % 2 === 0 ? 'you' : 'lesson', account: '1', profile: 'default', secure: true };
  const input =
    index % 7 === 0
      ? { MessageBody: `m${index}`, QueueUrl: 'q' }
      : index % 5 === 0
        ? { QueueUrl: 'q', MessageBody: undefined, Tags: { a: index } }
        : { QueueUrl: 'q', MessageBody: `m${index}` };
  const request = { service: 'sqs', operation: 'SendMessage', input, caller };
  return { type: 'request', at, request, ...(index % 97 === 0 && { line: `line ${index}` }) };
}

const commands = Array.from({ length: COUNT }, (_, index) => command(index));

describe('a journal', () => {
  it('gives every command as it was given, its members in their order', () => {
    const journal = new Journal(commands);
    expect(journal.length).toBe(COUNT);
    expect(JSON.stringify([...journal])).toBe(JSON.stringify(commands));
    for (const index of [0, 35, 2_047, 2_048, 4_095, 8_999]) {
      expect(journal.at(index)).toStrictEqual(commands[index]);
      expect(journal.given(index).at).toBe(commands[index]!.at);
      expect(journal.given(index).line).toBe(commands[index]!.line);
    }
    expect(journal.at(COUNT)).toBeUndefined();
    expect(journal.at(-1)).toStrictEqual(commands.at(-1));
  });

  it('keeps the newest requests themselves, for who compares them with those of events', () => {
    expect(new Journal(commands).at(COUNT - 2_048)).toBe(commands[COUNT - 2_048]);
  });

  it('is cut without a change to either part', () => {
    for (const count of [0, 1, 2_048, 3_000, 8_500, COUNT]) {
      const whole = new Journal(commands);
      const cut = whole.upTo(count);
      cut.push(command(COUNT));
      expect(JSON.stringify([...cut])).toBe(JSON.stringify([...commands.slice(0, count), command(COUNT)]));
      expect(whole.length).toBe(COUNT);
    }
  });

  it('knows how many commands had been given when an instant was over', () => {
    const journal = new Journal(commands);
    expect(commandsUntil(journal, instant(5_000))).toBe(2_501);
    expect(commandsUntil(journal, instant(5_001))).toBe(2_501);
  });
});
