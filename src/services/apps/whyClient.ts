/** Why a client of a broker does nothing, or not enough: as far as it knows. The broker tells what it holds back. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyRemedy,
  type WhyRule,
  type WhyTable,
  worded,
} from '../../contract/why.ts';
import { instantWords, several, spanWords } from '../../contract/whyWords.ts';
import { type Instant, instant } from '../../engine/units.ts';
import { nextTry } from './clientLinks.ts';
import { type Client, type Link, linkName, ON_PREMISES } from './clientModel.ts';
import type { AppsState } from './model.ts';

type About = Pick<Why, 'answer' | 'rule' | 'changes' | 'remedies'>;

const rule = (name: string, says: string): WhyRule => ({ name: `app/${name}`, says, page: 'msg-playground' });
const RULES = {
  running: rule('running', 'Only an app that runs sends or receives.'),
  clients: rule('clients', 'A client works on what the broker pushes to it, one after the other.'),
  failover: rule(
    'failover',
    'A client with failover tries again by itself, each time later, 30 s at most; without it one lost connection is the end.',
  ),
  login: rule('login', 'A broker has users of its own: IAM has no say inside it.'),
  rights: rule('rights', 'The broker says who may write to, read from or create a destination.'),
} as const;

/** How long a refusal is news. */
const LATELY_MS = 10_000;

export function whyClient({ now }: WhyGround<AppsState>, app: Client): Why {
  const { counters, figures, settings, refusal, unsent } = app;
  const isSender = settings.role !== 'consumer';
  return {
    title: `what ${app.name} does`,
    at: now,
    ...about(app, now),
    values: [
      ...(isSender
        ? [
            { label: 'accepted by the broker', is: counted(counters.sent) },
            { label: 'made, not accepted yet', is: counted(unsent.length) },
            { label: 'lost', is: counted(counters.lost) },
          ]
        : []),
      ...(settings.role === 'producer'
        ? []
        : [
            { label: 'received', is: counted(counters.received) },
            { label: 'processed', is: counted(counters.processed) },
          ]),
      { label: 'connections lost', is: counted(figures.connectionsLost) },
      ...(refusal === null
        ? []
        : [
            { label: 'last refused', is: worded(`${refusal.operation}: ${refusal.code}`) },
            { label: 'that is ago', is: lasting(now - refusal.at) },
          ]),
    ],
    table: linksTable(app, now),
    see: settings.broker === ON_PREMISES ? [] : [`broker/${settings.broker}`],
  };
}

function about(app: Client, now: Instant): About {
  if (!app.running) return stopped(app);
  const { links, refusal } = app;
  const down = links.filter(({ state }) => state !== 'up');
  if (down.length === links.length && links.length > 0) return unconnected(app, down);
  if (links.some(({ blocked }) => blocked)) return blocked(app);
  if (refusal !== null && now - refusal.at < LATELY_MS && refusal.operation !== 'connection') {
    return refused(app, refusal);
  }
  return working(app, now);
}

function stopped({ name, since, counters, settings }: Client): About {
  const crashed = counters.lost > 0;
  return {
    answer: `${name} ${crashed ? 'does not run' : 'is stopped'}, since ${instantWords(since)}.`,
    rule: RULES.running,
    changes: { by: 'act', into: 'somebody must start it' },
    remedies: [
      helps('start it', `app start --name ${name}`),
      ...(crashed && !settings.failover ? [mayHelp('failover keeps what the broker has not accepted')] : []),
    ],
  };
}

type Refused = NonNullable<Client['refusal']>;

const isLogin = ({ operation, code, message }: Refused): boolean =>
  operation === 'connect' &&
  /login was refused|user name \[.*\] or password|CONNACK 5/iu.test(`${code} ${message}`);
const isRight = ({ message }: Refused): boolean => /not authorized to|access to .* refused/iu.test(message);

