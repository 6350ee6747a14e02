# Fan-out. One publish brings an order to the fraud check and to shipping, each with its own queue and its own pace.
aws sns create-topic --name orders
aws sqs create-queue --queue-name fraud
aws sqs create-queue --queue-name shipping
aws sqs set-queue-attributes --queue-url fraud --attributes '{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:fraud\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:000000000000:orders\"}}}]}"}'
aws sqs set-queue-attributes --queue-url shipping --attributes '{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:shipping\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:000000000000:orders\"}}}]}"}'
aws sns subscribe --topic-arn orders --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:fraud
aws sns subscribe --topic-arn orders --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:shipping
app create-consumer --name check --from queue/fraud --time 200ms --concurrency 2
app create-consumer --name packer --from queue/shipping --time 1500ms --concurrency 2
app create-producer --name web --to topic/orders --rate 4/s --count 120 --body 'order {n}'

# The packers are away for a while. Nobody else notices, and nothing is lost.
sleep 10
app stop --name packer
sleep 40
expect app/web sent=120 lost=0
expect app/check processed=120
expect queue/shipping visible>=90
app start --name packer
sleep 100
expect app/packer processed=120
expect topic/orders published=120 delivered=240 lost=0

# Try: aws sns subscribe a third queue, and publish more. What has to be changed in web?
