/** The Query protocol: a form that names its `Action`, answered in XML. */
import type { ServiceDescription } from '../../contract/operation.ts';
import type { Refusal } from '../../engine/service.ts';
import { type Incoming, type Protocol, type Reply, WireRefusal } from '../exchange.ts';
import { operationNamed } from '../operationNamed.ts';
import { formOf, pairsOf, readForm } from '../wire/query.ts';
import { element, xmlEscaped, xmlMembers } from '../wire/xml.ts';
import type { WireService } from '../wireServices.ts';

/** What a request says in its query and in its body, which is a form. */
export function* parametersOf({ query, headers, body }: Incoming): Generator<readonly [string, string]> {
  yield* pairsOf(query);
  const isForm = (headers['content-type'] ?? FORM).startsWith(FORM);
  if (body.length > 0 && isForm) yield* pairsOf(UTF8.decode(body));
}

const FORM = 'application/x-www-form-urlencoded';
const UTF8 = new TextDecoder();

export function awsQuery(wire: WireService, service: ServiceDescription): Protocol {
  const { xmlns = '', version = '' } = wire.query ?? {};
  const style = { time: 'iso', millis: true } as const;
  return {
    read(incoming) {
      const form = formOf(withQueueOfPath(incoming, wire));
      const action = form.children.get('Action')?.text ?? '';
      const atQueue = wire.name === 'sqs' && QUEUE_PATH.test(incoming.path);
      if (action === '' && atQueue && incoming.method === 'GET') {
        throw new WireRefusal('UnknownOperationException', '', 404);
      }
      if (action === '') throw new WireRefusal('MissingAction', MISSING_ACTION);
      if (atQueue && NOT_AT_QUEUES.has(action)) {
        throw new WireRefusal('InvalidAction', unknownAction(wire, action, version));
      }
      const operation = operationNamed(service, action);
      if (operation === undefined) {
        const asked = form.children.get('Version')?.text ?? version;
        throw new WireRefusal('InvalidAction', unknownAction(wire, action, asked));
      }
      return { service, operation, input: readForm(form, operation.input) };
    },
    answer({ operation }, output, requestId) {
      const { name, output: shape } = operation;
      const content = xmlMembers(output, shape, style);
      // What gives nothing has no result; where the model has an empty structure, an empty one is written.
      const result = shape.schema.isUnitSchema() ? '' : element(`${name}Result`, content);
      const metadata = element('ResponseMetadata', element('RequestId', requestId));
      return xmlReply(200, element(`${name}Response`, result + metadata, ` xmlns="${xmlns}"`), requestId);
    },
    refuse: (refusal, requestId) =>
      refusal.code === 'UnknownOperationException'
        ? xmlReply(refusal.httpStatus, '<UnknownOperationException/>', requestId)
        : xmlReply(refusal.httpStatus, errorText(refusal, wire, requestId), requestId),
  };
}

/** Common errors of AWS. UNSURE: the sentence. */
const MISSING_ACTION = 'The request must contain the parameter Action.';

const unknownAction = ({ name }: WireService, action: string, version: string): string =>
  name === 'sqs'
    ? `The action ${action} is not valid for this endpoint.`
    : `Could not find operation ${action} for version ${version}`;

const QUEUE_PATH = /^\/(?:queue\/[^/]+\/)?\d{12}\/[^/]+\/?$/u;
/** They are about no queue, so they are not asked at the URL of one. */
const NOT_AT_QUEUES: ReadonlySet<string> = new Set(['CreateQueue', 'ListQueues']);

/** SQS: a request to the URL of a queue is about that queue. */
function* withQueueOfPath(incoming: Incoming, { name }: WireService): Generator<readonly [string, string]> {
  const isQueue = name === 'sqs' && QUEUE_PATH.test(incoming.path);
  if (isQueue) yield ['QueueUrl', `https://localhost${incoming.path}`];
  yield* parametersOf(incoming);
}

function errorText(refusal: Refusal, { name, query }: WireService, requestId: string): string {
  const { code, message, fault } = refusal;
  // The sentence of SQS is longer in this protocol, recorded from AWS.
  const said =
    name === 'sqs' && code === 'AWS.SimpleQueueService.NonExistentQueue'
      ? `${message.replace(/\.$/u, '')} for this wsdl version.`
      : message;
  const error =
    element('Type', fault === 'client' ? 'Sender' : 'Receiver') +
    element('Code', xmlEscaped(code)) +
    element('Message', xmlEscaped(said)) +
    (name === 'sqs' ? '<Detail/>' : '');
  const content = element('Error', error) + element('RequestId', requestId);
  return element('ErrorResponse', content, ` xmlns="${query?.xmlns ?? ''}"`);
}

const xmlReply = (status: number, text: string, requestId: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0"?>${text}`,
});
