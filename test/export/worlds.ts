/** Worlds to export: one with something of every kind, and the gallery's. */
import { readdirSync, readFileSync } from 'node:fs';
import { splitScript } from '../../src/command/splitScript.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const SAVES = new URL('../../saves/', import.meta.url).pathname;

export const GALLERY = readdirSync(SAVES)
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.replace('.sh', ''));

/** What a script of the gallery makes, without the time that it lets pass: what needs that time is refused. */
export function galleryWorld(name: string): WorldSession {
  const lines = splitScript(readFileSync(`${SAVES}${name}.sh`, 'utf8'));
  const making = lines.filter((line) => !/^(?:expect|time|repeat|broker) |^sleep \d+[mhd]/u.test(line));
  return runLines(newWorld(), ...making.map((line) => `${line.replace(/ \|\| true$/u, '')} || true`));
}

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:000000000000:${rest}`;

/** One or more of every kind of resource that is exported. */
export function wideWorld(): WorldSession {
  return runLines(
    newWorld(),
    'KEY=$(aws kms create-key --description orders --query KeyMetadata.KeyId --output text)',
    'aws kms create-alias --alias-name alias/orders --target-key-id $KEY',
    'aws iam create-user --user-name ana',
    `aws iam put-user-policy --user-name ana --policy-name send --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"${arn('sqs', 'orders')}"}]}'`,
    'aws sqs create-queue --queue-name orders-dlq',
    `aws sqs create-queue --queue-name orders --attributes '{"VisibilityTimeout":"45","RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"${arn('sqs', 'orders-dlq')}\\",\\"maxReceiveCount\\":\\"3\\"}","Policy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":[\\"sns.amazonaws.com\\",\\"s3.amazonaws.com\\"]},\\"Action\\":\\"sqs:SendMessage\\",\\"Resource\\":\\"${arn('sqs', 'orders')}\\"}]}"}' --tags team=shop`,
    'aws sqs create-queue --queue-name steps.fifo --attributes FifoQueue=true,ContentBasedDeduplication=true',
    'aws sns create-topic --name orders --tags Key=team,Value=shop',
    `aws sns subscribe --topic-arn ${arn('sns', 'orders')} --protocol sqs --notification-endpoint ${arn('sqs', 'orders')} --attributes '{"FilterPolicy":"{\\"kind\\":[\\"it\\u0027s new\\"]}","RawMessageDelivery":"true"}'`,
    'aws kinesis create-stream --stream-name clicks --shard-count 2',
    'aws kinesis wait stream-exists --stream-name clicks',
    'aws kinesis increase-stream-retention-period --stream-name clicks --retention-period-hours 48',
    'aws kinesis wait stream-exists --stream-name clicks',
    `aws kinesis register-stream-consumer --stream-arn ${arn('kinesis', 'stream/clicks')} --consumer-name fast`,
    'aws s3api create-bucket --bucket shop-files',
    `aws s3api put-bucket-notification-configuration --bucket shop-files --notification-configuration '{"QueueConfigurations":[{"QueueArn":"${arn('sqs', 'orders')}","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"in/"}]}}}]}'`,
    'aws lambda create-function --function-name work --runtime nodejs22.x --role arn:aws:iam::000000000000:role/work --handler ok --timeout 20 --zip-file fileb://work.zip',
    `aws lambda add-permission --function-name work --statement-id topic --action lambda:InvokeFunction --principal sns.amazonaws.com --source-arn ${arn('sns', 'orders')}`,
    `aws lambda create-event-source-mapping --function-name work --event-source-arn ${arn('sqs', 'steps.fifo')} --batch-size 5`,
    `aws firehose create-delivery-stream --delivery-stream-name lake --delivery-stream-type KinesisStreamAsSource --kinesis-stream-source-configuration KinesisStreamARN=${arn('kinesis', 'stream/clicks')},RoleARN=arn:aws:iam::000000000000:role/f --extended-s3-destination-configuration '{"RoleARN":"arn:aws:iam::000000000000:role/f","BucketARN":"arn:aws:s3:::shop-files","Prefix":"raw/","BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":60},"CompressionFormat":"GZIP"}'`,
    'aws mq create-broker --broker-name shop --engine-type RABBITMQ --engine-version 3.13 --deployment-mode SINGLE_INSTANCE --host-instance-type mq.m7g.medium --publicly-accessible --auto-minor-version-upgrade --users Username=admin,Password=verysecret12',
    'aws autoscaling create-launch-configuration --launch-configuration-name small --image-id ami-12345678 --instance-type t3.micro',
    'aws autoscaling create-auto-scaling-group --auto-scaling-group-name workers --launch-configuration-name small --min-size 1 --max-size 3 --availability-zones us-east-1a',
    'aws autoscaling put-notification-configuration --auto-scaling-group-name workers --topic-arn orders --notification-types autoscaling:EC2_INSTANCE_LAUNCH autoscaling:EC2_INSTANCE_TERMINATE',
    'aws rds create-event-subscription --subscription-name db-news --sns-topic-arn orders --source-type db-instance --event-categories failover',
    'OUT=$(aws autoscaling put-scaling-policy --auto-scaling-group-name workers --policy-name out --policy-type StepScaling --adjustment-type ChangeInCapacity --step-adjustments MetricIntervalLowerBound=0,ScalingAdjustment=1 --query PolicyARN --output text)',
    'aws cloudwatch put-metric-alarm --alarm-name deep --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=orders --statistic Maximum --period 60 --evaluation-periods 1 --threshold 10 --comparison-operator GreaterThanThreshold --alarm-actions $OUT',
    'app create-producer --name web --to queue/orders --rate 1/s',
  );
}
