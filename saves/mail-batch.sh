# Batch work. A newsletter for 3,000 subscribers, put on a queue in calls of ten, and sent slowly through the day.
# The mail server takes a second for each, 1 address in 50 is wrong, and a worker crashes now and then.
aws sqs create-queue --queue-name wrong-addresses --attributes MessageRetentionPeriod=1209600
aws sqs create-queue --queue-name mails --attributes '{"VisibilityTimeout": "20", "ReceiveMessageWaitTimeSeconds": "20", "RedrivePolicy": "{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:000000000000:wrong-addresses\", \"maxReceiveCount\": 3}"}'
app create-producer --name newsletter --to queue/mails --rate 100/s --batch 10 --count 3000 --body 'mail {n} to {ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,wrong}'
app create-consumer --name sender --from queue/mails --concurrency 10 --batch 10 --time 1s --fail-on wrong --crash '1 in 500'

# Half a minute: all is on the queue, and the newsletter's own work is done. Sending has hardly begun.
sleep 31
expect app/newsletter sent=3000
expect queue/mails visible>=2500

# Nine minutes later somebody starts the crashed workers again. What they had held was back after 20 s, for the others.
time skip --for 9m
app start --name sender
time skip --for 2m
expect queue/mails visible=0 inFlight=0
expect app/sender processed>=2930
expect queue/wrong-addresses visible>=55 visible<=70

# Every mail is sent, or lies with the wrong addresses. What did it cost?
# Ten messages in a call are one request, and an idle worker asks only three times a minute.
expect cost/sqs requests<=5000
cost

# Try: app update --name newsletter --batch 1 before it begins, and compare the requests.
