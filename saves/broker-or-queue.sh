# A broker beside a queue. The broker runs on a server: the smallest one, mq.t3.micro. Both get the same work.
aws mq create-broker --broker-name warren --engine-type ACTIVEMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.t3.micro --no-publicly-accessible --users Username=app,Password=deep-sea-777
aws sqs create-queue --queue-name readings
time until broker/warren state=RUNNING --within 30m
app create-client --name old-gauge --broker warren --protocol openwire --role producer --destination queue://readings --rate 2/s --failover --body 'reading {n}'
app create-producer --name new-gauge --to queue/readings --rate 2/s --body 'reading {n}'
sleep 30

# The weekly maintenance: the broker is away for half a minute. SQS has no such thing.
ID=$(aws mq list-brokers --query 'BrokerSummaries[0].BrokerId' --output text)
aws mq reboot-broker --broker-id $ID
sleep 2m
expect app/old-gauge connectionsLost>=1 connected=1
expect app/new-gauge failed=0 lost=0

# 400 clients want to take. The server holds 300 connections of a protocol; the queue does not count them.
app create-client --name old-crowd --broker warren --protocol stomp --role consumer --destination /queue/readings --concurrency 400 --prefetch 1
app create-consumer --name new-crowd --from queue/readings --concurrency 400
sleep 30
expect app/old-crowd connected=300 disconnected=100
expect app/new-crowd failed=0 throttled=0

# At night nobody speaks. The broker costs by the hour, the queue by the call.
app stop --name old-gauge
app stop --name new-gauge
app stop --name old-crowd
app stop --name new-crowd
sleep 12h
cost
expect cost/mq usd>=0.35
expect cost/sqs usd<0.01

# Try: aws mq update-broker --broker-id $ID --host-instance-type mq.m5.large, aws mq reboot-broker. What does a day cost then?
