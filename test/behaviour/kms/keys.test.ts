import { describe, expect, it } from 'vitest';
import { ACCOUNT_DECIDES, accounts, asPartner, asUser, key, user } from '../../support/accounts.ts';
import { allow, PARTNER } from '../../support/questions.ts';
import type { Output, World } from '../../support/world.ts';

const call = (w: World, operation: string, input: object = {}): Output => w.call(operation, input, 'kms');
const refused = (w: World, operation: string, input: object = {}): string => {
  const { code, message } = w.refusal(operation, input, 'kms');
  return `${code}: ${message}`;
};
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const textOf = (data: Uint8Array): string => String.fromCharCode(...data);

describe('keys', () => {
  it('are made enabled, with a policy that lets the account decide', () => {
    const w = accounts();
    const { KeyMetadata } = call(w, 'CreateKey', { Description: 'for orders' });
    const { KeyId, Arn } = KeyMetadata;
    expect(Arn).toBe(`arn:aws:kms:us-east-1:000000000000:key/${KeyId}`);
    expect(KeyMetadata).toMatchObject({ KeyState: 'Enabled', Enabled: true, Description: 'for orders' });
    expect(call(w, 'DescribeKey', { KeyId: Arn })).toEqual({ KeyMetadata });
    expect(call(w, 'ListKeys')).toEqual({ Keys: [{ KeyId, KeyArn: Arn }], Truncated: false });
    expect(JSON.parse(call(w, 'GetKeyPolicy', { KeyId }).Policy).Statement[0]).toMatchObject({
      Sid: 'Enable IAM User Permissions',
      Principal: { AWS: 'arn:aws:iam::000000000000:root' },
    });
    expect(call(w, 'ListKeyPolicies', { KeyId }).PolicyNames).toEqual(['default']);
  });

  it('are found by id, ARN and alias, and told apart when they are not there', () => {
    const w = accounts();
    const { KeyId, Arn } = key(w, 'alias/orders');
    for (const name of [KeyId, Arn, 'alias/orders', 'arn:aws:kms:us-east-1:000000000000:alias/orders']) {
      expect(call(w, 'DescribeKey', { KeyId: name }).KeyMetadata.Arn).toBe(Arn);
    }
    expect(refused(w, 'DescribeKey', { KeyId: 'alias/none' })).toBe(
      'NotFoundException: Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.',
    );
    const other = '00000000-0000-0000-0000-000000000000';
    expect(refused(w, 'DescribeKey', { KeyId: other })).toBe(
      `NotFoundException: Key 'arn:aws:kms:us-east-1:000000000000:key/${other}' does not exist`,
    );
    expect(refused(w, 'DescribeKey', { KeyId: 'orders' })).toBe("NotFoundException: Invalid keyId 'orders'");
  });

  it('wait 7 to 30 days for their deletion, and can be kept until then', () => {
    const w = accounts();
    const { KeyId, Arn } = key(w, 'alias/orders');
    expect(refused(w, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 6 })).toMatch(
      /greater than or equal to 7$/,
    );
    const { DeletionDate } = call(w, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(DeletionDate).toBe(Date.UTC(2026, 0, 12, 9));
    expect(refused(w, 'EnableKey', { KeyId })).toBe(`KMSInvalidStateException: ${Arn} is pending deletion.`);
    call(w, 'CancelKeyDeletion', { KeyId });
    w.at(8 * 86_400);
    expect(call(w, 'DescribeKey', { KeyId }).KeyMetadata.KeyState).toBe('Disabled');
    call(w, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    w.at(15 * 86_400 - 1);
    expect(call(w, 'DescribeKey', { KeyId }).KeyMetadata.KeyState).toBe('PendingDeletion');
    w.at(15 * 86_400);
    expect(refused(w, 'DescribeKey', { KeyId })).toMatch(/^NotFoundException/);
    expect(call(w, 'ListAliases').Aliases).toHaveLength(1);
    expect(w.events('kms/KeyDeleted')).toHaveLength(1);
  });

  it('keep a policy under which it could not be changed again out, unless asked twice', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders');
    const Policy = JSON.stringify({ Statement: { ...ACCOUNT_DECIDES, Principal: { AWS: PARTNER } } });
    expect(refused(w, 'PutKeyPolicy', { KeyId, Policy })).toBe(
      'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
    );
    call(w, 'PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect(refused(w, 'GetKeyPolicy', { KeyId })).toMatch(/^AccessDeniedException/);
  });

  it('may be used by another account that they name, and managed only by their own', () => {
    const w = accounts();
    const partner = { ...ACCOUNT_DECIDES, Sid: 'Partner', Principal: { AWS: PARTNER } };
    const { Arn } = key(w, 'alias/orders', ACCOUNT_DECIDES, partner);
    asPartner(w);
    expect(call(w, 'DescribeKey', { KeyId: Arn }).KeyMetadata.Arn).toBe(Arn);
    const { why } = w.refusal('DisableKey', { KeyId: Arn }, 'kms');
    expect(why).toMatch(/^kms:DisableKey works only from account 000000000000/);
  });

  it('are managed by id or ARN only, and an alias changes nothing', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders');
    expect(refused(w, 'DisableKey', { KeyId: 'alias/orders' })).toBe(
      "NotFoundException: Invalid keyId 'alias/orders'",
    );
    expect(call(w, 'DescribeKey', { KeyId }).KeyMetadata.KeyState).toBe('Enabled');
  });

  it('are shown under their first alias, off the stage', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders');
    call(w, 'DisableKey', { KeyId });
    expect(w.view('kms')).toMatchObject([
      {
        id: 'key/orders',
        kind: 'key',
        offStage: true,
        stopped: true,
        fields: { state: 'Disabled', keyId: KeyId },
      },
    ]);
  });
});

