import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { ACCOUNT, fn, functionArn, functions, invoked, queueArn, ROLE } from '../../support/functions.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:orders`;

describe('a function', () => {
  it('is made with what the handler does, and answers', () => {
    const w = functions();
    expect(fn(w, 'orders', 'echo')).toBe(functionArn('orders'));
    const { StatusCode, Payload, ExecutedVersion, FunctionError } = invoked(w, 'orders', { a: [1] });
    expect({ StatusCode, Payload, ExecutedVersion, FunctionError }).toEqual({
      StatusCode: 200,
      Payload: '{"a":[1]}',
      ExecutedVersion: '$LATEST',
      FunctionError: undefined,
    });
    expect(w.events('lambda/Invoked')).toMatchObject([
      { function: 'orders', by: 'you', invocation: 'RequestResponse' },
    ]);
  });

  it('is refused with a handler that is none of the set, by name', () => {
    const w = functions();
    const input = {
      FunctionName: 'a',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: {},
    };
    const { message, why } = w.refusal('CreateFunction', input, 'lambda');
    expect(message).toBe('not modelled: the handler index.handler');
    expect(why).toContain('fail-some');
  });

  it('cannot be made twice, nor called when it is not there', () => {
    const w = functions();
    fn(w, 'orders', 'ok');
    expect(
      w.refusal(
        'CreateFunction',
        { FunctionName: 'orders', Role: ROLE, Runtime: 'nodejs22.x', Handler: 'ok', Code: {} },
        'lambda',
      ),
    ).toMatchObject({ code: 'ResourceConflictException', message: 'Function already exist: orders' });
    expect(w.refusal('Invoke', { FunctionName: 'none' }, 'lambda')).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${functionArn('none')}`,
      httpStatus: 404,
    });
  });

  it('that fails answers 200 and says so', () => {
    const w = functions();
    fn(w, 'orders', 'fail');
    const { StatusCode, FunctionError, Payload } = invoked(w, 'orders');
    expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
    expect(JSON.parse(Payload).errorType).toBe('Error');
  });

  it('that is slower than its timeout is stopped exactly then', () => {
    const w = functions();
    fn(w, 'orders', 'slow', { Timeout: 2 });
    const call = w.start('Invoke', { FunctionName: 'orders' }, 'lambda');
    w.afterMs(1_999 as never);
    expect(w.answer(call)).toBeUndefined();
    w.afterMs(1 as never);
    expect(w.answer(call)?.outcome).toMatchObject({ ok: true, output: { FunctionError: 'Unhandled' } });
    expect(w.events('lambda/Invoked')[0]?.error).toMatch(/Task timed out after 2\.00 seconds$/);
  });

  it('takes no more calls at once than are reserved for it', () => {
    const w = functions();
    fn(w, 'orders', 'slow', { Timeout: 20 });
    w.call('PutFunctionConcurrency', { FunctionName: 'orders', ReservedConcurrentExecutions: 2 }, 'lambda');
    w.start('Invoke', { FunctionName: 'orders' }, 'lambda');
    w.start('Invoke', { FunctionName: 'orders' }, 'lambda');
    const refusal = w.refusal('Invoke', { FunctionName: 'orders' }, 'lambda');
    expect(refusal).toMatchObject({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      httpStatus: 429,
    });
    w.after(seconds(20));
    w.start('Invoke', { FunctionName: 'orders' }, 'lambda');
    expect(w.view('lambda')[0]?.fields).toMatchObject({ invocations: 3, throttles: 1, running: 1 });
  });

  it('leaves 100 executions to functions without a reservation', () => {
    const w = functions();
    fn(w, 'orders', 'ok');
    const reserve = (ReservedConcurrentExecutions: number) => ({
      FunctionName: 'orders',
      ReservedConcurrentExecutions,
    });
    expect(w.refusal('PutFunctionConcurrency', reserve(901), 'lambda').message).toContain(
      'minimum value of [100]',
    );
    w.call('PutFunctionConcurrency', reserve(900), 'lambda');
  });

  it('needs a statement of its own policy to be called by a service', () => {
    const w = functions();
    fn(w, 'orders', 'ok');
    const sns = { by: 'sns.amazonaws.com', account: '', profile: 'sns.amazonaws.com', sourceArn: TOPIC };
    const event = { FunctionName: functionArn('orders'), InvocationType: 'Event' };
    const allow = { FunctionName: 'orders', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' };
    w.call('AddPermission', { ...allow, StatementId: 'a', SourceArn: `${TOPIC}-other` }, 'lambda');
    const you = { by: 'you', account: ACCOUNT, profile: 'default' };
    expect(w.as(sns).refusal('Invoke', event, 'lambda').code).toBe('AccessDeniedException');
    w.as(you).call('AddPermission', { ...allow, StatementId: 'b', SourceArn: TOPIC }, 'lambda');
    expect(w.as(sns).call('Invoke', event, 'lambda').StatusCode).toBe(202);
  });

  it('charges again for what comes again, unless it is idempotent', () => {
    const w = functions();
    fn(w, 'plain', 'charge');
    fn(w, 'careful', 'idempotent-charge');
    for (const name of ['plain', 'careful', 'plain', 'careful']) invoked(w, name, { order: 1 });
    const figures = w
      .view('lambda')
      .map(({ name, fields }) => [name, fields.effects, fields.repeatedEffects]);
    expect(figures).toEqual([
      ['plain', 2, 1],
      ['careful', 1, 0],
    ]);
  });
});

describe('an asynchronous call', () => {
  const tries = (w: ReturnType<typeof functions>): number[] =>
    w.events('lambda/Invoked').map(({ at, durationMs }) => at - Number(durationMs));

  it('that fails is tried again after one minute and two more, and then told of (T9)', () => {
    const w = functions();
    fn(w, 'orders', 'fail', { Environment: { Variables: { DURATION_MS: '0' } } });
    const dead = w.queue('dead');
    w.call(
      'PutFunctionEventInvokeConfig',
      { FunctionName: 'orders', DestinationConfig: { OnFailure: { Destination: queueArn('dead') } } },
      'lambda',
    );
    const Payload = new TextEncoder().encode('{"order":7}');
    w.call('Invoke', { FunctionName: 'orders', InvocationType: 'Event', Payload }, 'lambda');
    w.after(seconds(600));
    expect(tries(w)).toEqual([0, 60_000, 180_000]);
    const body = JSON.parse(w.bodies(dead)[0]!);
    expect(body).toMatchObject({
      version: '1.0',
      requestContext: {
        functionArn: `${functionArn('orders')}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { order: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error' },
    });
  });

  it('with no retries ends after the first, in the dead-letter queue with three attributes', () => {
    const w = functions();
    const dead = w.queue('dead');
    fn(w, 'orders', 'fail', { DeadLetterConfig: { TargetArn: queueArn('dead') } });
    w.call('PutFunctionEventInvokeConfig', { FunctionName: 'orders', MaximumRetryAttempts: 0 }, 'lambda');
    w.call('Invoke', { FunctionName: 'orders', InvocationType: 'Event', Payload: '{"order":7}' }, 'lambda');
    w.after(seconds(600));
    expect(tries(w)).toHaveLength(1);
    const [message] = w.receive(dead, { MessageAttributeNames: ['All'] });
    expect(message.Body).toBe('{"order":7}');
    expect(Object.keys(message.MessageAttributes).sort()).toEqual(['ErrorCode', 'ErrorMessage', 'RequestID']);
    expect(message.MessageAttributes.ErrorCode.StringValue).toBe('200');
  });

  it('that is throttled waits one second, then twice as long each time, until its age', () => {
    const w = functions();
    const dead = w.queue('dead');
    fn(w, 'orders', 'ok');
    w.call('PutFunctionConcurrency', { FunctionName: 'orders', ReservedConcurrentExecutions: 0 }, 'lambda');
    w.call(
      'PutFunctionEventInvokeConfig',
      {
        FunctionName: 'orders',
        MaximumEventAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination: queueArn('dead') } },
      },
      'lambda',
    );
    w.call('Invoke', { FunctionName: 'orders', InvocationType: 'Event' }, 'lambda');
    w.after(seconds(600));
    expect(w.events('lambda/Throttled').map(({ at }) => at)).toEqual([
      0, 1_000, 3_000, 7_000, 15_000, 31_000,
    ]);
    const { requestContext, responseContext } = JSON.parse(w.bodies(dead)[0]!);
    expect(requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 });
    expect(responseContext).toBeUndefined();
  });

  it('that succeeds is told to the destination for success', () => {
    const w = functions();
    const done = w.queue('done');
    fn(w, 'orders', 'echo');
    w.call(
      'PutFunctionEventInvokeConfig',
      { FunctionName: 'orders', DestinationConfig: { OnSuccess: { Destination: queueArn('done') } } },
      'lambda',
    );
    w.call('Invoke', { FunctionName: 'orders', InvocationType: 'Event', Payload: '{"a":1}' }, 'lambda');
    w.after(seconds(5));
    expect(JSON.parse(w.bodies(done)[0]!)).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      responsePayload: { a: 1 },
    });
  });
});
