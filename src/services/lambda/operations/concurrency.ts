/** Reserved concurrency: so many calls at once are a function's own, and no more. */
import {
  DeleteFunctionConcurrency$,
  type DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrency$,
  type GetFunctionConcurrencyRequest,
  PutFunctionConcurrency$,
  type PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda';
import { FUNCTION_NAME, lambdaOperation } from '../define.ts';
import { invalidValue, outOfRange } from '../errors.ts';
import { emit } from '../events.ts';
import { unreservedMin } from '../limits.ts';
import { changed } from '../model.ts';
import { unreserved } from '../rules/executing.ts';
import { functionOf } from '../rules/lookup.ts';

export const putFunctionConcurrency = lambdaOperation<PutFunctionConcurrencyRequest>(
  PutFunctionConcurrency$,
  {
    summary: 'Reserves executions for a function: so many, and no more; 0 stops it.',
    members: {
      FunctionName: FUNCTION_NAME,
      ReservedConcurrentExecutions: { purpose: 'how many calls at once', min: 0, max: 900 },
    },
    handle(context, { FunctionName, ReservedConcurrentExecutions }) {
      const { state, now, caller } = context;
      const record = functionOf(context, FunctionName!);
      const wanted = ReservedConcurrentExecutions!;
      if (!Number.isInteger(wanted) || wanted < 0) {
        throw outOfRange(
          wanted,
          'reservedConcurrentExecutions',
          'Member must have value greater than or equal to 0',
        );
      }
      const left = unreserved(state, record.account).limit + (record.reserved ?? 0) - wanted;
      const least = unreservedMin(state.limits);
      if (left < least) {
        throw invalidValue(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`,
          { why: `${left + wanted} are not reserved; ${least} must stay so.` },
        );
      }
      record.reserved = wanted;
      changed(record, now);
      emit(context, { type: 'lambda/FunctionUpdated', by: caller.by, function: record.name });
      return { ReservedConcurrentExecutions: wanted };
    },
  },
);

export const getFunctionConcurrency = lambdaOperation<GetFunctionConcurrencyRequest>(
  GetFunctionConcurrency$,
  {
    summary: 'Shows how many executions are reserved for a function.',
    members: { FunctionName: FUNCTION_NAME },
    handle(context, { FunctionName }) {
      const { reserved } = functionOf(context, FunctionName!);
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
    },
  },
);

export const deleteFunctionConcurrency = lambdaOperation<DeleteFunctionConcurrencyRequest>(
  DeleteFunctionConcurrency$,
  {
    summary: 'Takes the reservation of a function away.',
    members: { FunctionName: FUNCTION_NAME },
    handle(context, { FunctionName }) {
      const record = functionOf(context, FunctionName!);
      record.reserved = undefined;
      changed(record, context.now);
      emit(context, { type: 'lambda/FunctionUpdated', by: context.caller.by, function: record.name });
      return {};
    },
  },
);
