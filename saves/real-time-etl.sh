# ETL on the way. Orders come as CSV; a function cleans them, a query finds the customer, and each customer has a folder.
aws s3api create-bucket --bucket lake
aws lambda create-function --function-name clean --runtime nodejs22.x --role arn:aws:iam::000000000000:role/functions --handler csv-to-json --code S3Bucket=code,S3Key=clean.zip --environment 'Variables={COLUMNS="customer,item,price"}'
aws firehose create-delivery-stream --delivery-stream-name orders --extended-s3-destination-configuration '{"RoleARN":"arn:aws:iam::000000000000:role/firehose","BucketARN":"arn:aws:s3:::lake","Prefix":"customer=!{partitionKeyFromQuery:customer}/","ErrorOutputPrefix":"bad/!{firehose:error-output-type}/","BufferingHints":{"SizeInMBs":64,"IntervalInSeconds":60},"DynamicPartitioningConfiguration":{"Enabled":true},"ProcessingConfiguration":{"Enabled":true,"Processors":[{"Type":"Lambda","Parameters":[{"ParameterName":"LambdaArn","ParameterValue":"arn:aws:lambda:us-east-1:000000000000:function:clean"},{"ParameterName":"BufferIntervalInSeconds","ParameterValue":"5"}]},{"Type":"MetadataExtraction","Parameters":[{"ParameterName":"MetadataExtractionQuery","ParameterValue":"{customer:.customer}"},{"ParameterName":"JsonParsingEngine","ParameterValue":"JQ-1.6"}]}]}}'
sleep 25
app create-producer --name ann --to delivery/orders --rate 1/s --count 40 --body 'ann,shoes {n},12'
app create-producer --name bob --to delivery/orders --rate 1/s --count 40 --body 'bob,hat {n},20'
sleep 10
aws firehose put-record --delivery-stream-name orders --record 'Data="# closed on Sunday"' --cli-binary-format raw-in-base64-out
aws firehose put-record --delivery-stream-name orders --record 'Data="cy,\"coat,90"' --cli-binary-format raw-in-base64-out
sleep 150
expect delivery/orders delivered=80 dropped=1 failed=1
aws s3api list-objects-v2 --bucket lake --query 'Contents[].[Key,Size]'

# Try: read the object under bad/: what failed is there as it came. Let a third customer order, and look for its folder.
