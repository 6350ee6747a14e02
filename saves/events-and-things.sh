# Two more sources of Firehose: what services tell EventBridge, and what devices publish to AWS IoT.
# A rule takes the new objects of a bucket, a topic rule the readings above 30 degrees; both lie in one bucket.
aws s3api create-bucket --bucket archive
aws s3api create-bucket --bucket uploads
aws s3api put-bucket-notification-configuration --bucket uploads --notification-configuration '{"EventBridgeConfiguration":{}}'
aws firehose create-delivery-stream --delivery-stream-name events --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::archive,Prefix=events/,BufferingHints={SizeInMBs=1,IntervalInSeconds=10}'
aws firehose create-delivery-stream --delivery-stream-name readings --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::archive,Prefix=readings/,BufferingHints={SizeInMBs=1,IntervalInSeconds=10}'
sleep 25
aws events put-rule --name new-objects --event-pattern '{"source":["aws.s3"],"detail":{"object":{"key":[{"suffix":".csv"}]}}}'
# A delivery stream is called as a role: without one the target is refused.
aws events put-targets --rule new-objects --targets Id=1,Arn=arn:aws:firehose:us-east-1:000000000000:deliverystream/events || true
aws events put-targets --rule new-objects --targets Id=1,Arn=arn:aws:firehose:us-east-1:000000000000:deliverystream/events,RoleArn=arn:aws:iam::000000000000:role/events
aws iot create-topic-rule --rule-name hot --topic-rule-payload '{"sql":"SELECT *, topic(2) AS machine FROM '"'plant/+/temperature'"' WHERE value > 30","actions":[{"firehose":{"roleArn":"arn:aws:iam::000000000000:role/iot","deliveryStreamName":"readings","separator":"\n"}}]}'
app create-producer --name sensors --to 'iot/plant/{1..3}/temperature' --rate 3/s --count 30 --body '{"value":{29..31}}'
aws s3api put-object --bucket uploads --key march.csv
aws s3api put-object --bucket uploads --key march.tmp
sleep 30
expect rule/new-objects matched=1 invoked=1
expect bus/default unmatched=1
expect iotrule/hot heard=30 matched=10 done=10
expect delivery/events delivered=1
expect delivery/readings delivered=10
aws s3api list-objects-v2 --bucket archive --query 'Contents[].[Key,Size]'
# Try: why rule/new-objects, why iotrule/hot, and aws events put-events with an event of your own.
