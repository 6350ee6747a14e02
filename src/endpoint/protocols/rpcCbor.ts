/** Smithy RPC v2 with CBOR: the operation is in the path. CloudWatch speaks it. */
import type { ServiceDescription } from '../../contract/operation.ts';
import { type Incoming, type Protocol, WireRefusal } from '../exchange.ts';
import { operationNamed } from '../operationNamed.ts';
import { cborBytes, cborOfPlain, cborValue, readCbor } from '../wire/cbor.ts';
import type { WireService } from '../wireServices.ts';
import { errorBody, queryErrorOf } from './awsJson.ts';

const SECONDS = 1_000;
export const RPC_PATH = /^\/service\/([A-Za-z0-9_]+)\/operation\/([A-Za-z0-9_]+)$/u;

export function rpcCbor(wire: WireService, service: ServiceDescription): Protocol {
  const headers = (requestId: string): Readonly<Record<string, string>> => ({
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  });
  return {
    read({ path, body }: Incoming) {
      const [, , name = ''] = RPC_PATH.exec(path) ?? [];
      const operation = operationNamed(service, name);
      if (operation === undefined) throw new WireRefusal('UnknownOperationException', '', 404);
      const input = readCbor(cborValue(body), operation.input, SECONDS) ?? {};
      return { service, operation, input };
    },
    answer: ({ operation }, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: cborBytes(output, operation.output, SECONDS),
    }),
    refuse: (refusal, requestId) => ({
      status: refusal.httpStatus,
      headers: { ...headers(requestId), ...queryErrorOf(refusal, wire) },
      body: cborOfPlain(errorBody(refusal, wire)),
    }),
  };
}
