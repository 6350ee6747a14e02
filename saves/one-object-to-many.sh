# One object, many jobs. S3 takes one destination for an event type and prefix; a topic behind it has many subscribers.
aws s3api create-bucket --bucket album
aws sqs create-queue --queue-name thumbs --attributes '{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"s3.amazonaws.com\",\"sns.amazonaws.com\"]},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:thumbs\"}]}"}'
aws sqs create-queue --queue-name labels --attributes '{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"s3.amazonaws.com\",\"sns.amazonaws.com\"]},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:labels\"}]}"}'

# Two rules for the same event overlap, and are refused.
aws s3api put-bucket-notification-configuration --bucket album --notification-configuration '{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:thumbs","Events":["s3:ObjectCreated:*"]},{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:labels","Events":["s3:ObjectCreated:*"]}]}' || true

aws sns create-topic --name pictures
aws sns set-topic-attributes --topic-arn pictures --attribute-name Policy --attribute-value '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"sns:Publish","Resource":"arn:aws:sns:us-east-1:000000000000:pictures","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::album"}}}]}'
aws sns subscribe --topic-arn pictures --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:thumbs --attributes RawMessageDelivery=true
aws sns subscribe --topic-arn pictures --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:labels --attributes RawMessageDelivery=true
aws s3api put-bucket-notification-configuration --bucket album --notification-configuration '{"TopicConfigurations":[{"TopicArn":"arn:aws:sns:us-east-1:000000000000:pictures","Events":["s3:ObjectCreated:*"]}]}'
aws s3api put-object --bucket album --key cat.jpg
aws s3api put-object --bucket album --key dog.jpg
sleep 20
expect bucket/album objects=2
expect queue/thumbs sent>=2
expect queue/labels sent>=2

# Try: aws sqs receive-message --queue-url labels --max-number-of-messages 10
