import { describe, expect, it } from 'vitest';
import * as line from '../../src/tui/lineEditor.ts';

const at = (text: string, cursor = text.length): line.Line => line.setText(line.EMPTY_LINE, text, cursor);

describe('the line of the prompt', () => {
  it('inserts at the cursor and moves behind what was inserted', () => {
    const result = line.insert(at('aws  list', 4), 'sqs');
    expect(result).toMatchObject({ text: 'aws sqs list', cursor: 7 });
  });

  it('erases a letter with its combining marks as one', () => {
    expect(line.backspace(at('cafe\u0301')).text).toBe('caf');
    expect(line.left(at('cafe\u0301')).cursor).toBe(3);
    expect(line.deleteForward(at('e\u0301x', 0)).text).toBe('x');
  });

  it('does nothing at the edges', () => {
    expect(line.backspace(at('a', 0)).text).toBe('a');
    expect(line.deleteForward(at('a')).text).toBe('a');
    expect(line.left(at('a', 0)).cursor).toBe(0);
    expect(line.right(at('a')).cursor).toBe(1);
  });

  it('moves by words of options and values', () => {
    const text = 'sqs send-message --message-body=hello';
    expect(line.wordLeft(at(text)).cursor).toBe(text.indexOf('hello'));
    expect(line.wordRight(at(text, 3)).cursor).toBe('sqs send-message'.length);
  });

  it('puts back what was cut', () => {
    const cut = line.killWord(at('aws sqs'));
    expect(cut.text).toBe('aws ');
    expect(line.yank(cut).text).toBe('aws sqs');
    expect(line.killToEnd(at('abc', 1))).toMatchObject({ text: 'a', killed: 'bc' });
    expect(line.killToStart(at('abc', 1))).toMatchObject({ text: 'bc', cursor: 0, killed: 'a' });
  });

  it('walks the history and comes back to what was being written', () => {
    const history = ['one', 'two'];
    const older = line.historyBack(line.historyBack(at('draft'), history), history);
    expect(older.text).toBe('one');
    expect(line.historyBack(older, history)).toBe(older);
    const newer = line.historyForward(line.historyForward(older, history), history);
    expect(newer).toMatchObject({ text: 'draft', back: 0 });
  });

  it('finds the newest entry that holds all words', () => {
    const history = ['aws sqs send-message', 'aws sqs list-queues', 'time skip'];
    expect(line.searchHistory(history, 'sqs', 2)).toBe(1);
    expect(line.searchHistory(history, 'aws send', 2)).toBe(0);
    expect(line.searchHistory(history, 'sqs', 0)).toBe(0);
    expect(line.searchHistory(history, 'kinesis', 2)).toBeUndefined();
  });

  it('splits a paste into lines to run and a rest to edit', () => {
    expect(line.splitPaste('aws ', 'sqs list-queues\r\n# a note\n\nsleep 3\nhalf')).toEqual({
      run: ['aws sqs list-queues', 'sleep 3'],
      rest: 'half',
    });
  });

  it('joins lines that end in a backslash', () => {
    expect(line.splitPaste('', 'aws sqs receive-message \\\n  --queue-url q\n')).toEqual({
      run: ['aws sqs receive-message --queue-url q'],
      rest: '',
    });
  });

  it('runs nothing of a paste without a line end', () => {
    expect(line.splitPaste('', 'aws sqs list-queues')).toEqual({ run: [], rest: 'aws sqs list-queues' });
  });
});
