/** The condition keys of a call. IAM User Guide, AWS global condition context keys. */
import type { Caller } from '../engine/service.ts';
import type { Instant } from '../engine/units.ts';
import type { Need } from './access.ts';
import { parseArn } from './arn.ts';
import { uniqueId } from './identity.ts';
import type { Principal, RequestKeys } from './policy/request.ts';
import { type AwsWorldSettings, toUtc } from './world.ts';

/** SIMPLER THAN AWS: everybody calls from this address. RFC 5737 keeps it free for examples. */
export const SOURCE_IP = '203.0.113.10';

interface Asked {
  readonly need: Need;
  readonly caller: Caller;
  readonly principal: Principal;
  readonly now: Instant;
  readonly settings: AwsWorldSettings;
}

type Key = (asked: Asked) => string | undefined;

const NAME_AT = 'user/';
const userName = ({ type, arn }: Principal): string | undefined =>
  type === 'user' ? arn.slice(arn.indexOf(NAME_AT) + NAME_AT.length) : undefined;
const ofService = ({ principal }: Asked): boolean => principal.type === 'service';

/** By name in lower case. */
const KEYS: Readonly<Record<string, Key>> = {
  'aws:securetransport': ({ caller }) => String(caller.secure),
  'aws:sourcearn': ({ caller }) => caller.sourceArn,
  'aws:sourceaccount': (asked) => {
    if (!ofService(asked)) return undefined;
    const { sourceArn = '', account } = asked.caller;
    return parseArn(sourceArn)?.account || account;
  },
  'aws:principalarn': (asked) => (ofService(asked) ? undefined : asked.principal.arn),
  'aws:principalaccount': (asked) => (ofService(asked) ? undefined : asked.principal.account),
  'aws:principaltype': ({ principal }) =>
    ({ root: 'Account', user: 'User', service: undefined })[principal.type],
  'aws:principalisawsservice': (asked) => String(ofService(asked)),
  'aws:principalservicename': (asked) => (ofService(asked) ? asked.principal.arn : undefined),
  'aws:username': ({ principal }) => userName(principal),
  'aws:userid': ({ principal }) => {
    const name = userName(principal);
    if (name !== undefined) return uniqueId('AIDA', principal.account, name);
    return principal.type === 'root' ? principal.account : undefined;
  },
  'aws:currenttime': ({ settings, now }) => isoSeconds(toUtc(settings, now)),
  'aws:epochtime': ({ settings, now }) => String(Math.floor(toUtc(settings, now) / 1000)),
  'aws:sourceip': (asked) => (ofService(asked) ? undefined : SOURCE_IP),
  'aws:requestedregion': ({ settings }) => settings.region,
  'aws:resourceaccount': ({ need }) => need.account,
  'aws:viaawsservice': () => 'false',
};

export function requestKeys(asked: Asked): RequestKeys {
  const { keys = {} } = asked.need;
  return {
    key: (name) =>
      Object.hasOwn(keys, name) ? keys[name] : Object.hasOwn(KEYS, name) ? KEYS[name]!(asked) : undefined,
  };
}

const isoSeconds = (utc: number): string => `${new Date(utc).toISOString().slice(0, 19)}Z`;
