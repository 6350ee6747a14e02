/** `client …`: what real clients send is held at the door, looked at, let in or turned away. */
import type { ControlAnswer } from '../command/console.ts';
import { inputText } from '../projection/clientView.ts';
import { duration } from '../projection/figures.ts';
import type { HeldCall, HoldRule } from './clientTypes.ts';
import type { Done, Session } from './sessionTypes.ts';

interface ClientInput {
  readonly client?: string;
  readonly operation?: string;
  readonly which?: string;
}

const good = (text: string): ControlAnswer => ({ ok: true, text });
const bad = (text: string): ControlAnswer => ({ ok: false, error: { kind: 'usage', text } });
const answerOf = (done: Done, text: string): ControlAnswer => (done.ok ? good(text) : bad(done.why));

export function clientVerb(session: Session, verb: string, input: object): ControlAnswer {
  const { client = '', operation, which } = input as ClientInput;
  switch (verb) {
    case 'list':
      return good(listed(session));
    case 'hold': {
      const name = bare(client);
      if (name === 'you')
        return bad('client hold: you are no client of the endpoint; its clients have other names');
      const own = operation === undefined ? undefined : operationName(operation);
      const what = own === undefined ? 'What' : `${own} that`;
      return answerOf(
        session.clients.hold(name, own),
        `${what} ${name === 'all' ? 'any client' : name} sends is held from now on. client list shows it.\n`,
      );
    }
    case 'release':
      return answerOf(session.clients.release(chosen(which)), '');
    case 'refuse':
      return answerOf(session.clients.refuse(chosen(which)), '');
    default:
      return bad(`client: no verb ${verb}; there are list, hold, release, refuse`);
  }
}

const bare = (name: string): string => name.replace(/^client\//u, '');

/** A number is a request, a word a client. */
function chosen(which: string | undefined): string | number | undefined {
  if (which === undefined) return undefined;
  return /^#?\d{1,9}$/u.test(which) ? Number(which.replace('#', '')) : bare(which);
}

/** `send-message` and `SendMessage` alike. */
const operationName = (text: string): string =>
  text.includes('-') || /^[a-z]/u.test(text)
    ? text.replaceAll(/(?:^|-)([a-z0-9])/gu, (_all, letter: string) => letter.toUpperCase())
    : text;

function listed(session: Session): string {
  const { held, rules } = session.clients;
  const { now, resources } = session.view();
  const clients = resources.filter(({ kind }) => kind === 'client');
  const lines = clients.map(({ name, fields, notes }) => {
    const { calls, sent, received, refused } = fields as Readonly<Record<string, number>>;
    return `${name}  ${calls} calls, ${sent} sent, ${received} received, ${refused} refused, ${notes?.[0] ?? ''}`;
  });
  if (lines.length === 0) lines.push('no real client has called yet; msg-playground serve opens the door');
  if (rules.length > 0) lines.push('', `held: ${rules.map(ruleText).join(', ')}`);
  for (const call of held) lines.push('', ...heldLines(call, now));
  return `${lines.join('\n')}\n`;
}

const ruleText = ({ client, operation }: HoldRule): string =>
  `${operation ?? 'all'} of ${client === 'all' ? 'every client' : client}`;

const LINES_MAX = 40;

function heldLines(call: HeldCall, now: number): string[] {
  const { number, request, since } = call;
  const content = inputText(request.input, 2).split('\n');
  const more = content.length > LINES_MAX ? [`  … ${content.length - LINES_MAX} more lines`] : [];
  return [
    `${number}  ${request.operation} of ${request.caller.by}, held for ${duration(now - since)}`,
    ...content.slice(0, LINES_MAX).map((line) => `  ${line}`),
    ...more,
  ];
}
