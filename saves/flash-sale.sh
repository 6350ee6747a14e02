# Flash sale. The shop sends 12 orders a second, and ten times as many from second 20 to second 30 of each minute.
# Twelve workers take about 24 orders a second: plenty, until the sale begins.
aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=30
URL=$(aws sqs get-queue-url --queue-name orders --query QueueUrl --output text)
app create-producer --name web --to queue/orders --rate 12/s --pattern spike --body 'order {n}'
app create-consumer --name worker --from queue/orders --concurrency 12 --time 200ms..800ms

# Before the sale no order waits for a second.
sleep 18
expect queue/orders visible<20 oldestAgeMs<3s

# The sale. Nothing is refused, nothing is lost: what the workers cannot take yet waits in the queue.
sleep 13
aws sqs get-queue-attributes --queue-url $URL --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible
expect queue/orders visible>=700 expired=0
expect app/web lost=0 throttled=0

# Try: app update --name worker --concurrency 60, and watch the oldest message. What does it cost to do nothing?
