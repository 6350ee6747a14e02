# CSV in, Parquet out. A function makes JSON of each line and drops comments; Firehose converts what it answers by the
# columns of a Glue table, and puts aside what fits nowhere.
aws s3api create-bucket --bucket warehouse
aws glue create-database --database-input Name=shop
aws glue create-table --database-name shop --table-input '{"Name":"sales","StorageDescriptor":{"Columns":[{"Name":"customer","Type":"string"},{"Name":"item","Type":"string"},{"Name":"price","Type":"int"}]}}'
aws lambda create-function --function-name to-json --runtime nodejs22.x --role arn:aws:iam::000000000000:role/functions --handler csv-to-json --code S3Bucket=code,S3Key=to-json.zip --environment 'Variables={COLUMNS="customer,item,price"}'
aws firehose create-delivery-stream --delivery-stream-name sales --extended-s3-destination-configuration '{"RoleARN":"arn:aws:iam::000000000000:role/firehose","BucketARN":"arn:aws:s3:::warehouse","Prefix":"sales/","ErrorOutputPrefix":"bad/!{firehose:error-output-type}/","BufferingHints":{"SizeInMBs":64,"IntervalInSeconds":60},"ProcessingConfiguration":{"Enabled":true,"Processors":[{"Type":"Lambda","Parameters":[{"ParameterName":"LambdaArn","ParameterValue":"arn:aws:lambda:us-east-1:000000000000:function:to-json"},{"ParameterName":"BufferIntervalInSeconds","ParameterValue":"5"}]}]},"DataFormatConversionConfiguration":{"Enabled":true,"SchemaConfiguration":{"DatabaseName":"shop","TableName":"sales","RoleARN":"arn:aws:iam::000000000000:role/firehose"},"InputFormatConfiguration":{"Deserializer":{"OpenXJsonSerDe":{}}},"OutputFormatConfiguration":{"Serializer":{"ParquetSerDe":{}}}}}'
sleep 25
app create-producer --name till --to delivery/sales --rate 4/s --batch 4 --count 200 --body 'customer {n},shoes,12'
sleep 30
aws firehose put-record --delivery-stream-name sales --record 'Data="# closed on Sunday"' --cli-binary-format raw-in-base64-out
aws firehose put-record --delivery-stream-name sales --record 'Data="ann,hat,a lot"' --cli-binary-format raw-in-base64-out
sleep 150
expect delivery/sales delivered=200 dropped=1 failed=1 transformed=201

# Try: aws s3api list-objects-v2 --bucket warehouse; then open the Object pane (O): the Parquet file, and what failed.
