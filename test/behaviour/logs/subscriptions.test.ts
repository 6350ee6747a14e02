/** Subscription filters: what they let through, where it goes, in which form, and what happens when it is refused. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { utf8Text } from '../../../src/contract/text.ts';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { stateNamed } from '../../../src/projection/vocabulary.ts';
import { firehose } from '../../../src/services/firehose/index.ts';
import { lambda } from '../../../src/services/lambda/index.ts';
import { logs } from '../../../src/services/logs/index.ts';
import { s3 } from '../../../src/services/s3/index.ts';
import { fn, ROLE } from '../../support/functions.ts';
import { Streams } from '../../support/streams.ts';
import type { Output } from '../../support/world.ts';

const DELIVERY = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks';
const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';

class Logs extends Streams {
  constructor() {
    super({}, [firehose, s3, lambda, logs]);
    this.log('CreateLogGroup', { logGroupName: '/app' });
    this.log('CreateLogStream', { logGroupName: '/app', logStreamName: 'web' });
  }

  log(operation: string, input: object): Output {
    return this.call(operation, input, 'logs');
  }

  filter(destinationArn: string, filterPattern = '', more: object = {}): object {
    return { logGroupName: '/app', filterName: 'f', filterPattern, destinationArn, roleArn: ROLE, ...more };
  }

  write(...messages: string[]): Output {
    const timestamp = this.settings.epoch + this.now;
    const logEvents = messages.map((message) => ({ timestamp, message }));
    return this.log('PutLogEvents', { logGroupName: '/app', logStreamName: 'web', logEvents });
  }

  delivery(more: object = {}): void {
    this.call('CreateBucket', { Bucket: 'lake' }, 's3');
    const ExtendedS3DestinationConfiguration = {
      RoleARN: ROLE,
      BucketARN: 'arn:aws:s3:::lake',
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
      ...more,
    };
    this.call(
      'CreateDeliveryStream',
      { DeliveryStreamName: 'clicks', ExtendedS3DestinationConfiguration },
      'firehose',
    );
    this.after(seconds(21));
  }

  objects(): string[] {
    return (
      this.call('ListObjectsV2', { Bucket: 'lake' }, 's3').Contents?.map(({ Key }: Output) => {
        const { Body } = this.call('GetObject', { Bucket: 'lake', Key }, 's3');
        return utf8Text(Body);
      }) ?? []
    );
  }

  /** What lies in the stream, each record opened. */
  records(): Output[] {
    return this.read(this.iterator(0)).Records.map(({ Data }: { Data: Uint8Array }) =>
      JSON.parse(gunzipSync(Data).toString()),
    );
  }

  get group(): Output {
    return this.view('logs')[0]!.fields;
  }
}

describe('a subscription filter', () => {
  it('sends its destination a test message, then what its pattern lets through, as JSON in gzip', () => {
    const w = new Logs().stream('s', 1) as Logs;
    w.log('PutSubscriptionFilter', w.filter(STREAM, 'ERROR -quiet'));
    w.write('ERROR one', 'all is well', 'ERROR quiet', 'an ERROR');
    const [control, data] = w.records();
    expect(control).toMatchObject({
      messageType: 'CONTROL_MESSAGE',
      logEvents: [{ message: 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.' }],
    });
    expect(data).toMatchObject({
      messageType: 'DATA_MESSAGE',
      owner: '000000000000',
      logGroup: '/app',
      logStream: 'web',
      subscriptionFilters: ['f'],
    });
    expect(data.logEvents.map(({ message }: Output) => message)).toEqual(['ERROR one', 'an ERROR']);
    expect(data.logEvents[0].id).toMatch(/^\d{56}$/u);
    expect(w.group).toMatchObject({ events: 4, forwarded: 2, lost: 0 });
  });

  it('puts lines into a bucket when Firehose decompresses and takes the messages out', () => {
    const w = new Logs();
    const processor = (Type: string, ...given: [string, string][]) => ({
      Type,
      Parameters: given.map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue })),
    });
    w.delivery({
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          processor('Decompression', ['CompressionFormat', 'GZIP']),
          processor('CloudWatchLogProcessing', ['DataMessageExtraction', 'true']),
        ],
      },
    });
    w.log('PutSubscriptionFilter', w.filter(DELIVERY));
    w.write('first', 'second');
    w.after(seconds(90));
    expect(w.objects()[0]).toContain('first\nsecond\n');
  });

  it('is refused when the destination does not take the test message', () => {
    const w = new Logs();
    const refused = (to: string, more: object = {}) =>
      w.refusal('PutSubscriptionFilter', w.filter(to, '', more), 'logs').message;
    expect(refused(DELIVERY)).toContain('Could not deliver test message to specified Firehose stream.');
    expect(refused(STREAM)).toContain('Could not deliver test message to specified Kinesis stream.');
    fn(w, 'work', 'ok');
    const work = 'arn:aws:lambda:us-east-1:000000000000:function:work';
    expect(refused(work)).toContain('Could not execute the lambda function.');
    w.call(
      'AddPermission',
      {
        FunctionName: 'work',
        StatementId: 'logs',
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
      },
      'lambda',
    );
    w.log('PutSubscriptionFilter', w.filter(work));
    w.write('hello');
    w.after(seconds(2));
    expect(w.events('lambda/Invoked')).toHaveLength(2);
    expect(w.events('lambda/Invoked')[1]).toMatchObject({ by: 'logs.amazonaws.com', invocation: 'Event' });
  });

  it('refuses patterns over JSON by name, and a third filter', () => {
    const w = new Logs().stream('s', 1) as Logs;
    const put = (filterName: string) => w.log('PutSubscriptionFilter', w.filter(STREAM, '', { filterName }));
    expect(w.refusal('PutSubscriptionFilter', w.filter(STREAM, '{ $.a = 1 }'), 'logs').message).toContain(
      'not modelled: filter patterns over JSON',
    );
    put('one');
    put('two');
    put('two');
    expect(
      w.refusal('PutSubscriptionFilter', w.filter(STREAM, '', { filterName: 'three' }), 'logs').code,
    ).toBe('LimitExceededException');
  });

  it('tries again what is refused, for a day, then it is lost', () => {
    const w = new Logs();
    w.delivery();
    w.log('PutSubscriptionFilter', w.filter(DELIVERY));
    w.call('DeleteDeliveryStream', { DeliveryStreamName: 'clicks' }, 'firehose');
    w.after(seconds(30));
    w.write('late');
    w.after(seconds(3_600));
    expect(w.group).toMatchObject({ forwarded: 0, lost: 0 });
    w.after(seconds(86_400));
    expect(w.group).toMatchObject({ forwarded: 0, lost: 1 });
    expect(w.events('logs/EventsLost')).toMatchObject([{ count: 1, reason: 'ResourceNotFoundException' }]);
  });

  it('takes one of several words, and words in quotes', () => {
    const w = new Logs().stream('s', 1) as Logs;
    w.log('PutSubscriptionFilter', w.filter(STREAM, '?"not found" ?timeout'));
    w.write('page not found', 'found', 'a timeout', 'Timeout');
    expect(w.records()[1].logEvents.map(({ message }: Output) => message)).toEqual([
      'page not found',
      'a timeout',
    ]);
  });
});

