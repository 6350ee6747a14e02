# Into a lake and into search. One pipeline loads clicks into S3, one loads log lines into OpenSearch: two delivery
# streams, no consumer, no code.
aws s3api create-bucket --bucket lake
aws s3api create-bucket --bucket failed-docs
aws firehose create-delivery-stream --delivery-stream-name clicks --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake,Prefix=clicks/,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
aws firehose create-delivery-stream --delivery-stream-name logs --amazonopensearchservice-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,ClusterEndpoint=https://search.example.com,IndexName=logs,BufferingHints={SizeInMBs=1,IntervalInSeconds=60},S3Configuration={RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::failed-docs,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}}'
sleep 25
app create-producer --name web --to delivery/clicks --rate 20/s --batch 20 --size 500 --body 'click {n}'
app create-producer --name shop --to delivery/logs --rate 5/s --batch 5 --body '{"level":"info","line":{n}}'
sleep 150
expect delivery/clicks objects>=2 failed=0
expect delivery/logs delivered>=600 failed=0

# A line that is no JSON cannot be a document: it lies in S3, with the error beside it.
aws firehose put-record --delivery-stream-name logs --record Data=hello --cli-binary-format raw-in-base64-out
sleep 130
expect delivery/logs failed=1 backedUp=1
expect bucket/failed-docs objects=1

# Try: app update --name web --rate 200/s, and watch in the Buffer pane (B) when size overtakes time.
