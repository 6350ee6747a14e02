# No lock-in. One client with an open protocol, AMQP 1.0, and three brokers of three makers under it.
aws mq create-broker --broker-name harbour --engine-type ACTIVEMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.m5.large --no-publicly-accessible --users Username=app,Password=deep-sea-777
aws mq create-broker --broker-name warren --engine-type RABBITMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.m7g.large --no-publicly-accessible --users Username=app,Password=deep-sea-777
sleep 20m
broker declare-queue --broker warren --queue letters
app create-client --name post --broker harbour --protocol amqp10 --role both --destination letters --rate 4/s --body 'letter {n}'
sleep 30
expect brokerqueue/harbour/letters acknowledged>=100

# ActiveMQ to RabbitMQ: an address. RabbitMQ to a broker in one's own cellar: an address.
app update --name post --broker warren
sleep 30
expect brokerqueue/warren/letters acknowledged>=100
app update --name post --broker onprem
sleep 30
expect brokerqueue/onprem/letters acknowledged>=100
expect app/post lost=0 protocol=amqp10

# Try: app update --name post --protocol mqtt --broker warren. Which broker speaks what?