function unconnected(app: Client, down: readonly Link[]): About {
  const { name, settings, refusal } = app;
  const { broker, user, failover } = settings;
  const [first] = [...down].sort((a, b) => nextTry(app, a) - nextTry(app, b));
  const tries = failover && first !== undefined && first.state === 'down';
  const changes: WhyChange = tries
    ? { by: 'time', at: nextTry(app, first), into: `it tries again, for the ${ordinal(first.tries)} time` }
    : { by: 'act', into: failover ? 'the broker must answer' : 'somebody must start it again' };
  const again: readonly WhyRemedy[] = failover
    ? []
    : [
        helps('failover: then it tries again by itself', `app update --name ${name} --failover`),
        helps('start it again', `app start --name ${name}`),
      ];
  if (refusal !== null && isLogin(refusal)) {
    return {
      answer: `${broker} does not let ${name} in: it knows no user ${user === '' ? 'without a name' : user} with that password.`,
      rule: RULES.login,
      changes,
      remedies: [
        helps('a user of the broker', `app update --name ${name} --user NAME`),
        helpsNot('a policy of IAM: it is about the control API only'),
      ],
    };
  }
  if (refusal !== null && isRight(refusal) && !failover) return refused(app, refusal);
  const said = refusal === null ? '' : `: ${refusal.code}`;
  return {
    answer: failover
      ? `${name} has no connection to ${broker} and tries again${said}.`
      : `${name} lost its connection to ${broker} and has no failover, so it stays down.`,
    rule: RULES.failover,
    changes,
    remedies: [...again, mayHelp('the broker tells why it does not answer', `why broker/${broker}`)],
  };
}

const ordinal = (count: number): string =>
  count === 1 ? 'first' : count === 2 ? 'second' : count === 3 ? 'third' : `${count}th`;

function blocked({ name, settings, unsent }: Client): About {
  return {
    answer: `${settings.broker} holds ${name} back; ${several(unsent.length, 'message')} ${unsent.length === 1 ? 'waits' : 'wait'} in the client.`,
    rule: rule('blocked', 'A broker that is short of memory or disk lets no publisher go on.'),
    changes: { by: 'act', into: 'consumers must make room in the broker' },
    remedies: [mayHelp('the broker tells what is full', `why broker/${settings.broker}`)],
  };
}

function refused({ name, settings }: Client, refusal: Refused): About {
  if (isRight(refusal)) {
    return {
      answer: `${name} may not do that: ${refusal.message}.`,
      rule: RULES.rights,
      changes: { by: 'act', into: 'the right must be given' },
      remedies: [
        helps('the right, or another user', `app update --name ${name} --user NAME`),
        helpsNot('a policy of IAM: it is about the control API only'),
      ],
    };
  }
  return {
    answer: `The last ${refusal.operation} of ${name} was refused: ${refusal.message}.`,
    rule: RULES.clients,
    changes: { by: 'act', into: 'what it is refused for' },
    remedies: [mayHelp('the broker tells more', `why broker/${settings.broker}`)],
  };
}

function working(app: Client, now: Instant): About {
  const { name, links, settings, counters, given } = app;
  const busy = links.filter(({ until }) => until >= 0);
  const held = links.reduce((sum, { inbox }) => sum + inbox.length, 0);
  const next = Math.min(...busy.map(({ until }) => until));
  if (settings.role === 'producer') {
    return {
      answer: `${name} is connected and sends at ${String(given.rate ?? '1/s')}: ${several(counters.sent, 'message')} accepted.`,
      rule: RULES.clients,
      changes: { by: 'act', into: 'nothing has to change' },
      remedies: [],
    };
  }
  const queue = `brokerqueue/${settings.broker}/${settings.destination.replace(/^queue:\/\/|^\/queue\//u, '')}`;
  return busy.length === 0
    ? {
        answer: `${name} is connected and waits: the broker has handed it nothing that is not done.`,
        rule: RULES.clients,
        changes: { by: 'act', into: 'a message must come for it' },
        remedies: [mayHelp('the queue tells why it hands out nothing', `why ${queue}`)],
      }
    : {
        answer: `${name} works: it holds ${several(held, 'message')}, ${busy.length} of them under way.`,
        rule: RULES.clients,
        changes: { by: 'time', at: instant(Math.max(now, next)), into: 'it is done with one of them' },
        remedies: [],
      };
}

const ROWS_MAX = 6;

const linksTable = (app: Client, now: Instant): WhyTable => ({
  heads: ['connection', 'state', 'why', 'until'],
  rows: app.links.slice(0, ROWS_MAX).map((link) => {
    const { index, state, until, tries, inbox, since } = link;
    const works = until >= 0;
    const waits = state === 'down' && app.running && tries > 0;
    return {
      mark: state === 'up' ? (works ? 'working' : 'idle') : 'no',
      name: linkName(app, index),
      state: works ? 'works' : state,
      reason: works
        ? `${inbox.length} handed over`
        : state === 'up'
          ? `connected for ${spanWords(now - since)}`
          : waits
            ? `${tries} ${tries === 1 ? 'try' : 'tries'}`
            : `since ${instantWords(since)}`,
      change: works ? instant(until) : waits ? nextTry(app, link) : state === 'up' ? 'now' : 'never',
    };
  }),
  more: Math.max(0, app.links.length - ROWS_MAX),
});
