/** Services whose endpoint listens to HTTPS alone: a call over plain HTTP reaches nobody. */
import { expect, it } from 'vitest';
import { play } from '../../src/cli/run.ts';
import { transcript } from '../../src/command/transcript.ts';
import { worldSettings } from '../../src/contract/world.ts';

const put = 'aws kinesis put-record --stream-name s --partition-key k --data aGk=';

function said(lines: readonly string[]): { readonly text: string; readonly put: unknown } {
  const { session, entries } = play({ lines, readFile: () => undefined }, worldSettings());
  const stream = session.view().resources.find(({ id }) => id === 'stream/s');
  return { text: entries.map(({ result }) => transcript(result!)).join(''), put: stream?.fields?.put };
}

it('says that a stream cannot be reached over plain HTTP, and puts nothing', () => {
  const made = ['aws kinesis create-stream --stream-name s --shard-count 1', 'sleep 5'];
  const plain = said([...made, `${put} --endpoint-url http://kinesis.us-east-1.amazonaws.com || true`]);
  expect(plain.text).toContain(
    '\nCould not connect to the endpoint URL: "http://kinesis.us-east-1.amazonaws.com/"\n',
  );
  expect(plain.text).not.toContain('An error occurred');
  expect(plain.put).toBe(0);
  expect(said([...made, `${put} --endpoint-url https://kinesis.us-east-1.amazonaws.com`]).put).toBe(1);
});

it('still takes a message for a queue over plain HTTP', () => {
  const sent = said([
    'aws sqs create-queue --queue-name q',
    'aws sqs send-message --queue-url q --message-body hi --endpoint-url http://sqs.us-east-1.amazonaws.com',
  ]);
  expect(sent.text).toContain('"MessageId"');
});
