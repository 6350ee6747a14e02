# Ordered fan-out. A FIFO topic with two FIFO queues: the same order for both, and each order once.
aws sns create-topic --name orders.fifo --attributes FifoTopic=true,ContentBasedDeduplication=true
aws sqs create-queue --queue-name fraud.fifo --attributes '{"FifoQueue":"true","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:fraud.fifo\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:000000000000:orders.fifo\"}}}]}"}'
aws sqs create-queue --queue-name shipping.fifo --attributes '{"FifoQueue":"true","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:shipping.fifo\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:000000000000:orders.fifo\"}}}]}"}'
aws sns subscribe --topic-arn orders.fifo --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:fraud.fifo --attributes RawMessageDelivery=true
aws sns subscribe --topic-arn orders.fifo --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:shipping.fifo --attributes RawMessageDelivery=true
aws sns publish --topic-arn orders.fifo --message created --message-group-id order-1
aws sns publish --topic-arn orders.fifo --message paid --message-group-id order-1

# No answer came, so the program publishes "paid" again: accepted, and not delivered again.
aws sns publish --topic-arn orders.fifo --message paid --message-group-id order-1
aws sns publish --topic-arn orders.fifo --message shipped --message-group-id order-1
sleep 1
aws sqs receive-message --queue-url fraud.fifo --max-number-of-messages 10 --query 'Messages[].Body'
aws sqs receive-message --queue-url shipping.fifo --max-number-of-messages 10 --query 'Messages[].Body'
expect topic/orders.fifo published=3 deduplicated=1 delivered=6

# Twenty customers, and two web servers that both publish each order.
sleep 60
aws sqs purge-queue --queue-url fraud.fifo
aws sqs purge-queue --queue-url shipping.fifo
sleep 60
app create-producer --name web-a --to topic/orders.fifo --rate 5/s --count 200 --group 'customer-{1..20}' --dedup 'order-{n}' --body 'order {n}'
app create-producer --name web-b --to topic/orders.fifo --rate 5/s --count 200 --group 'customer-{1..20}' --dedup 'order-{n}' --body 'order {n}'
app create-consumer --name check --from queue/fraud.fifo --time 200ms --concurrency 8
app create-consumer --name packer --from queue/shipping.fifo --time 500ms --concurrency 8
sleep 90
expect app/check processed=200 outOfOrder=0 repeatedEffects=0
expect app/packer processed=200 outOfOrder=0 repeatedEffects=0

# Try: aws sns subscribe --topic-arn orders.fifo --protocol email --notification-endpoint ana@example.com
