# Order processing. Each customer's order is created, paid and shipped, and nobody may be charged twice.
# A FIFO queue keeps the order of a group, and forgets a message it has seen within five minutes.
aws sqs create-queue --queue-name orders.fifo --attributes FifoQueue=true,VisibilityTimeout=30,ReceiveMessageWaitTimeSeconds=20
URL=$(aws sqs get-queue-url --queue-name orders.fifo --query QueueUrl --output text)
aws sqs send-message --queue-url $URL --message-body created --message-group-id customer-1 --message-deduplication-id order-1-created
aws sqs send-message --queue-url $URL --message-body paid --message-group-id customer-1 --message-deduplication-id order-1-paid

# The web server had no answer and sends "paid" again: it is accepted, and not there a second time.
aws sqs send-message --queue-url $URL --message-body paid --message-group-id customer-1 --message-deduplication-id order-1-paid
aws sqs send-message --queue-url $URL --message-body shipped --message-group-id customer-1 --message-deduplication-id order-1-shipped
expect queue/orders.fifo visible=3

# Three messages in the order they were sent. While they are worked, nothing else of customer-1 is handed out.
aws sqs receive-message --queue-url $URL --max-number-of-messages 10 --query 'Messages[].Body'
aws sqs purge-queue --queue-url $URL
sleep 60

# Twenty customers, and two web servers that both send every order: one message each is left.
app create-producer --name web-a --to queue/orders.fifo --rate 5/s --group 'customer-{1..20}' --dedup 'order-{n}' --body 'order {n}'
app create-producer --name web-b --to queue/orders.fifo --rate 5/s --group 'customer-{1..20}' --dedup 'order-{n}' --body 'order {n}'
app create-consumer --name worker --from queue/orders.fifo --concurrency 8 --time 500ms
sleep 60
expect app/web-a sent>=295
expect app/web-b sent>=295
expect app/worker processed>=290 processed<=302 outOfOrder=0 repeatedEffects=0

# Try: app create-consumer --name second --from queue/orders.fifo --concurrency 20. Is the order of a customer kept?
