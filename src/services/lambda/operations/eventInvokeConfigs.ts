/** How asynchronous calls are tried again, and where their end is told. */
import {
  DeleteFunctionEventInvokeConfig$,
  type DeleteFunctionEventInvokeConfigRequest,
  GetFunctionEventInvokeConfig$,
  type GetFunctionEventInvokeConfigRequest,
  ListFunctionEventInvokeConfigs$,
  type ListFunctionEventInvokeConfigsRequest,
  PutFunctionEventInvokeConfig$,
  type PutFunctionEventInvokeConfigRequest,
  UpdateFunctionEventInvokeConfig$,
  type UpdateFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../contract/arn.ts';
import { FUNCTION_NAME, lambdaOperation, MARKER, MAX_ITEMS, QUALIFIER } from '../define.ts';
import { invalidValue, notFound, outOfRange } from '../errors.ts';
import { ASYNC_AGE, ASYNC_RETRIES } from '../limits.ts';
import type { AsyncConfig, LambdaFunction, LambdaState } from '../model.ts';
import { functionOf } from '../rules/lookup.ts';

type Asked = PutFunctionEventInvokeConfigRequest;

const MEMBERS = {
  FunctionName: FUNCTION_NAME,
  Qualifier: QUALIFIER,
  MaximumRetryAttempts: { purpose: 'how often an event is tried again after an error', ...ASYNC_RETRIES },
  MaximumEventAgeInSeconds: { purpose: 'how old an event may get', ...ASYNC_AGE, unit: 's' },
  DestinationConfig: { purpose: 'where the end is told: OnFailure={Destination=ARN}' },
} as const;

function configOf(
  record: LambdaFunction,
  input: Asked,
  before: AsyncConfig | undefined,
  now: AsyncConfig['modified'],
): AsyncConfig {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig } = input;
  if (retries === undefined && age === undefined && DestinationConfig === undefined) {
    throw invalidValue('You must specify at least one of error handling or destination setting.');
  }
  inRange(retries, 'maximumRetryAttempts', ASYNC_RETRIES);
  inRange(age, 'maximumEventAgeInSeconds', ASYNC_AGE);
  const target = (name: 'OnSuccess' | 'OnFailure'): string | undefined => {
    const arn = DestinationConfig?.[name]?.Destination;
    if (arn === undefined || arn === '') return undefined;
    checkDestination(record, arn, name);
    return arn;
  };
  return Object.freeze({
    retries: retries ?? before?.retries,
    age: age ?? before?.age,
    onSuccess: DestinationConfig === undefined ? before?.onSuccess : target('OnSuccess'),
    onFailure: DestinationConfig === undefined ? before?.onFailure : target('OnFailure'),
    modified: now,
  });
}

function inRange(
  value: number | undefined,
  member: string,
  { min, max }: { min: number; max: number },
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw outOfRange(value, member, `Member must have value ${bound}`);
}

/** UNSURE: the sentences. AWS tries to send; here the kind of the target alone is looked at. */
function checkDestination(record: LambdaFunction, arn: string, name: string): void {
  const service = parseArn(arn)?.service;
  if (service === 'events' || service === 's3') {
    throw invalidValue(`not modelled: ${name} to ${service === 'events' ? 'EventBridge' : 'S3'}`, {
      why: 'A destination here is a queue, a topic or a function.',
    });
  }
  if ((service !== 'sqs' && service !== 'sns' && service !== 'lambda') || arn.endsWith('.fifo')) {
    throw invalidValue(`The provided destination config DestinationConfig(${name}) is invalid.`, {
      why: `${arn} is no ARN of a standard queue, a standard topic or a function.`,
    });
  }
  if (arn === record.arn) {
    throw invalidValue('The function cannot be its own destination.', {
      why: 'It would be called without end.',
    });
  }
}

/** As the API shows it; times in milliseconds since 1970. */
const shown = ({ epoch }: LambdaState, record: LambdaFunction, config: AsyncConfig): object => ({
  LastModified: epoch + config.modified,
  FunctionArn: `${record.arn}:$LATEST`,
  ...(config.retries !== undefined && { MaximumRetryAttempts: config.retries }),
  ...(config.age !== undefined && { MaximumEventAgeInSeconds: config.age }),
  DestinationConfig: {
    OnSuccess: config.onSuccess === undefined ? {} : { Destination: config.onSuccess },
    OnFailure: config.onFailure === undefined ? {} : { Destination: config.onFailure },
  },
});

const absent = ({ arn }: LambdaFunction) =>
  notFound(`The function ${arn}:$LATEST doesn't have an EventInvokeConfig`);

export const putFunctionEventInvokeConfig = lambdaOperation<PutFunctionEventInvokeConfigRequest>(
  PutFunctionEventInvokeConfig$,
  {
    summary: 'Sets how asynchronous calls are tried again, and where their end is told.',
    members: MEMBERS,
    handle(context, input) {
      const record = functionOf(context, input.FunctionName!, input.Qualifier);
      record.async = configOf(record, input, undefined, context.now);
      return shown(context.state, record, record.async);
    },
  },
);

export const updateFunctionEventInvokeConfig = lambdaOperation<UpdateFunctionEventInvokeConfigRequest>(
  UpdateFunctionEventInvokeConfig$,
  {
    summary: 'Changes some of how asynchronous calls are tried again.',
    members: MEMBERS,
    handle(context, input) {
      const record = functionOf(context, input.FunctionName!, input.Qualifier);
      if (record.async === undefined) throw absent(record);
      record.async = configOf(record, input, record.async, context.now);
      return shown(context.state, record, record.async);
    },
  },
);

export const getFunctionEventInvokeConfig = lambdaOperation<GetFunctionEventInvokeConfigRequest>(
  GetFunctionEventInvokeConfig$,
  {
    summary: 'Shows how asynchronous calls are tried again.',
    members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
    handle(context, { FunctionName, Qualifier }) {
      const record = functionOf(context, FunctionName!, Qualifier);
      if (record.async === undefined) throw absent(record);
      return shown(context.state, record, record.async);
    },
  },
);

export const listFunctionEventInvokeConfigs = lambdaOperation<ListFunctionEventInvokeConfigsRequest>(
  ListFunctionEventInvokeConfigs$,
  {
    summary: 'Lists how asynchronous calls of a function are tried again: one entry at most.',
    members: { FunctionName: FUNCTION_NAME, Marker: MARKER, MaxItems: MAX_ITEMS },
    handle(context, { FunctionName }) {
      const record = functionOf(context, FunctionName!);
      const { async } = record;
      return {
        FunctionEventInvokeConfigs: async === undefined ? [] : [shown(context.state, record, async)],
      };
    },
  },
);

export const deleteFunctionEventInvokeConfig = lambdaOperation<DeleteFunctionEventInvokeConfigRequest>(
  DeleteFunctionEventInvokeConfig$,
  {
    summary: 'Goes back to two retries, six hours, and no destination.',
    members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
    handle(context, { FunctionName, Qualifier }) {
      const record = functionOf(context, FunctionName!, Qualifier);
      if (record.async === undefined) throw absent(record);
      record.async = undefined;
      return {};
    },
  },
);
