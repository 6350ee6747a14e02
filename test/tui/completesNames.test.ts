import { expect, it } from 'vitest';
import { ScreenDriver } from '../support/screenDriver.ts';

it.each([
  ['aws s3api create-bucket --bucket photos', 'aws s3api get-object --bucket '],
  [
    'aws kinesis create-stream --stream-name photos --shard-count 1',
    'aws kinesis delete-stream --stream-name ',
  ],
])('completes the name that %s made', (made, typed) => {
  const screen = new ScreenDriver().sandbox().run(made).type(typed).press('tab');
  expect(screen.shell.store.get().line.text.trimEnd()).toBe(`${typed}photos`);
});
