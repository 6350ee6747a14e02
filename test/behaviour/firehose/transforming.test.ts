import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  ACCOUNT,
  balance,
  deliveries,
  delivery,
  figures,
  putText,
  ROLE,
  texts,
  toBucket,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:change`;
const lambda = (...more: readonly (readonly [string, string])[]) => ({
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: 'Lambda',
        Parameters: [['LambdaArn', ARN] as const, ['BufferIntervalInSeconds', '0'] as const, ...more].map(
          ([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue }),
        ),
      },
    ],
  },
});

function changed(w: World, Handler: string, Variables: Readonly<Record<string, string>> = {}): void {
  w.call(
    'CreateFunction',
    {
      FunctionName: 'change',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler,
      Code: { ZipFile: new Uint8Array(1) },
      Environment: { Variables },
    },
    'lambda',
  );
  w.after(seconds(10));
}

const PREFIXES = { Prefix: 'good/', ErrorOutputPrefix: 'bad/!{firehose:error-output-type}/' };
const withHints = { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } };

describe('a function', () => {
  it('changes what is delivered', () => {
    const w = deliveries();
    changed(w, 'csv-to-json');
    delivery(w, toBucket({ ...PREFIXES, ...withHints, ...lambda() }));
    putText(w, 'a,b');
    w.after(seconds(70));
    expect(texts(w, 'lake', 'good/')).toEqual(['{"column1":"a","column2":"b"}\n']);
    expect(w.events('firehose/RecordTransformed')).toMatchObject([{ result: 'Ok', records: 1 }]);
    expect(balance(w)).toEqual({ in: 3, out: 3 });
  });

  it('names the columns of CSV, drops a comment, and fails what is no CSV', () => {
    const w = deliveries();
    changed(w, 'csv-to-json', { COLUMNS: 'customer,amount' });
    delivery(w, toBucket({ ...PREFIXES, ...withHints, ...lambda() }));
    for (const text of ['ann,12', '# closed on Sunday', 'bob,"13']) putText(w, text);
    w.after(seconds(130));
    expect(texts(w, 'lake', 'good/')).toEqual(['{"customer":"ann","amount":"12"}\n']);
    expect(figures(w)).toMatchObject({ delivered: 1, dropped: 1, failed: 1 });
  });

  it('keeps, drops and fails records, each by its own answer', () => {
    const w = deliveries();
    // The ids of the first three records of a world.
    const id = (number: number): string => `49${String(number).padStart(18, '0')}000000`;
    const records = [
      { recordId: id(1), result: 'Ok', data: btoa('A') },
      { recordId: id(2), result: 'Dropped', data: btoa('b') },
      { recordId: id(3), result: 'ProcessingFailed', data: btoa('c') },
    ];
    changed(w, 'answer', { ANSWER: JSON.stringify({ records }) });
    delivery(w, toBucket({ ...PREFIXES, ...withHints, ...lambda() }));
    for (const text of ['a', 'b', 'c', 'd']) putText(w, text);
    w.after(seconds(130));
    expect(texts(w, 'lake', 'good/')).toEqual(['A']);
    const failed = texts(w, 'lake', 'bad/processing-failed/')
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(failed).toMatchObject([
      { attemptsMade: 1, errorCode: 'Lambda.ProcessingFailedStatus', rawData: btoa('c'), lambdaArn: ARN },
      { attemptsMade: 1, errorCode: 'Lambda.MissingRecordId', rawData: btoa('d') },
    ]);
    expect(figures(w)).toMatchObject({
      delivered: 1,
      dropped: 1,
      failed: 2,
      backedUp: 2,
      bufferedRecords: 0,
    });
    expect(balance(w)).toEqual({ in: 4, out: 4 });
  });

  it('that fails is tried three times more, then its records are put aside', () => {
    const w = deliveries();
    changed(w, 'fail');
    delivery(w, toBucket({ ...PREFIXES, ...withHints, ...lambda() }));
    putText(w, 'a');
    w.after(seconds(90));
    expect(w.events('firehose/DeliveryFailed').map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    const [line] = texts(w, 'lake', 'bad/processing-failed/');
    expect(JSON.parse(line!)).toMatchObject({
      attemptsMade: 4,
      errorCode: 'Lambda.FunctionError',
      rawData: btoa('a'),
    });
    expect(figures(w)).toMatchObject({ delivered: 0, failed: 1 });
  });
});

describe('the backup', () => {
  it('keeps source records as they came', () => {
    const w = deliveries();
    changed(w, 'csv-to-json');
    const S3BackupConfiguration = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::backup', ...withHints };
    delivery(w, toBucket({ ...withHints, ...lambda(), S3BackupMode: 'Enabled', S3BackupConfiguration }));
    putText(w, 'a,b');
    w.after(seconds(70));
    expect(texts(w, 'backup')).toEqual(['a,b']);
    expect(figures(w)).toMatchObject({ delivered: 1, backedUp: 1, objects: 2 });
  });
});

describe('a bucket that refuses', () => {
  const close = (w: World): unknown => w.call('Close', { Bucket: 'lake' }, 's3');
  const open = (w: World): unknown => w.call('Open', { Bucket: 'lake' }, 's3');
  const DAY = 24 * 3_600;

  it('is tried again for a day, and then gets it all', () => {
    const w = deliveries();
    delivery(w, toBucket(withHints));
    close(w);
    putText(w, 'a');
    w.after(seconds(60 + DAY - 1));
    expect(figures(w)).toMatchObject({ bufferedRecords: 1, delivered: 0, retrying: 1 });
    open(w);
    w.after(seconds(2));
    expect(texts(w)).toEqual(['a']);
    expect(balance(w)).toEqual({ in: 1, out: 1 });
  });

  it('for longer than a day loses it', () => {
    const w = deliveries();
    delivery(w, toBucket(withHints));
    close(w);
    putText(w, 'a');
    w.after(seconds(60 + DAY + 2));
    open(w);
    w.after(seconds(600));
    expect(texts(w)).toEqual([]);
    expect(figures(w)).toMatchObject({ lost: 1, bufferedRecords: 0 });
    expect(w.events('firehose/RecordsLost')).toHaveLength(1);
    expect(balance(w)).toEqual({ in: 1, out: 1 });
  });
});
