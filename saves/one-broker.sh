# One broker for queues and topics. A shop: each order is packed once, shown on both screens, and the alarm of the cold
# store reaches everybody who is there.
aws mq create-broker --broker-name shop --engine-type ACTIVEMQ --deployment-mode SINGLE_INSTANCE --host-instance-type mq.m5.large --no-publicly-accessible --users Username=app,Password=deep-sea-777
time until broker/shop state=RUNNING --within 30m
app create-client --name pia --broker shop --protocol openwire --role consumer --destination queue://pack --prefetch 1 --time 1s
app create-client --name paul --broker shop --protocol openwire --role consumer --destination queue://pack --prefetch 1 --time 2s
app create-client --name shop-screen --broker shop --protocol wss --role consumer --destination /topic/placed
app create-client --name kitchen-screen --broker shop --protocol stomp --role consumer --destination /topic/placed
app create-client --name web --broker shop --protocol openwire --role producer --rate 2/s --count 60 --destination queue://pack,topic://placed --body 'order {n}'
app create-client --name cold-store --broker shop --protocol mqtt --role producer --rate 6/min --destination alarms/cold --body '{n} degrees'
app create-client --name janitor --broker shop --protocol amqp10 --role consumer --destination topic://alarms.cold

# A minute and a half later: 60 sends, 60 parcels, 120 lines on screens. pia is quicker, and has packed more.
sleep 90
expect brokerqueue/shop/pack acknowledged=60 ready=0
expect app/shop-screen processed=60
expect app/kitchen-screen processed=60
expect app/pia processed>=35
expect app/janitor processed>=8

# Try: app stop --name janitor, sleep 1m, app start --name janitor. What did the janitor miss, and what would --durable change?
