/** All services of a world, in the order in which their resources are listed. */
import type { MetricSource } from './contract/metrics.ts';
import type { CatalogEntry } from './contract/service.ts';
import { relationalIn } from './services/apps/databaseLife.ts';
import { apps } from './services/apps/index.ts';
import { autoscaling } from './services/autoscaling/index.ts';
import { brokerClients } from './services/broker/index.ts';
import { cloudWatchOf } from './services/cloudwatch/index.ts';
import { dynamodbstreams } from './services/dynamodbstreams/index.ts';
import { events } from './services/events/index.ts';
import { faults } from './services/faults/index.ts';
import { firehose } from './services/firehose/index.ts';
import { glue } from './services/glue/index.ts';
import { iam } from './services/iam/index.ts';
import { iot } from './services/iot/index.ts';
import { iotData } from './services/iotdata/index.ts';
import { kinesis } from './services/kinesis/index.ts';
import { kms } from './services/kms/index.ts';
import { lambda } from './services/lambda/index.ts';
import { logs } from './services/logs/index.ts';
import { mq } from './services/mq/index.ts';
import { rdsOf } from './services/rds/index.ts';
import { s3 } from './services/s3/index.ts';
import { sns } from './services/sns/index.ts';
import { sqs } from './services/sqs/index.ts';
import { sts } from './services/sts/index.ts';

/** All but CloudWatch, which reads the metrics of the others. */
const OTHERS: readonly CatalogEntry[] = [
  sqs,
  sns,
  kinesis,
  firehose,
  glue,
  mq,
  brokerClients,
  lambda,
  logs,
  events,
  iot,
  iotData,
  s3,
  apps,
  faults,
  autoscaling,
  iam,
  sts,
  kms,
  rdsOf(relationalIn),
  dynamodbstreams,
];

const metricSources: readonly MetricSource[] = OTHERS.flatMap(({ description, metrics }) =>
  metrics === undefined ? [] : [{ service: description.name, metrics }],
);

export const CATALOG: readonly CatalogEntry[] = [...OTHERS, cloudWatchOf(metricSources)];
