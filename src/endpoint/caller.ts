/**
 * Who calls: the account and the profile from the access key, the name on the stage from the User-Agent. Signatures
 * are not checked: whoever reaches the port may call.
 */
import type { Caller } from '../engine/service.ts';
import type { Incoming } from './exchange.ts';

/** Where a request says who signed it: a header, or a query (presigned). */
export interface Credential {
  readonly accessKey: string;
  readonly region: string;
  /** The service's name in the credential scope. */
  readonly service: string;
}

const HEADER = /Credential=([^,\s]+)/u;
const QUERY = /(?:^|&)X-Amz-Credential=([^&]+)/u;

export function credentialOf({ headers, query }: Incoming): Credential | undefined {
  const header = HEADER.exec(headers.authorization ?? '')?.[1];
  const presigned = header === undefined ? QUERY.exec(query)?.[1]?.replaceAll(/%2F/giu, '/') : undefined;
  const parts = (header ?? presigned)?.split('/');
  // An access key holds no slash; the scope has four words: date, region, service, aws4_request.
  if (parts === undefined || parts.length < 5) return undefined;
  const [accessKey = '', , region = '', service = ''] = parts;
  return { accessKey, region, service };
}

export interface Accounts {
  /** Of keys that name no account. */
  readonly account: string;
  /** Is there an IAM user of that name in the world? */
  isUser(account: string, name: string): boolean;
  /** The user of an access key that IAM gave out. */
  ownerOf?(key: string): { readonly account: string; readonly user: string } | undefined;
}

export function callerOf(incoming: Incoming, credential: Credential | undefined, accounts: Accounts): Caller {
  const key = credential?.accessKey ?? '';
  const owner = key.startsWith('AKIA') ? accounts.ownerOf?.(key) : undefined;
  const account = owner?.account ?? (/^\d{12}$/u.test(key) ? key : accounts.account);
  const profile =
    owner?.user ?? (key !== account && USER.test(key) && accounts.isUser(account, key) ? key : 'default');
  // The way over loopback stands for HTTPS.
  return {
    by: clientName(incoming.headers['user-agent'], key),
    account,
    profile,
    secure: true,
    remote: true,
  };
}

const USER = /^[\w+=,.@-]{1,64}$/u;

/** The first that a User-Agent holds names the client. */
const CLIENTS: readonly (readonly [RegExp, string])[] = [
  [/\bTerraform\b/iu, 'terraform'],
  [/^aws-cli\//u, 'aws-cli'],
  [/^Boto3\//u, 'boto3'],
  [/^Botocore\//u, 'botocore'],
  [/^aws-sdk-js\//u, 'js-sdk'],
  [/^aws-sdk-nodejs\//u, 'js-sdk'],
  [/^aws-sdk-java\//u, 'java-sdk'],
  [/^aws-sdk-kotlin\//u, 'kotlin-sdk'],
  [/^aws-sdk-go/u, 'go-sdk'],
  [/^aws-sdk-dotnet/u, 'dotnet-sdk'],
  [/^aws-sdk-php/u, 'php-sdk'],
  [/^aws-sdk-ruby/u, 'ruby-sdk'],
  [/^aws-sdk-rust/u, 'rust-sdk'],
  [/^aws-sdk-swift/u, 'swift-sdk'],
];

const NAME_MAX = 24;

/** What an app calls itself (`AWS_SDK_UA_APP_ID`), else the SDK, else its access key. Small letters, digits and hyphens only. */
function clientName(agent = '', accessKey = ''): string {
  const own = /\bapp\/([A-Za-z0-9_-]{1,50})/u.exec(agent)?.[1];
  const known =
    own ??
    CLIENTS.find(([pattern]) => pattern.test(agent))?.[1] ??
    /^[A-Za-z0-9._-]+/u.exec(agent)?.[0] ??
    accessKey;
  const name = known
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, NAME_MAX)
    .replaceAll(/^-|-$/gu, '');
  // `you` is the person at the prompt.
  return name === '' || name === 'you' ? 'client' : name;
}
