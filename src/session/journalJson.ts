/**
 * Outside commands in a file, one line each, readable by a person:
 * `{"at":0,"by":"you","line":"aws sqs …","call":"sqs CreateQueue","input":{…}}`. Who asks is written out only where
 * it is not the world's own account over HTTPS.
 */
import type { AwsWorldSettings } from '../contract/world.ts';
import type { JournalEntry, Position } from '../engine/journal.ts';
import { fromPlainJson, toPlainJson } from '../engine/plainJson.ts';
import type { Caller, CallId } from '../engine/service.ts';
import { instant } from '../engine/units.ts';
import { type Place, ReadProblem } from './strictJson.ts';

const LINE_MAX = 2_000_000;

export function entryToJson(entry: JournalEntry, settings: AwsWorldSettings): object {
  const { at, line } = entry;
  const named = line === undefined ? {} : { line };
  if (entry.type === 'abandon') return { at, by: entry.by, ...named, abandon: entry.call };
  const { service, operation, input, caller } = entry.request;
  return {
    at,
    by: caller.by,
    ...named,
    call: `${service} ${operation}`,
    ...(caller.account === settings.account ? {} : { account: caller.account }),
    ...(caller.profile === 'default' ? {} : { profile: caller.profile }),
    ...(caller.secure ? {} : { plainHttp: true }),
    ...(caller.sourceArn === undefined ? {} : { sourceArn: caller.sourceArn }),
    ...(caller.remote === undefined ? {} : { remote: true }),
    input: toPlainJson(input),
  };
}

export interface JournalRules {
  readonly settings: AwsWorldSettings;
  /** Services that this program knows. */
  readonly services: readonly string[];
}

export function entryFromJson(place: Place, rules: JournalRules): JournalEntry {
  place.object([
    'at',
    'by',
    'line',
    'call',
    'account',
    'profile',
    'plainHttp',
    'sourceArn',
    'remote',
    'input',
    'abandon',
  ]);
  const at = instant(place.at('at').integer(0));
  const by = place.at('by').text(100);
  const line = place.optional('line', (item) => item.text(LINE_MAX));
  const named = line === undefined ? {} : { line };
  if (place.has('abandon')) {
    return { type: 'abandon', at, by, call: place.at('abandon').integer(1) as CallId, ...named };
  }
  const call = place.at('call').text(200);
  const [service = '', operation = '', ...rest] = call.split(' ');
  if (operation === '' || rest.length > 0)
    place.at('call').fail('a service and an operation, "sqs SendMessage"');
  if (!rules.services.includes(service)) {
    throw new ReadProblem(
      place.at('call').path,
      `service ${service} is not known; known are ${rules.services.join(', ')}`,
    );
  }
  const sourceArn = place.optional('sourceArn', (item) => item.text(2_000));
  const caller: Caller = {
    by,
    account: place.optional('account', (item) => item.text(20)) ?? rules.settings.account,
    profile: place.optional('profile', (item) => item.text(100)) ?? 'default',
    secure: place.optional('plainHttp', (item) => item.boolean()) !== true,
    ...(sourceArn === undefined ? {} : { sourceArn }),
    ...(place.optional('remote', (item) => item.boolean()) === true ? { remote: true } : {}),
  };
  const input = fromPlainJson(place.at('input').record()) as object;
  return { type: 'request', at, request: { service, operation, input, caller }, ...named };
}

export const positionToJson = ({ at, commands }: Position): object => ({ at, commands });

export function positionFromJson(place: Place): Position {
  place.object(['at', 'commands']);
  return { at: instant(place.at('at').integer(0)), commands: place.at('commands').integer(0) };
}
