/**
 * The official SDK's clients, for the remote door alone: their endpoints, signing, credentials and retries. What is
 * sent stands in the operations' own schemas, so the SDK's commands are not needed.
 */
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { MqClient } from '@aws-sdk/client-mq';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type {
  AwsCredentialIdentity,
  EndpointParameterInstructions,
  StaticOperationSchema,
} from '@smithy/types';

/** What a client is made with. Without an endpoint it is AWS's own of the region; without a profile, the environment's. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
}

/** What all clients have in common. */
export interface AnyClient {
  readonly config: { readonly credentials: () => Promise<AwsCredentialIdentity> };
  send(command: object, options: { readonly abortSignal?: AbortSignal }): Promise<object>;
  destroy(): void;
}

/** S3 addresses buckets by path at an endpoint that is not AWS's, as the AWS CLI does there. */
const s3Client = (settings: ClientSettings): S3Client =>
  new S3Client({ ...settings, forcePathStyle: settings.endpoint !== undefined });

/** The endpoint of a queue's URL is not followed: calls go where the person said, and nowhere else. */
const sqsClient = (settings: ClientSettings): SQSClient =>
  new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });

/** Kinesis's own client speaks HTTP/2 alone, which emulators do not; over HTTP/1.1, as the AWS CLI, all understand it. */
const kinesisClient = (settings: ClientSettings): KinesisClient => {
  const { requestHandler } = new STSClient(settings).config;
  return new KinesisClient({ ...settings, requestHandler });
};

type MadeClient = { readonly config: { readonly credentials: unknown }; destroy(): void };

/** By the catalog's name of the service. */
const MAKERS: Readonly<Record<string, (settings: ClientSettings) => MadeClient>> = {
  autoscaling: (settings) => new AutoScalingClient(settings),
  cloudwatch: (settings) => new CloudWatchClient(settings),
  dynamodbstreams: (settings) => new DynamoDBStreamsClient(settings),
  events: (settings) => new EventBridgeClient(settings),
  firehose: (settings) => new FirehoseClient(settings),
  glue: (settings) => new GlueClient(settings),
  iam: (settings) => new IAMClient(settings),
  iot: (settings) => new IoTClient(settings),
  iotdata: (settings) => new IoTDataPlaneClient(settings),
  kinesis: kinesisClient,
  kms: (settings) => new KMSClient(settings),
  lambda: (settings) => new LambdaClient(settings),
  logs: (settings) => new CloudWatchLogsClient(settings),
  mq: (settings) => new MqClient(settings),
  rds: (settings) => new RDSClient(settings),
  s3: s3Client,
  sns: (settings) => new SNSClient(settings),
  sqs: sqsClient,
  sts: (settings) => new STSClient(settings),
};

export const hasClient = (service: string): boolean => Object.hasOwn(MAKERS, service);

export const clientOf = (service: string, settings: ClientSettings): AnyClient =>
  MAKERS[service]!(settings) as AnyClient;

const COMMON: EndpointParameterInstructions = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
};

/** Which parts of a call its address is made of, where a service has more than a region (the SDK's `_ep0`). */
const ADDRESS: Readonly<Record<string, EndpointParameterInstructions>> = {
  s3: {
    ...COMMON,
    ForcePathStyle: { type: 'clientContextParams', name: 'forcePathStyle' },
    Bucket: { type: 'contextParams', name: 'Bucket' },
  },
};

/** One call, as a client takes it. */
export function commandOf(
  service: string,
  operation: string,
  schema: StaticOperationSchema,
  input: object,
): object {
  const command = makeBuilder(ADDRESS[service] ?? COMMON, service, service, getEndpointPlugin);
  const Command = command({}, () => [], operation, schema);
  return new Command(input);
}
