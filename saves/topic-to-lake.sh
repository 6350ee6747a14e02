# SNS to Firehose to S3. A topic keeps nothing; a delivery stream behind it brings all it tells into a bucket.
aws s3api create-bucket --bucket archive
aws sns create-topic --name orders
aws firehose create-delivery-stream --delivery-stream-name archive --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::archive,Prefix=orders/,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
sleep 25
aws sns subscribe --topic-arn orders --protocol firehose --notification-endpoint arn:aws:firehose:us-east-1:000000000000:deliverystream/archive --attributes SubscriptionRoleArn=arn:aws:iam::000000000000:role/sns
app create-producer --name web --to topic/orders --rate 2/s --count 120 --body 'order {n}'
sleep 150
expect topic/orders published=120 delivered=120 lost=0
expect delivery/archive delivered=120 failed=0
aws s3api list-objects-v2 --bucket archive --query 'Contents[].[Key,Size]'

# Try: RawMessageDelivery=true on the subscription, and publish again. What is different in the object?
