# Queues behind a topic. The same orders go to a web hook and to a queue; then both of their owners are away for an hour.
aws sns create-topic --name orders
aws sqs create-queue --queue-name shipping --attributes '{"Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:shipping\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:000000000000:orders\"}}}]}"}'
app create-endpoint --name partner-hook --kind http --confirms
aws sns subscribe --topic-arn arn:aws:sns:us-east-1:000000000000:orders --protocol https --notification-endpoint https://partner-hook.example.com
aws sns subscribe --topic-arn arn:aws:sns:us-east-1:000000000000:orders --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:shipping
app create-consumer --name packer --from queue/shipping --time 1s
app create-producer --name shop --to topic/orders --rate 6/min --body 'order {n}'
sleep 5m
expect app/packer processed>=25

# Lunch: the packer stops, and the partner's web hook answers with errors.
app stop --name packer
app update --name partner-hook --answers 500
sleep 1h
expect queue/shipping visible>=300
expect topic/orders lost>=300

# Both are back. The queue kept every order; the web hook has only what comes from now on.
app start --name packer
app update --name partner-hook --answers 200
sleep 15m
expect queue/shipping visible<5 expired=0
expect app/packer processed>=400

# Try: story of an order that was lost, and of one that waited in the queue.
