# Central notifications. Alarms and programs publish to one topic; filters bring each team what concerns it.
aws sns create-topic --name ops
app create-endpoint --name night-desk --kind mailbox --confirms
app create-endpoint --name pay-team --kind mailbox --confirms
app create-endpoint --name ship-team --kind mailbox --confirms
aws sns subscribe --topic-arn ops --protocol email --notification-endpoint night-desk@example.com
aws sns subscribe --topic-arn ops --protocol email --notification-endpoint pay-team@example.com --attributes '{"FilterPolicy":"{\"team\":[\"pay\"]}"}'
aws sns subscribe --topic-arn ops --protocol email --notification-endpoint ship-team@example.com --attributes '{"FilterPolicy":"{\"team\":[\"ship\"]}"}'
sleep 5
aws sqs create-queue --queue-name orders
aws cloudwatch put-metric-alarm --alarm-name backlog --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=orders --statistic Maximum --period 60 --evaluation-periods 1 --threshold 10 --comparison-operator GreaterThanThreshold --alarm-actions arn:aws:sns:us-east-1:000000000000:ops
repeat 20 aws sqs send-message --queue-url orders --message-body 'order {n}'
aws sns publish --topic-arn ops --message 'a card is refused' --message-attributes '{"team":{"DataType":"String","StringValue":"pay"}}'
aws sns publish --topic-arn ops --message 'a van is late' --message-attributes '{"team":{"DataType":"String","StringValue":"ship"}}'
sleep 4m
app read --name pay-team --newest 1
expect alarm/backlog StateValue=ALARM
expect subscription/ops/night-desk@example.com delivered=3 filteredOut=0
expect subscription/ops/pay-team@example.com delivered=1 filteredOut=2
expect subscription/ops/ship-team@example.com delivered=1 filteredOut=2

# Try: why subscription/ops/pay-team@example.com
