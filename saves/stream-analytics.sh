# Real-time analytics, and ETL beside it. Sales of four shops in one stream: counted by shop in windows of ten seconds, while a delivery stream loads the same records into the lake.
aws kinesis create-stream --stream-name sales --shard-count 2
aws kinesis create-stream --stream-name counts --shard-count 1
aws kinesis wait stream-exists --stream-name sales
aws kinesis wait stream-exists --stream-name counts
aws s3api create-bucket --bucket lake
aws firehose create-delivery-stream --delivery-stream-name to-lake --delivery-stream-type KinesisStreamAsSource --kinesis-stream-source-configuration KinesisStreamARN=arn:aws:kinesis:us-east-1:000000000000:stream/sales,RoleARN=arn:aws:iam::000000000000:role/firehose --extended-s3-destination-configuration 'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake,Prefix=sales/,BufferingHints={SizeInMBs=1,IntervalInSeconds=60}'
sleep 30
app create-flink --name by-shop --from stream/sales --to stream/counts --window 10s
app create-consumer --name screen --from stream/counts --start trim-horizon
app create-producer --name tills --to stream/sales --rate 4/s --count 240 --key 'shop-{1..4}' --body '{"sale":{n},"price":12}'

# Ten seconds of sales are counted some seconds later; the lake has them a minute later.
sleep 25
expect app/by-shop windowsClosed>=1
expect app/screen processed>=4
expect delivery/to-lake objects=0
sleep 150
expect app/tills sent=240 lost=0
expect app/by-shop windowsClosed>=6 lateRecords=0
expect delivery/to-lake delivered=240
aws s3api list-objects-v2 --bucket lake --query 'Contents[].Size'

# Try: app create-flink --name by-minute --from stream/sales --to stream/counts --window 1m --start trim-horizon. The old sales are counted again.