describe('aliases', () => {
  it('name one key each, and can be moved', () => {
    const w = accounts();
    const one = key(w, 'alias/orders');
    const two = key(w, 'alias/other');
    const taken = { AliasName: 'alias/orders', TargetKeyId: two.KeyId };
    expect(refused(w, 'CreateAlias', taken)).toBe(
      'AlreadyExistsException: An alias with the name arn:aws:kms:us-east-1:000000000000:alias/orders already exists',
    );
    call(w, 'UpdateAlias', taken);
    expect(call(w, 'DescribeKey', { KeyId: 'alias/orders' }).KeyMetadata.KeyId).toBe(two.KeyId);
    call(w, 'DeleteAlias', { AliasName: 'alias/orders' });
    expect(call(w, 'ListAliases', { KeyId: one.KeyId }).Aliases).toEqual([]);
    expect(refused(w, 'CreateAlias', { AliasName: 'orders', TargetKeyId: two.KeyId })).toMatch(
      /^ValidationException/,
    );
    expect(refused(w, 'CreateAlias', { AliasName: 'alias/aws/mine', TargetKeyId: two.KeyId })).toMatch(
      /^NotAuthorizedException/,
    );
  });
});

describe('encryption', () => {
  it('is undone with the same context only', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const EncryptionContext = { queue: 'orders', by: 'web' };
    const { CiphertextBlob, KeyId } = call(w, 'Encrypt', {
      KeyId: 'alias/orders',
      Plaintext: bytes('secret'),
      EncryptionContext,
    });
    expect(textOf(CiphertextBlob)).not.toContain('secret');
    const turned = { by: 'web', queue: 'orders' };
    const opened = call(w, 'Decrypt', { CiphertextBlob, EncryptionContext: turned });
    expect(opened).toMatchObject({ KeyId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(textOf(opened.Plaintext)).toBe('secret');
    expect(refused(w, 'Decrypt', { CiphertextBlob })).toBe('InvalidCiphertextException: ');
    const changed = CiphertextBlob.slice();
    changed[50] ^= 1;
    expect(refused(w, 'Decrypt', { CiphertextBlob: changed, EncryptionContext })).toBe(
      'InvalidCiphertextException: ',
    );
    expect(refused(w, 'Decrypt', { CiphertextBlob: bytes('nonsense') })).toBe('InvalidCiphertextException: ');
  });

  it('gives another ciphertext each time', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const input = { KeyId: 'alias/orders', Plaintext: bytes('secret') };
    expect(call(w, 'Encrypt', input).CiphertextBlob).not.toEqual(call(w, 'Encrypt', input).CiphertextBlob);
  });

  it('takes 4 KB at most', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const input = { KeyId: 'alias/orders', Plaintext: new Uint8Array(4_096) };
    call(w, 'Encrypt', input);
    expect(refused(w, 'Encrypt', { ...input, Plaintext: new Uint8Array(4_097) })).toMatch(
      /^ValidationException/,
    );
  });

  it('with data keys: the plain one to use, the encrypted one to keep', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const { Plaintext, CiphertextBlob } = call(w, 'GenerateDataKey', {
      KeyId: 'alias/orders',
      KeySpec: 'AES_256',
    });
    expect(Plaintext).toHaveLength(32);
    expect(call(w, 'Decrypt', { CiphertextBlob }).Plaintext).toEqual(Plaintext);
    expect(
      call(w, 'GenerateDataKeyWithoutPlaintext', { KeyId: 'alias/orders', NumberOfBytes: 5 }),
    ).not.toHaveProperty('Plaintext');
    expect(refused(w, 'GenerateDataKey', { KeyId: 'alias/orders' })).toBe(
      'ValidationException: Please specify either number of bytes or key spec.',
    );
  });

  it('is refused to who may not, without saying whether there is such a key', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const { CiphertextBlob } = call(w, 'Encrypt', { KeyId: 'alias/orders', Plaintext: bytes('x') });
    user(w, 'alice', allow({ Action: 'kms:Encrypt' }));
    asUser(w, 'alice');
    call(w, 'Encrypt', { KeyId: 'alias/orders', Plaintext: bytes('x') });
    expect(refused(w, 'Decrypt', { CiphertextBlob })).toBe(
      'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  });
});
