/** Why a real client has no answer yet: a person holds its request at the door, or its long poll waits. */
import { helps, lasting, mayHelp, moment, type Why, worded } from '../contract/why.ts';
import { type Instant, instant } from '../engine/units.ts';
import { callText } from '../projection/clientView.ts';
import type { ClientsAtDoor, HeldCall, WaitingCall } from './clientTypes.ts';

/** Undefined: it has all its answers. */
export function whyWaiting(
  { held, waiting }: Pick<ClientsAtDoor, 'held' | 'waiting'>,
  name: string,
  now: Instant,
): Why | undefined {
  const ofIt = ({ request }: WaitingCall): boolean => request.caller.by === name;
  const stopped = held.find(ofIt);
  if (stopped !== undefined) return whyHeld(stopped, name, now);
  const parked = waiting.find(ofIt);
  return parked && whyParked(parked, name, now);
}

function whyHeld(call: HeldCall, name: string, now: Instant): Why {
  const { request, number, since } = call;
  return {
    title: `${request.operation} of ${name} is held at the door`,
    answer: `You hold what ${name} sends: request ${number} has not reached the world.`,
    at: now,
    rule: {
      name: 'playground/held',
      says: 'A held request is no command of the world until it is let in; its client waits on its connection.',
      page: 'msg-playground',
    },
    values: [
      { label: 'request', is: worded(callText(call)) },
      { label: 'held since', is: moment(since) },
    ],
    changes: { by: 'act', into: 'an answer of the world, or an error that is worth another try' },
    remedies: [
      helps('let it in', `client release ${number}`),
      helps('turn it away: an SDK tries again', `client refuse ${number}`),
      helps('let in all of it, and hold no more', `client release ${name}`),
    ],
    ...(call.about !== undefined && { see: [call.about] }),
  };
}

/** Seconds that a long poll asks for, where it does itself. */
function asked({ request }: WaitingCall): number | undefined {
  const { WaitTimeSeconds } = request.input as { readonly WaitTimeSeconds?: unknown };
  return typeof WaitTimeSeconds === 'number' ? WaitTimeSeconds * 1_000 : undefined;
}

function whyParked(call: WaitingCall, name: string, now: Instant): Why {
  const { request, since, about } = call;
  const wait = asked(call);
  const at = about ?? request.service;
  const queue = about?.startsWith('queue/') === true ? about.slice('queue/'.length) : undefined;
  return {
    title: `${request.operation} of ${name} waits at ${at}`,
    answer: `${name} polls ${at} and waits: nothing that it may take has come yet.`,
    at: now,
    rule: {
      name: 'sqs/long-polling',
      says: 'A long poll asks all hosts and waits for a message, for as long as it was told to, 20 s at most.',
      page: 'SQS Developer Guide: Short and long polling',
    },
    values: [
      {
        label: 'has waited',
        is: lasting(now - since),
        ...(wait !== undefined && { against: { label: 'at most', is: lasting(wait) } }),
      },
    ],
    changes:
      wait === undefined
        ? { by: 'act', into: 'an answer: when a message can be taken' }
        : { by: 'time', at: instant(since + wait), into: 'an empty answer' },
    remedies: [
      queue === undefined
        ? mayHelp('something to take')
        : helps(
            'a message that can be taken',
            `aws sqs send-message --queue-url ${queue} --message-body hello`,
          ),
    ],
    ...(about !== undefined && { see: [about] }),
  };
}
