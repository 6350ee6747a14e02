# Poison message. One order in 25 cannot be worked: it holds text the worker does not understand.
# Without a dead-letter queue it would come back for ever. After three receives it is moved to orders-dead.
aws sqs create-queue --queue-name orders-dead --attributes MessageRetentionPeriod=1209600
aws sqs create-queue --queue-name orders --attributes '{"VisibilityTimeout": "10", "RedrivePolicy": "{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:000000000000:orders-dead\", \"maxReceiveCount\": 3}"}'
app create-producer --name web --to queue/orders --rate 2/s --body '{"order": {n}, "size": "{S,M,L,S,M,L,S,M,L,S,M,L,S,M,L,S,M,L,S,M,L,S,M,L,huge}"}'
app create-consumer --name worker --from queue/orders --concurrency 4 --time 500ms..1s --fail-on huge

# Each poison message is received three times, ten seconds apart, and then no more.
sleep 90
expect queue/orders deadLettered>=4
expect queue/orders-dead visible>=4 received=0
aws sqs receive-message --queue-url https://sqs.us-east-1.amazonaws.com/000000000000/orders-dead --message-system-attribute-names ApproximateReceiveCount DeadLetterQueueSourceArn

# Try: app update --name worker --fail-on nothing, then
# aws sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:000000000000:orders-dead