describe('a condition about a log group', () => {
  it('may name a group that begins with a slash', () => {
    expect(stateNamed('loggroup//aws/lambda/work')?.name).toBe('loggroup/NAME');
    expect(stateNamed('loggroup/app')?.name).toBe('loggroup/NAME');
    expect(stateNamed('loggroup/')).toBeUndefined();
    expect(stateNamed('loggroup//')).toBeUndefined();
    expect(stateNamed('queue//orders')).toBeUndefined();
  });
});

describe('a log stream', () => {
  it('refuses events out of order, and tells which were too old or too new', () => {
    const w = new Logs();
    const utc = w.settings.epoch + w.now;
    const put = (...timestamps: number[]) => ({
      logGroupName: '/app',
      logStreamName: 'web',
      logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'x' })),
    });
    expect(w.refusal('PutLogEvents', put(utc, utc - 1), 'logs').message).toBe(
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
    const day = 86_400_000;
    expect(w.log('PutLogEvents', put(utc - 14 * day - 1)).rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
    });
    expect(w.log('PutLogEvents', put(utc, utc + 2 * 3_600_000 + 1)).rejectedLogEventsInfo).toEqual({
      tooNewLogEventStartIndex: 1,
    });
    expect(w.group.events).toBe(1);
  });

  it('is read page by page, forward and backward', () => {
    const w = new Logs();
    w.write('a', 'b', 'c');
    const get = (more: object) =>
      w.log('GetLogEvents', { logGroupName: '/app', logStreamName: 'web', limit: 2, ...more });
    const texts = ({ events }: Output) => events.map(({ message }: Output) => message);
    expect(texts(get({}))).toEqual(['b', 'c']);
    const first = get({ startFromHead: true });
    expect(texts(first)).toEqual(['a', 'b']);
    expect(texts(get({ nextToken: first.nextForwardToken }))).toEqual(['c']);
    expect(texts(get({ nextToken: get({}).nextBackwardToken }))).toEqual(['a']);
  });

  it('of a function holds what the function says, when its group was made', () => {
    const w = new Logs();
    fn(w, 'work', 'fail');
    w.start('Invoke', { FunctionName: 'work' }, 'lambda');
    w.after(seconds(1));
    w.log('CreateLogGroup', { logGroupName: '/aws/lambda/work' });
    w.start('Invoke', { FunctionName: 'work' }, 'lambda');
    w.after(seconds(1));
    const [stream] = w.log('DescribeLogStreams', { logGroupName: '/aws/lambda/work' }).logStreams;
    const { events } = w.log('GetLogEvents', {
      logGroupName: '/aws/lambda/work',
      logStreamName: stream.logStreamName,
    });
    expect(events.map(({ message }: Output) => message.split(' ')[0])).toEqual([
      'START',
      '[ERROR]',
      'END',
      'REPORT',
    ]);
    w.afterMs(milliseconds(1));
  });
});
