import { describe, expect, it } from 'vitest';
import { accounts, asPartner, asUser, user } from '../../support/accounts.ts';
import { allow, PARTNER } from '../../support/questions.ts';
import type { World } from '../../support/world.ts';

const refused = (w: World, operation: string, input: object = {}): string => {
  const { code, httpStatus, message } = w.refusal(operation, input, 'iam');
  return `${httpStatus} ${code}: ${message}`;
};
const text = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('users', () => {
  it('are made, listed, told about and deleted', () => {
    const w = accounts();
    w.afterMs(1_234 as never);
    const { User } = w.call('CreateUser', { UserName: 'alice' }, 'iam');
    expect(User).toMatchObject({
      Path: '/',
      UserName: 'alice',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: 'arn:aws:iam::000000000000:user/alice',
      CreateDate: Date.UTC(2026, 0, 5, 9, 0, 1),
    });
    expect(w.call('GetUser', { UserName: 'alice' }, 'iam')).toEqual({ User });
    expect(w.call('ListUsers', {}, 'iam')).toEqual({ Users: [User], IsTruncated: false });
    w.call('DeleteUser', { UserName: 'alice' }, 'iam');
    expect(w.call('ListUsers', {}, 'iam').Users).toEqual([]);
    expect(w.events().map(({ type }) => type)).toContain('iam/UserDeleted');
  });

  it('of one account are unknown in the other', () => {
    const w = accounts();
    user(w, 'alice');
    expect(refused(asPartner(w), 'GetUser', { UserName: 'alice' })).toBe(
      '404 NoSuchEntity: The user with name alice cannot be found.',
    );
    user(w, 'alice');
    expect(w.call('GetUser', { UserName: 'alice' }, 'iam').User.Arn).toBe(
      `arn:aws:iam::${PARTNER}:user/alice`,
    );
  });

  it('are refused by name, length and likeness', () => {
    const w = accounts();
    user(w, 'alice');
    expect(refused(w, 'CreateUser', { UserName: 'Alice' })).toBe(
      '409 EntityAlreadyExists: User with name Alice already exists.',
    );
    expect(refused(w, 'CreateUser', { UserName: 'a b' })).toBe(
      '400 ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    );
    const long = 'x'.repeat(65);
    expect(refused(w, 'CreateUser', { UserName: long })).toBe(
      `400 ValidationError: 1 validation error detected: Value '${long}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
    expect(refused(w, 'CreateUser')).toBe(
      "400 ValidationError: 1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
    );
  });

  it('come in pages', () => {
    const w = accounts();
    for (const name of ['carol', 'alice', 'bob']) user(w, name);
    const first = w.call('ListUsers', { MaxItems: 2 }, 'iam');
    expect(first.Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(['alice', 'bob']);
    expect(first.IsTruncated).toBe(true);
    const second = w.call('ListUsers', { MaxItems: 2, Marker: first.Marker }, 'iam');
    expect(second.Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(['carol']);
    expect(second).not.toHaveProperty('Marker');
  });

  it('cannot be deleted while they have policies', () => {
    const w = accounts();
    user(w, 'alice', allow());
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';
    w.call('AttachUserPolicy', { UserName: 'alice', PolicyArn }, 'iam');
    expect(refused(w, 'DeleteUser', { UserName: 'alice' })).toBe(
      '409 DeleteConflict: Cannot delete entity, must detach all policies first.',
    );
    w.call('DetachUserPolicy', { UserName: 'alice', PolicyArn }, 'iam');
    expect(refused(w, 'DeleteUser', { UserName: 'alice' })).toBe(
      '409 DeleteConflict: Cannot delete entity, must delete policies first.',
    );
    w.call('DeleteUserPolicy', { UserName: 'alice', PolicyName: 'own' }, 'iam');
    w.call('DeleteUser', { UserName: 'alice' }, 'iam');
  });

  it('need permission for IAM itself', () => {
    const w = accounts();
    user(w, 'alice');
    expect(refused(asUser(w, 'alice'), 'CreateUser', { UserName: 'bob' })).toBe(
      '403 AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::000000000000:user/bob because no identity-based policy allows the iam:CreateUser action',
    );
  });
});

describe('policies of a user', () => {
  it('inline: put, shown, listed, deleted', () => {
    const w = accounts();
    user(w, 'alice');
    const named = { UserName: 'alice', PolicyName: 'send' };
    const PolicyDocument = text(allow());
    w.call('PutUserPolicy', { ...named, PolicyDocument }, 'iam');
    expect(w.call('GetUserPolicy', named, 'iam')).toEqual({ ...named, PolicyDocument });
    expect(w.call('ListUserPolicies', { UserName: 'alice' }, 'iam')).toEqual({
      PolicyNames: ['send'],
      IsTruncated: false,
    });
    w.call('DeleteUserPolicy', named, 'iam');
    expect(refused(w, 'GetUserPolicy', named)).toBe(
      '404 NoSuchEntity: The user policy with name send cannot be found.',
    );
  });

  it('inline: refused when they are no policies, or too long together', () => {
    const w = accounts();
    user(w, 'alice');
    const put = (PolicyName: string, PolicyDocument: string): string =>
      refused(w, 'PutUserPolicy', { UserName: 'alice', PolicyName, PolicyDocument });
    expect(put('p', '{}')).toBe('400 MalformedPolicyDocument: Syntax errors in policy.');
    expect(put('p', text({ ...allow(), Principal: '*' }))).toBe(
      '400 MalformedPolicyDocument: Policy document should not specify a principal.',
    );
    const half = text(allow({ Resource: `arn:aws:sqs:us-east-1:000000000000:${'x'.repeat(1_000)}` }));
    w.call('PutUserPolicy', { UserName: 'alice', PolicyName: 'a', PolicyDocument: half }, 'iam');
    expect(put('b', half)).toBe(
      '409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user alice',
    );
    expect(w.call('ListUserPolicies', { UserName: 'alice' }, 'iam').PolicyNames).toEqual(['a']);
  });

  it('managed: made, attached, counted, and kept while somebody has them', () => {
    const w = accounts();
    user(w, 'alice');
    const { Policy } = w.call('CreatePolicy', { PolicyName: 'send', PolicyDocument: text(allow()) }, 'iam');
    const PolicyArn = 'arn:aws:iam::000000000000:policy/send';
    expect(Policy).toMatchObject({ Arn: PolicyArn, DefaultVersionId: 'v1', AttachmentCount: 0 });
    const QueueUrl = w.queue();
    w.call('AttachUserPolicy', { UserName: 'alice', PolicyArn }, 'iam');
    asUser(w, 'alice').send(QueueUrl, 'x');
    w.as({ profile: 'default' });
    expect(w.call('ListAttachedUserPolicies', { UserName: 'alice' }, 'iam').AttachedPolicies).toEqual([
      { PolicyName: 'send', PolicyArn },
    ]);
    expect(w.call('GetPolicy', { PolicyArn }, 'iam').Policy.AttachmentCount).toBe(1);
    expect(refused(w, 'DeletePolicy', { PolicyArn })).toBe(
      '409 DeleteConflict: Cannot delete a policy attached to entities.',
    );
    w.call('DetachUserPolicy', { UserName: 'alice', PolicyArn }, 'iam');
    w.call('DeletePolicy', { PolicyArn }, 'iam');
    expect(refused(w, 'AttachUserPolicy', { UserName: 'alice', PolicyArn })).toBe(
      `404 NoSuchEntity: Policy ${PolicyArn} does not exist or is not attachable.`,
    );
  });

  it('managed: those of AWS are there, ten at most for one user', () => {
    const w = accounts();
    user(w, 'alice');
    const all = w.call('ListPolicies', { Scope: 'AWS' }, 'iam').Policies;
    expect(all.map(({ PolicyName }: { PolicyName: string }) => PolicyName)).toContain(
      'AmazonSQSReadOnlyAccess',
    );
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
    const { PolicyVersion } = w.call('GetPolicyVersion', { PolicyArn, VersionId: 'v1' }, 'iam');
    expect(JSON.parse(PolicyVersion.Document).Statement[0].Action).toContain('sqs:ListQueues');
    for (let number = 0; number < 10; number++) {
      w.call('CreatePolicy', { PolicyName: `p${number}`, PolicyDocument: text(allow()) }, 'iam');
      const own = `arn:aws:iam::000000000000:policy/p${number}`;
      w.call('AttachUserPolicy', { UserName: 'alice', PolicyArn: own }, 'iam');
    }
    expect(refused(w, 'AttachUserPolicy', { UserName: 'alice', PolicyArn })).toBe(
      '409 LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10',
    );
  });
});

describe('get-caller-identity', () => {
  const who = (w: World) => w.call('GetCallerIdentity', {}, 'sts');
  it('tells everybody who they are, with or without policies', () => {
    const w = accounts();
    expect(who(w)).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
    user(w, 'alice');
    expect(who(asUser(w, 'alice'))).toMatchObject({ Arn: 'arn:aws:iam::000000000000:user/alice' });
    expect(who(asPartner(w)).Account).toBe(PARTNER);
    asUser(w, 'nobody');
    expect(w.refusal('GetCallerIdentity', {}, 'sts').code).toBe('InvalidClientTokenId');
  });
});

describe('a view of users', () => {
  it('names their policies, and keeps them off the stage', () => {
    const w = accounts();
    user(w, 'alice', allow());
    expect(w.view('iam')).toMatchObject([
      {
        id: 'user/alice',
        kind: 'user',
        offStage: true,
        fields: { inlinePolicies: ['own'], attachedPolicies: [] },
      },
    ]);
  });
});
