/** The options that every command of the AWS CLI takes (`awscli/data/cli.json`), and what they mean here. */
import { CliFailure, type FailureDetail, GENERAL_EXIT, notModelled, type Range } from './cliFailure.ts';
import type { Asked, Surroundings } from './console.ts';
import { didYouMean } from './didYouMean.ts';
import type { OptionSpec, ParsedArguments } from './python/argparse.ts';
import { compileQuery, type Query } from './query.ts';

const OUTPUT_FORMATS = ['json', 'text', 'table', 'yaml', 'yaml-stream'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface GlobalOption extends OptionSpec {
  readonly purpose: string;
  /** For completion: an example of a value. */
  readonly example?: string;
  /** Refused by name; the words say what there is instead. */
  readonly refused?: string;
}

const flag = (name: string, dest: string, constant: boolean) =>
  ({ flag: name, dest, takes: 'none', constant }) as const;
const valued = (name: string, dest: string) => ({ flag: name, dest, takes: 'one' }) as const;
const NO_NETWORK = 'there is no network here';

/** In the AWS CLI's order. */
export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  {
    ...flag('--debug', 'debug', true),
    purpose: 'turn on debug logging',
    refused: 'the Events pane shows what happens',
  },
  { ...valued('--endpoint-url', 'endpoint_url'), purpose: 'send the call to this URL', example: 'http://…' },
  {
    ...flag('--no-verify-ssl', 'verify_ssl', false),
    purpose: 'do not verify certificates',
    refused: NO_NETWORK,
  },
  { ...flag('--no-paginate', 'paginate', false), purpose: 'ask for one page only' },
  {
    ...valued('--output', 'output'),
    choices: OUTPUT_FORMATS,
    purpose: 'the form of the answer',
    example: 'text',
  },
  {
    ...valued('--query', 'query'),
    purpose: 'a JMESPath that picks from the answer',
    example: "'Messages[0].Body'",
  },
  { ...valued('--profile', 'profile'), purpose: 'who calls: a profile of the world', example: 'partner' },
  { ...valued('--region', 'region'), purpose: 'the region', example: 'us-east-1' },
  {
    ...flag('--version', 'version', true),
    purpose: 'the version',
    refused: 'msg-playground --version says it',
  },
  {
    ...valued('--color', 'color'),
    choices: ['on', 'off', 'auto'],
    purpose: 'colours in tables',
    example: 'off',
  },
  {
    ...flag('--no-sign-request', 'sign_request', false),
    purpose: 'do not sign',
    refused: 'calls without a caller',
  },
  { ...valued('--ca-bundle', 'ca_bundle'), purpose: 'a certificate bundle', refused: NO_NETWORK },
  { ...valued('--cli-read-timeout', 'read_timeout'), purpose: 'socket timeout', refused: NO_NETWORK },
  { ...valued('--cli-connect-timeout', 'connect_timeout'), purpose: 'socket timeout', refused: NO_NETWORK },
  {
    ...valued('--cli-binary-format', 'cli_binary_format'),
    choices: ['base64', 'raw-in-base64-out'],
    purpose: 'how binary values are typed',
    example: 'raw-in-base64-out',
  },
  { ...flag('--no-cli-pager', 'no_cli_pager', true), purpose: 'no pager; there is none here' },
  {
    ...flag('--cli-auto-prompt', 'cli_auto_prompt', true),
    purpose: 'ask for values',
    refused: 'n opens a form',
  },
  {
    ...flag('--no-cli-auto-prompt', 'no_cli_auto_prompt', true),
    purpose: 'no auto-prompt; there is none here',
  },
];

/** What the global options of one line say. */
export interface CallSettings {
  readonly output: OutputFormat;
  readonly query: Query | undefined;
  readonly paginate: boolean;
  readonly profile: string;
  readonly account: string;
  /** False: over plain HTTP. */
  readonly secure: boolean;
  readonly rawBlobs: boolean;
  /** To a real endpoint: what the line itself says. */
  readonly asked?: Asked;
}

/** Throws CliFailure. */
export function readGlobalOptions(parsed: ParsedArguments, surroundings: Surroundings): CallSettings {
  for (const option of GLOBAL_OPTIONS) {
    if (option.refused !== undefined && parsed.values.has(option.dest)) {
      throw notModelled(option.flag, { why: option.refused, at: parsed.places.get(option.dest) });
    }
  }
  const text = (dest: string): string | undefined => {
    const value = parsed.values.get(dest);
    return typeof value === 'string' ? value : undefined;
  };
  const at = (dest: string): FailureDetail => ({ at: parsed.places.get(dest) });
  if (text('color') === 'on') throw notModelled('--color on', at('color'));
  const region = text('region');
  const { endpoint } = surroundings;
  if (region !== undefined && region !== surroundings.region && endpoint === undefined) {
    throw notModelled(`other regions than ${surroundings.region}`, at('region'));
  }
  const profile = text('profile') ?? 'default';
  const { profiles } = surroundings;
  const account = profiles.get(profile);
  if (account === undefined) {
    throw new CliFailure(`The config profile (${profile}) could not be found`, GENERAL_EXIT, {
      ...at('profile'),
      didYouMean: didYouMean(profile, [...profiles.keys()]),
      why: `profiles ${endpoint === undefined ? 'of this world' : 'in your AWS settings'}: ${[...profiles.keys()].join(', ')}`,
    });
  }
  const url = text('endpoint_url');
  if (endpoint !== undefined && url !== undefined && url !== endpoint) {
    throw notModelled('another --endpoint-url in a line', {
      ...at('endpoint_url'),
      why: `all lines of this run go to ${endpoint}`,
    });
  }
  const query = text('query');
  return {
    output: (text('output') ?? 'json') as OutputFormat,
    query: query === undefined ? undefined : compileQuery(query, parsed.places.get('query')),
    paginate: parsed.values.get('paginate') !== false,
    profile,
    account,
    secure: isSecure(url, parsed.places.get('endpoint_url')),
    rawBlobs: text('cli_binary_format') === 'raw-in-base64-out',
    ...(endpoint === undefined ? {} : { asked: askedOf(text('profile'), region) }),
  };
}

const askedOf = (profile: string | undefined, region: string | undefined): Asked => ({
  ...(profile === undefined ? {} : { profile }),
  ...(region === undefined ? {} : { region }),
});

function isSecure(url: string | undefined, at: Range | undefined): boolean {
  if (url === undefined) return true;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    throw new CliFailure(
      `Bad value for --endpoint-url "${url}": scheme is missing.  Must be of the form ` +
        'http://<hostname>/ or https://<hostname>/',
      undefined,
      { at },
    );
  }
  return scheme !== 'http';
}
