/** Decisions are remembered while the same policies stand, and only then. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { accounts, asAdministrator, asUser, queuePolicy, user } from '../../support/accounts.ts';
import { allow, deny } from '../../support/questions.ts';

const send = (QueueUrl: string) => ({ QueueUrl, MessageBody: 'x' });

describe('a decision', () => {
  it('about the clock is made anew each time', () => {
    const w = accounts();
    const url = w.queue();
    const Condition = { DateLessThan: { 'aws:CurrentTime': '2026-01-05T09:01:00Z' } };
    user(w, 'alice', allow({ Condition }));
    asUser(w, 'alice').send(url, 'in time');
    w.at(59).send(url, 'still');
    const late = w.at(60).refusal('SendMessage', send(url));
    expect(late.why).toBe(
      'No policy allows it. Statement 1 of the inline policy own does not match: DateLessThan wants 2026-01-05T09:01:00Z, aws:CurrentTime is 2026-01-05T09:01:00Z.',
    );
    expect(w.after(seconds(1)).refusal('SendMessage', send(url)).why).toMatch(/is 2026-01-05T09:01:01Z\.$/);
  });

  it('is one object for one cause, and another after a change', () => {
    const w = accounts();
    const url = w.queue();
    user(w, 'alice');
    const first = asUser(w, 'alice').refusal('SendMessage', send(url));
    expect(w.refusal('SendMessage', send(url))).toBe(first);
    queuePolicy(asAdministrator(w), url, deny({ Principal: '*', Action: 'sqs:ReceiveMessage' }));
    const second = asUser(w, 'alice').refusal('SendMessage', send(url));
    expect(second.message).toBe(first.message);
    expect(second.decision).toMatchObject({ policies: [{ source: 'resource' }] });
  });

  it('of one caller is not that of another, nor over HTTPS that over HTTP', () => {
    const w = accounts();
    const url = w.queue();
    queuePolicy(w, url, deny({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
    user(w, 'alice', allow());
    user(w, 'bob');
    for (let round = 0; round < 2; round++) {
      asUser(w, 'alice').send(url, 'x');
      expect(w.as({ secure: false }).refusal('SendMessage', send(url)).message).toMatch(/explicit deny/);
      expect(asUser(w, 'bob').refusal('SendMessage', send(url)).message).toMatch(/no identity-based policy/);
    }
  });

  it('of a user who is made again is that of the new one', () => {
    const w = accounts();
    const url = w.queue();
    user(w, 'alice', allow());
    asUser(w, 'alice').send(url, 'x');
    asAdministrator(w).call('DeleteUserPolicy', { UserName: 'alice', PolicyName: 'own' }, 'iam');
    w.call('DeleteUser', { UserName: 'alice' }, 'iam');
    user(w, 'alice');
    expect(asUser(w, 'alice').refusal('SendMessage', send(url)).code).toBe('AccessDenied');
  });
});
