import { describe, expect, it } from 'vitest';
import { instant } from '../../src/engine/units.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Sid: 'Send', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
});
const SEND = 'aws sqs send-message --queue-url orders --message-body x --profile alice';

const start = (): WorldSession =>
  runLines(newWorld(), 'aws sqs create-queue --queue-name orders', 'aws iam create-user --user-name alice');

describe('the last decisions', () => {
  it('are empty while nobody needed a policy', () => {
    expect(start().insight.decisions(10)).toEqual([]);
  });

  it('show a refusal as it was, whatever changed since', () => {
    const session = runLines(start(), `${SEND} || true`, `${SEND} || true`);
    runLines(
      session,
      `aws iam put-user-policy --user-name alice --policy-name own --policy-document '${POLICY}'`,
    );
    const [refused, ...others] = session.insight.decisions(10);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({
      profile: 'alice',
      service: 'sqs',
      operation: 'SendMessage',
      allowed: false,
      asOf: 'then',
      count: 2,
      decisions: [
        {
          action: 'sqs:SendMessage',
          reason: 'identityDoesNotAllow',
          policies: [],
          why: 'No policy allows it. The caller has no policy.',
        },
      ],
    });
  });

  it('decide again about a call that was let in, by what holds now', () => {
    const put = `aws iam put-user-policy --user-name alice --policy-name own --policy-document '${POLICY}'`;
    const session = runLines(start(), put, SEND);
    expect(session.insight.decisions(10)).toMatchObject([
      {
        allowed: true,
        asOf: 'now',
        decisions: [
          {
            allowed: true,
            reason: 'identityAllows',
            decidedBy: { sid: 'Send' },
            why: 'Statement Send of the inline policy own allows it.',
          },
        ],
      },
    ]);
    runLines(session, 'aws iam delete-user-policy --user-name alice --policy-name own');
    expect(session.insight.decisions(10)).toMatchObject([
      { allowed: true, asOf: 'now', decisions: [{ allowed: false }] },
    ]);
  });

  it('are plain data, newest first, as many as are asked for', () => {
    const session = runLines(
      start(),
      `${SEND} || true`,
      'aws sqs receive-message --queue-url orders --profile alice || true',
      'aws iam list-users --profile alice || true',
    );
    const decisions = session.insight.decisions(2);
    expect(decisions.map(({ operation }) => operation)).toEqual(['ListUsers', 'ReceiveMessage']);
    expect(JSON.parse(JSON.stringify(decisions))).toEqual(decisions);
  });

  it('go back with the world', () => {
    const session = runLines(start(), `${SEND} || true`);
    session.goTo(instant(0));
    expect(session.insight.decisions(10)).toEqual([]);
    session.toHead();
    expect(session.insight.decisions(10)).toHaveLength(1);
  });
});

describe('profiles', () => {
  it('are the users of the world, and a deleted one is unknown to the prompt', () => {
    const session = runLines(start(), 'aws iam create-user --user-name bob --profile partner');
    expect([...session.surroundings().profiles]).toEqual([
      ['default', '000000000000'],
      ['partner', '111111111111'],
      ['alice', '000000000000'],
      ['bob', '111111111111'],
    ]);
    runLines(session, 'aws iam delete-user --user-name alice', `${SEND} || true`);
    expect(session.console().at(-1)?.result?.error).toMatchObject({
      text: 'The config profile (alice) could not be found',
      exit: 255,
    });
  });

  it('answer who they are', () => {
    const session = runLines(
      start(),
      'aws sts get-caller-identity --profile alice --query Arn --output text',
    );
    expect(session.console().at(-1)?.result?.output).toBe('arn:aws:iam::000000000000:user/alice');
  });

  it('page through users as the AWS CLI does', () => {
    const session = runLines(
      start(),
      'aws iam create-user --user-name bob',
      "aws iam list-users --max-items 1 --query 'Users[].UserName' --output json",
      "aws iam list-users --page-size 1 --query 'Users[].UserName' --output json",
    );
    const outputs = session
      .console()
      .slice(-2)
      .map(({ result }) => JSON.parse(result!.output));
    expect(outputs).toEqual([['alice'], ['alice', 'bob']]);
  });
});
