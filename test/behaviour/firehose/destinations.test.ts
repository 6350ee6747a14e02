import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  balance,
  deliveries,
  delivery,
  figures,
  objects,
  putText,
  ROLE,
  texts,
} from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const S3 = {
  RoleARN: ROLE,
  BucketARN: 'arn:aws:s3:::lake',
  BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
};
const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: 60 };
const http = (more: object = {}) => ({
  HttpEndpointDestinationConfiguration: {
    EndpointConfiguration: { Url: 'https://datadog.example.com/in', Name: 'Datadog', AccessKey: 'k' },
    BufferingHints,
    S3Configuration: S3,
    ...more,
  },
});
const search = (more: object = {}) => ({
  AmazonopensearchserviceDestinationConfiguration: {
    RoleARN: ROLE,
    ClusterEndpoint: 'https://search.example.com',
    IndexName: 'logs',
    BufferingHints,
    S3Configuration: S3,
    ...more,
  },
});
const redshift = (more: object = {}) => ({
  RedshiftDestinationConfiguration: {
    RoleARN: ROLE,
    ClusterJDBCURL: 'jdbc:redshift://c.abc.us-east-1.redshift.amazonaws.com:5439/dev',
    CopyCommand: { DataTableName: 'clicks', CopyOptions: 'json auto' },
    Username: 'u',
    Password: 'secret12',
    S3Configuration: S3,
    ...more,
  },
});
const endpoint = (w: World, answers: string): unknown =>
  w.call(
    'CreateEndpoint',
    { name: 'datadog', kind: 'http', address: 'https://datadog.example.com', answers },
    'app',
  );
const down = (w: World, more: object = {}): unknown =>
  w.call('Inject', { kind: 'refuse', on: 'delivery/clicks', ...more }, 'fault');
const target = (w: World, id: string) => w.view('firehose').find((view) => view.id === id)?.fields;
const balanced = (w: World): void => {
  const { in: all, out } = balance(w);
  expect(out).toBe(all);
};

describe('an HTTP endpoint', () => {
  it('gets records in base64, with the request’s id and the key', () => {
    const w = deliveries();
    endpoint(w, '200');
    delivery(w, http());
    putText(w, 'a');
    putText(w, 'b');
    w.after(seconds(62));
    const { newest } = w.view('app').find(({ id }) => id === 'endpoint/datadog')!.fields as never as {
      newest: { body: string; headers: Record<string, string> };
    };
    expect(JSON.parse(newest.body)).toMatchObject({ records: [{ data: btoa('a') }, { data: btoa('b') }] });
    expect(newest.headers).toMatchObject({
      'X-Amz-Firehose-Access-Key': 'k',
      'X-Amz-Firehose-Protocol-Version': '1.0',
    });
    expect(figures(w)).toMatchObject({ delivered: 2, failed: 0 });
    expect(objects(w).size).toBe(0);
  });

  it('that fails is tried for its duration, then the records are in the bucket', () => {
    const w = deliveries();
    endpoint(w, '500');
    delivery(w, http({ RetryOptions: { DurationInSeconds: 60 } }));
    putText(w, 'a');
    w.after(seconds(70));
    expect(figures(w)).toMatchObject({ bufferedRecords: 1, retrying: 1, failed: 0 });
    w.after(seconds(200));
    const [line] = texts(w, 'lake', 'http-endpoint-failed/');
    expect(JSON.parse(line!)).toMatchObject({
      errorCode: 'HttpEndpoint.DestinationException',
      rawData: btoa('a'),
      subsequenceNumber: 0,
    });
    expect(figures(w)).toMatchObject({ delivered: 0, failed: 1, backedUp: 1 });
    balanced(w);
  });

  it('with AllData has a copy of everything in the bucket', () => {
    const w = deliveries();
    endpoint(w, '200');
    delivery(w, http({ S3BackupMode: 'AllData' }));
    putText(w, 'a');
    w.after(seconds(70));
    expect(texts(w)).toEqual(['a']);
    expect(figures(w)).toMatchObject({ delivered: 1, backedUp: 1 });
  });
});

