/** Sessions of real worlds for tests of saves: made by lines of the prompt. */
import { CATALOG } from '../../src/catalog.ts';
import { type AwsWorldSettings, worldSettings } from '../../src/contract/world.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';

export const SERVICES: readonly string[] = CATALOG.map(({ description }) => description.name);

/** Runs lines to their end. Throws when one is refused without `|| true`. */
export function runLines(session: WorldSession, ...lines: readonly string[]): WorldSession {
  for (const line of lines) {
    const entry = session.enter(line);
    session.drain();
    const result = session.entry(entry.id)?.result;
    if (result === undefined) throw new Error(`${line}: still runs`);
    if (result.error && !result.tolerated) throw new Error(`${line}: ${result.error.text}`);
  }
  return session;
}

export function newWorld(settings: Partial<AwsWorldSettings> = {}, name = 'world'): WorldSession {
  return createSession({ catalog: CATALOG, settings: worldSettings(settings), name });
}

/** A world in which much goes on: queues, dead letters, a producer, failing workers. */
export function busyWorld(seed = 7): WorldSession {
  return runLines(
    newWorld({ seed }),
    'sqs create-queue --queue-name dead',
    'sqs create-queue --queue-name orders --attributes \'{"VisibilityTimeout":"10","RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:dead\\",\\"maxReceiveCount\\":3}"}\'',
    'app create-producer --name web --to queue/orders --rate 8/s --pattern poisson',
    'app create-consumer --name worker --from queue/orders --concurrency 4 --time 200ms..2s --fail "1 in 5"',
    'sleep 30',
    "H=$(aws sqs receive-message --queue-url orders --query 'Messages[0].ReceiptHandle' --output text)",
  );
}
