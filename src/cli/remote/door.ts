/** One call to a real endpoint: from a line's request to the outcome that the line is resumed with. */
import { CliFailure, CONFIGURATION_EXIT, GENERAL_EXIT } from '../../command/cliFailure.ts';
import type { Asked } from '../../command/console.ts';
import type { Catalog } from '../../command/lineContext.ts';
import type { Shape } from '../../contract/shape.ts';
import type { Outcome, Refusal, Request } from '../../engine/service.ts';
import { type AnyClient, clientOf, commandOf, hasClient } from './clients.ts';
import type { AwsSettings } from './settings.ts';

/** The person stopped it, or its time ran out with the process. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface DoorSettings {
  /** Undefined: AWS's own. */
  readonly endpoint: string | undefined;
  /** `--profile` of the run; the environment's stays with the SDK. */
  readonly profile: string | undefined;
  readonly aws: AwsSettings;
  readonly catalog: Catalog;
}

/** Who calls: of a server without STS only the key is known. */
export interface Identity {
  readonly account?: string;
  readonly arn?: string;
  readonly keyEnd: string;
}

export class RemoteDoor {
  readonly #settings: DoorSettings;
  readonly #clients = new Map<string, AnyClient>();

  constructor(settings: DoorSettings) {
    this.#settings = settings;
  }

  /** Throws CliFailure where the AWS CLI would: no region, no credentials, nobody there. */
  async identity(signal: AbortSignal): Promise<Identity> {
    const { accessKeyId } = await this.#client('sts', {})
      .config.credentials()
      .catch((error: unknown) => {
        throw failureOf(error, this.#address('sts'));
      });
    const keyEnd = accessKeyId.slice(-4);
    const request = { service: 'sts', operation: 'GetCallerIdentity', input: {} };
    const outcome = await this.send(request, {}, signal);
    if (!outcome.ok) return { keyEnd };
    const { Account: account, Arn: arn } = outcome.output as { Account?: string; Arn?: string };
    return { keyEnd, ...(account !== undefined && { account }), ...(arn !== undefined && { arn }) };
  }

  /** Throws CliFailure and Interrupted. */
  async send(
    request: Omit<Request, 'caller'>,
    asked: Asked,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const { service, operation, input } = request;
    const found = this.#settings.catalog.get(service)?.operations.get(operation);
    if (found?.schema === undefined || !hasClient(service)) {
      throw new CliFailure(`not modelled: ${service} over --endpoint-url`);
    }
    const command = commandOf(service, operation, found.schema, toSdk(input, found.input) as object);
    try {
      const options = signal === undefined ? {} : { abortSignal: signal };
      const answer = await this.#client(service, asked).send(command, options);
      return { ok: true, output: (await fromSdk(answer)) as object };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== undefined) return { ok: false, refusal };
      if (signal?.aborted === true) throw new Interrupted();
      throw failureOf(error, this.#address(service));
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  #address(service: string): string {
    return `${this.#endpoint(service) ?? `https://${service}.amazonaws.com`}/`;
  }

  /** At one service's endpoint of AWS, who calls is asked of STS. */
  #endpoint(service: string): string | undefined {
    const { endpoint } = this.#settings;
    const isAws = endpoint !== undefined && /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
    return service === 'sts' && isAws ? undefined : endpoint;
  }

  #client(service: string, asked: Asked): AnyClient {
    const { aws, profile: own } = this.#settings;
    const profile = asked.profile ?? own;
    const region = asked.region ?? aws.region(profile);
    const key = JSON.stringify([service, profile, region]);
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const endpoint = this.#endpoint(service);
    const client = clientOf(service, {
      region,
      ...(endpoint !== undefined && { endpoint }),
      ...(profile !== undefined && { profile }),
    });
    this.#clients.set(key, client);
    return client;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Times are milliseconds here and dates there. */
function toSdk(value: unknown, shape: Shape): unknown {
  if (shape.type === 'timestamp') return typeof value === 'number' ? new Date(value) : value;
  if (shape.type === 'list' && Array.isArray(value)) return value.map((item) => toSdk(item, shape.member));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value);
  if (shape.type === 'map')
    return Object.fromEntries(entries.map(([key, item]) => [key, toSdk(item, shape.value)]));
  if (shape.type !== 'structure') return value;
  const members = new Map(shape.members.map((member) => [member.name, member]));
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const member = members.get(name);
      return [name, member === undefined ? item : toSdk(item, member.shape())];
    }),
  );
}

interface Streamed {
  transformToByteArray(): Promise<Uint8Array>;
}

const isStreamed = (value: object): value is Streamed =>
  typeof (value as Partial<Streamed>).transformToByteArray === 'function';

async function fromSdk(value: unknown): Promise<unknown> {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isStreamed(value)) return value.transformToByteArray();
  if (Array.isArray(value)) return Promise.all(value.map(fromSdk));
  const entries = Object.entries(value).filter(([name]) => name !== '$metadata');
  return Object.fromEntries(
    await Promise.all(entries.map(async ([name, item]) => [name, await fromSdk(item)])),
  );
}

/** What the server said no with; undefined: it did not answer. */
function refusalOf(error: unknown): Refusal | undefined {
  const { $metadata, $fault, $response, Code, Error: inner, name, message } = error as Fields;
  const { httpStatusCode } = ($metadata ?? {}) as Fields;
  const status = httpStatusCode ?? (($response ?? {}) as Fields).statusCode;
  if (typeof status !== 'number' || status < 300) return undefined;
  const code = Code ?? ((inner ?? {}) as Fields).Code ?? name;
  return {
    code: String(code),
    message: String(message ?? ''),
    httpStatus: status,
    fault: $fault === 'server' ? 'server' : 'client',
  };
}

const NOBODY = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'EPIPE',
];

/** In the AWS CLI's words, as far as it has some. */
function failureOf(error: unknown, url: string): CliFailure {
  if (error instanceof CliFailure) return error;
  const { name, code, message } = error as Fields;
  if (name === 'CredentialsProviderError') {
    const text = 'Unable to locate credentials. You can configure credentials by running "aws configure".';
    return new CliFailure(text, CONFIGURATION_EXIT, { why: String(message).split('\n')[0] });
  }
  if (NOBODY.includes(String(code))) {
    return new CliFailure(`Could not connect to the endpoint URL: "${url}"`, GENERAL_EXIT);
  }
  if (name === 'TimeoutError')
    return new CliFailure(`Connect timeout on endpoint URL: "${url}"`, GENERAL_EXIT);
  return new CliFailure(String(message ?? error), GENERAL_EXIT, {
    why: `the answer of ${url} is not understood`,
  });
}
