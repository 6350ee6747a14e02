/** Users, policies, keys and decisions come back from a save as they were. */
import { describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { instant } from '../../src/engine/units.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { entryFromJson, entryToJson } from '../../src/session/journalJson.ts';
import { openSave, saveOf } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import { Place, ReadProblem } from '../../src/session/strictJson.ts';
import { newWorld, runLines, SERVICES } from '../support/worlds.ts';

const POLICY =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}';
const SEND = 'aws sqs send-message --queue-url orders --message-body x --profile alice';

const guarded = () =>
  runLines(
    newWorld({ seed: 3 }),
    'aws sqs create-queue --queue-name orders --attributes KmsMasterKeyId=alias/orders',
    'aws iam create-user --user-name alice',
    `aws iam put-user-policy --user-name alice --policy-name send --policy-document '${POLICY}'`,
    'aws iam attach-user-policy --user-name alice --policy-arn arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess',
    'K=$(aws kms create-key --query KeyMetadata.KeyId --output text)',
    'aws kms create-alias --alias-name alias/orders --target-key-id $K',
    `${SEND} || true`,
    'aws kms schedule-key-deletion --key-id $K --pending-window-in-days 7',
    'sleep 5',
  );

describe('a world with users and keys', () => {
  test.each([true, false])('is saved and opened (with checkpoint: %s)', (withCheckpoint) => {
    const world = guarded();
    const text = writeSave(saveOf(world, { revision: 1, digests: [], withCheckpoint }), gzip);
    const save = readSave(text, { codec: gzip, services: SERVICES });
    if (save instanceof ReadProblem) throw save;
    const { session, notes } = openSave(save, { catalog: CATALOG });
    expect(notes).toEqual([]);
    expect(session.world.simulation.digest()).toBe(world.world.simulation.digest());
    expect(session.view().resources).toEqual(world.view().resources);
    expect(session.insight.decisions(10)).toEqual(world.insight.decisions(10));
    const refused = session.insight.decisions(10).filter((decision) => !decision.allowed);
    expect(refused).toMatchObject([{ profile: 'alice', decisions: [{ action: 'kms:GenerateDataKey' }] }]);
    for (const each of [world, session]) runLines(each, 'sleep 700000', `${SEND} || true`);
    expect(session.console().at(-1)?.result?.error?.code).toBe('KMS.NotFoundException');
    expect(session.world.simulation.digest()).toBe(world.world.simulation.digest());
  });
});

describe('a command of a service', () => {
  test('keeps on whose behalf it was', () => {
    const settings = worldSettings();
    const caller = {
      by: 'sns.amazonaws.com',
      account: settings.account,
      profile: 'sns.amazonaws.com',
      secure: true,
      sourceArn: 'arn:aws:sns:us-east-1:000000000000:news',
    };
    const request = { service: 'sqs', operation: 'SendMessage', input: { MessageBody: 'x' }, caller };
    const entry = { type: 'request', at: instant(5), request } as const;
    const json = JSON.parse(JSON.stringify(entryToJson(entry, settings)));
    expect(entryFromJson(new Place(json, 'entry'), { settings, services: SERVICES })).toEqual(entry);
  });
});