describe('an index of OpenSearch', () => {
  it('rotates by day, and documents that are none go to the bucket', () => {
    const w = deliveries();
    delivery(w, search());
    putText(w, '{"a":1}');
    putText(w, 'none');
    w.after(seconds(130));
    expect(target(w, 'index/logs-2026-01-05')).toMatchObject({ records: 1, failed: 1 });
    const [line] = texts(w, 'lake', 'AmazonOpenSearchService-failed/');
    expect(JSON.parse(line!)).toMatchObject({ errorCode: '400', esIndexName: 'logs-2026-01-05' });
    expect(figures(w)).toMatchObject({ delivered: 1, failed: 1 });
    balanced(w);
  });

  it('is seen from the beginning, and each that rotation leaves, with the bucket of what fails', () => {
    const w = deliveries();
    delivery(w, search({ IndexRotationPeriod: 'OneHour' }));
    const links = (): unknown =>
      w.view('firehose')[0]!.links.map(({ to, label }) => (label === undefined ? to : `${to}: ${label}`));
    expect(links()).toEqual(['index/logs-2026-01-05-09', 'bucket/lake: failed']);
    expect(target(w, 'index/logs-2026-01-05-09')).toMatchObject({ records: 0 });
    putText(w, '{"a":1}');
    w.after(seconds(3_600));
    putText(w, '{"a":1}');
    w.after(seconds(70));
    expect(links()).toEqual(['index/logs-2026-01-05-09', 'index/logs-2026-01-05-10', 'bucket/lake: failed']);
  });

  it('that is down is tried for its duration', () => {
    const w = deliveries();
    delivery(w, search({ RetryOptions: { DurationInSeconds: 120 } }));
    down(w, { for: '90s' });
    putText(w, '{"a":1}');
    w.after(seconds(200));
    expect(figures(w)).toMatchObject({ delivered: 1, failed: 0 });
    expect(w.events('firehose/DeliveryFailed').length).toBeGreaterThan(2);
  });
});

describe('a table of Redshift', () => {
  it('is loaded from the bucket, one COPY at a time', () => {
    const w = deliveries();
    delivery(w, redshift());
    for (let count = 0; count < 3; count++) {
      putText(w, `{"n":${count}}`);
      w.after(seconds(60));
    }
    w.after(seconds(10));
    expect(target(w, 'table/clicks')).toMatchObject({ records: 3, loads: 3 });
    expect(w.view('firehose')[0]!.links.map(({ to }) => to)).toEqual(['table/clicks', 'bucket/lake']);
    expect(objects(w).size).toBe(3);
    expect(figures(w)).toMatchObject({ delivered: 3, failed: 0 });
    balanced(w);
  });

  it('that is down leaves the object in the bucket, and a manifest that lists it', () => {
    const w = deliveries();
    delivery(w, redshift({ RetryOptions: { DurationInSeconds: 60 } }));
    down(w);
    putText(w, '{"n":1}');
    w.after(seconds(300));
    const manifest = JSON.parse(texts(w, 'lake', 'errors/manifests/')[0]!);
    expect(manifest.entries[0].url).toMatch(/^s3:\/\/lake\/2026\/01\/05\/09\/clicks-1-/u);
    expect(figures(w)).toMatchObject({ delivered: 0, failed: 1 });
    balanced(w);
  });
});

describe('Splunk', () => {
  it('refuses what it does not acknowledge', () => {
    const w = deliveries();
    w.call(
      'CreateEndpoint',
      { name: 'splunk', kind: 'http', address: 'https://splunk.example.com', answers: 'hang' },
      'app',
    );
    delivery(w, {
      SplunkDestinationConfiguration: {
        HECEndpoint: 'https://splunk.example.com',
        HECEndpointType: 'Event',
        HECToken: 't',
        RetryOptions: { DurationInSeconds: 0 },
        S3Configuration: S3,
      },
    });
    putText(w, 'a');
    w.after(seconds(60 + 180 + 70));
    const [line] = texts(w, 'lake', 'splunk-failed/');
    expect(JSON.parse(line!)).toMatchObject({
      errorCode: 'Splunk.AckTimeout',
      attemptsMade: 1,
      rawData: btoa('a'),
    });
    balanced(w);
  });
});
