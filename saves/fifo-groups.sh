# FIFO groups. Four customers, one FIFO queue, a message group for each customer.
# The order of customer-2 cannot be worked. Its group waits behind it; the other three flow.
aws sqs create-queue --queue-name orders.fifo --attributes FifoQueue=true,VisibilityTimeout=60
URL=$(aws sqs get-queue-url --queue-name orders.fifo --query QueueUrl --output text)
app create-producer --name web --to queue/orders.fifo --rate 4/s --group 'customer-{1..4}' --body 'order {n} of customer-{1..4}'
app create-consumer --name worker --from queue/orders.fifo --concurrency 4 --time 300ms --fail-on customer-2

# Half a minute later three groups are up to date, and what waits is all of one group.
sleep 30
aws sqs get-queue-attributes --queue-url $URL --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible
expect queue/orders.fifo visible>=25 visible<=32 inFlight>=1
expect app/worker processed>=85 outOfOrder=0

# A receive now finds nothing, though many messages are visible: their group is busy.
aws sqs receive-message --queue-url $URL --max-number-of-messages 10

# Try: add a dead-letter queue, and see what the order of customer-2 is worth then.
