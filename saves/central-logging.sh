# Central logging. Web servers, a data stream and a topic: three sources, one bucket, a prefix for each.
aws s3api create-bucket --bucket logs
aws kinesis create-stream --stream-name clicks --shard-count 1
aws sns create-topic --name alarms
aws firehose create-delivery-stream --delivery-stream-name web --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::logs,Prefix=web/,CompressionFormat=GZIP,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
aws firehose create-delivery-stream --delivery-stream-name alarms --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::logs,Prefix=alarms/,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
sleep 25
aws firehose create-delivery-stream --delivery-stream-name clicks --delivery-stream-type KinesisStreamAsSource --kinesis-stream-source-configuration KinesisStreamARN=arn:aws:kinesis:us-east-1:000000000000:stream/clicks,RoleARN=arn:aws:iam::000000000000:role/firehose --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::logs,Prefix=clicks/,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
aws sns subscribe --topic-arn alarms --protocol firehose --notification-endpoint arn:aws:firehose:us-east-1:000000000000:deliverystream/alarms --attributes SubscriptionRoleArn=arn:aws:iam::000000000000:role/sns
sleep 25
app create-producer --name servers --to delivery/web --rate 20/s --batch 20 --count 1000 --body 'GET /shop/cart user {n} status 200 in 12 ms'
app create-producer --name site --to stream/clicks --rate 5/s --batch 5 --count 250 --body 'click {n}'
aws sns publish --topic-arn alarms --message 'the door of shop 3 is open'
sleep 150
expect delivery/web delivered=1000
expect delivery/clicks delivered=250
expect delivery/alarms delivered=1
aws s3api list-objects-v2 --bucket logs --query 'Contents[].[Key,Size]'

# Try: compare web/ with its 45 KB of lines: gzip. Which of the three sources could be read again?
