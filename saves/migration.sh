# Migration. A till and a packer speak AMQP 1.0 with a broker in the company's own cellar. The cellar will be closed.
app create-client --name till --broker onprem --protocol amqp10 --role producer --destination orders --rate 2/s --body 'order {n}'
app create-client --name packer --broker onprem --protocol amqp10 --role consumer --destination orders --time 200ms
aws mq create-broker --broker-name harbour --engine-type ACTIVEMQ --deployment-mode ACTIVE_STANDBY_MULTI_AZ --host-instance-type mq.m5.large --no-publicly-accessible --users Username=app,Password=deep-sea-777
aws sqs create-queue --queue-name orders
time until broker/harbour state=RUNNING --within 30m
expect app/till lost=0

# SQS has a queue, and speaks no AMQP: the till would have to be rewritten.
app update --name till --broker queue/orders || true

# Amazon MQ speaks it. The till gets a new address, then the packer, once the old queue is empty. No code changes.
app update --name till --broker harbour
sleep 5
expect brokerqueue/onprem/orders ready=0 unacknowledged=0
app update --name packer --broker harbour
sleep 60
expect app/till lost=0 broker=harbour connected=1
expect app/packer connected=1
expect brokerqueue/harbour/orders ready<3 acknowledged>=100

# Try: fault inject --kind crash --on broker/harbour --for 1m. Who notices? (app update --name till --failover helps.)
