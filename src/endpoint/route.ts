/**
 * Which service and which protocol a request speaks: by its target header, its path, its credential scope, its host,
 * its action. Any region is taken.
 */
import type { ServiceDescription } from '../contract/operation.ts';
import { type Credential, credentialOf } from './caller.ts';
import { type Incoming, type Protocol, WireRefusal } from './exchange.ts';
import { awsJson } from './protocols/awsJson.ts';
import { awsQuery, parametersOf } from './protocols/awsQuery.ts';
import { restJson } from './protocols/restJson.ts';
import { restXml } from './protocols/restXml.ts';
import { RPC_PATH, rpcCbor } from './protocols/rpcCbor.ts';
import { bucketOfHost } from './rest/buckets.ts';
import { signingName, WIRE_SERVICES, type WireService } from './wireServices.ts';

/** All protocols of a service. */
interface Spoken {
  readonly wire: WireService;
  readonly service: ServiceDescription;
  readonly json: Protocol;
  readonly cbor: Protocol;
  readonly query: Protocol;
  readonly rpc: Protocol;
  readonly rest: Protocol;
}

const OLD_CBOR = 'application/x-amz-cbor-1.1';

export class Router {
  readonly #all: readonly Spoken[];
  readonly #byTarget = new Map<string, Spoken>();
  readonly #bySigning = new Map<string, Spoken>();

  constructor(services: readonly ServiceDescription[]) {
    const byName = new Map(services.map((service) => [service.name, service]));
    this.#all = WIRE_SERVICES.flatMap((wire) => {
      const service = byName.get(wire.name);
      return service === undefined ? [] : [spoken(wire, service)];
    });
    for (const one of this.#all) {
      if (one.wire.target !== undefined) this.#byTarget.set(one.wire.target, one);
      this.#bySigning.set(signingName(one.wire), one);
    }
  }

  /** Throws WireRefusal where nobody here speaks that. */
  route(incoming: Incoming, credential: Credential | undefined = credentialOf(incoming)): Protocol {
    const { headers, path } = incoming;
    const type = headers['content-type'] ?? '';
    const rpc = RPC_PATH.exec(path)?.[1];
    if (rpc !== undefined && headers['smithy-protocol'] !== undefined) return this.#target(rpc).rpc;
    const target = headers['x-amz-target'];
    if (target !== undefined) {
      const one = this.#target(target.slice(0, Math.max(0, target.indexOf('.'))));
      return type.startsWith(OLD_CBOR) ? one.cbor : one.json;
    }
    if (credential !== undefined) {
      const one = this.#bySigning.get(credential.service);
      if (one === undefined) throw unknownService(credential.service);
      return this.#spokenTo(one, incoming);
    }
    return this.#unsigned(incoming);
  }

  #target(prefix: string): Spoken {
    const one = this.#byTarget.get(prefix);
    if (one === undefined)
      throw new WireRefusal('UnknownOperationException', prefix && `not modelled: ${prefix.slice(0, 80)}`);
    return one;
  }

  #spokenTo(one: Spoken, incoming: Incoming): Protocol {
    if (one.wire.rest !== undefined) return one.rest;
    if (one.wire.query !== undefined) return one.query;
    throw (incoming.headers['content-type'] ?? '').includes('json')
      ? new WireRefusal('UnknownOperationException', '')
      : new WireRefusal(
          'AccessDeniedException',
          'Unable to determine service/operation name to be authorized',
          403,
        );
  }

  /** Without a signature: by host, action or path; what is left is S3. */
  #unsigned(incoming: Incoming): Protocol {
    const { headers, path, method } = incoming;
    const host = (headers.host ?? '').replace(/:\d+$/u, '');
    const named = this.#bySigning.get(HOSTS[host.split('.')[0]!] ?? host.split('.')[0]!);
    if (named !== undefined && host.includes('.')) return this.#spokenTo(named, incoming);
    const parameters = method === 'POST' || incoming.query.includes('Action=') ? parametersOf(incoming) : [];
    let action: string | undefined;
    let version: string | undefined;
    for (const [name, value] of parameters) {
      if (name === 'Action') action = value;
      if (name === 'Version') version = value;
    }
    if (action !== undefined) return this.#acting(action, version);
    const rest = PATHS.find(([pattern]) => pattern.test(path))?.[1];
    if (rest !== undefined && bucketOfHost(host) === undefined) return this.#bySigning.get(rest)!.rest;
    if (method === 'POST' && (headers['content-type'] ?? '').includes('json')) {
      throw new WireRefusal('UnknownOperationException', '');
    }
    return this.#bySigning.get('s3')!.rest;
  }

  #acting(action: string, version: string | undefined): Protocol {
    const speaking = this.#all.filter(({ wire }) => wire.query !== undefined);
    const one =
      speaking.find(({ wire }) => wire.query?.version === version) ??
      speaking.find(({ service }) => service.operations.has(action));
    if (one === undefined)
      throw new WireRefusal('InvalidAction', `The action ${action} is not valid for this endpoint.`);
    return one.query;
  }
}

const HOSTS: Readonly<Record<string, string>> = { queue: 'sqs' };
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/(?:brokers|configurations|tags|broker-)/u, 'mq'],
  [/^\/20\d\d-\d\d-\d\d\//u, 'lambda'],
];

function spoken(wire: WireService, service: ServiceDescription): Spoken {
  return {
    wire,
    service,
    json: awsJson({ wire, service }, false),
    cbor: awsJson({ wire, service }, true),
    query: awsQuery(wire, service),
    rpc: rpcCbor(wire, service),
    rest: wire.rest === 'xml' ? restXml(service) : restJson(service),
  };
}

const unknownService = (name: string): WireRefusal =>
  new WireRefusal('NotImplemented', `not modelled: ${name}`, 501);

/** How a request that names no service is refused: in the form that it seems to speak. */
export function refusedWithoutService(
  incoming: Incoming,
  refusal: WireRefusal['refusal'],
  requestId: string,
) {
  const { headers } = incoming;
  const isJson = headers['x-amz-target'] !== undefined || (headers['content-type'] ?? '').includes('json');
  const nobody = { name: '', json: '1.1' } as const;
  const service = { operations: new Map() } as unknown as ServiceDescription;
  const protocol = isJson ? awsJson({ wire: nobody, service }, false) : awsQuery(nobody, service);
  return protocol.refuse(refusal, requestId, undefined);
}
