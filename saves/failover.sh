# Failover. A pair of ActiveMQ in two zones shares its storage, EFS. The zone of the active server loses its power.
aws mq create-broker --broker-name harbour --engine-type ACTIVEMQ --deployment-mode ACTIVE_STANDBY_MULTI_AZ --host-instance-type mq.m5.large --no-publicly-accessible --users Username=app,Password=deep-sea-777
time until broker/harbour state=RUNNING --within 30m
app create-client --name crane --broker harbour --protocol openwire --role producer --destination queue://boxes --rate 2/s --failover
app create-client --name yard --broker harbour --protocol openwire --role consumer --destination queue://boxes --time 300ms --failover
app create-client --name radar --broker harbour --protocol openwire --role producer --destination queue://positions --rate 4/s --no-persistent --failover
app create-client --name old-crane --broker harbour --protocol openwire --role producer --destination queue://boxes --rate 1/s --endpoint 1
sleep 30
fault inject --kind zone-down --on broker/harbour --zone us-east-1a --for 5m
sleep 1m

# The standby has taken over. Who knows both addresses is back; boxes are all there, positions were only in memory.
expect broker/harbour activeZone=us-east-1b
expect app/crane connected=1 lost=0 reconnects>=1
expect app/yard connected=1
expect app/old-crane connected=0 lost>=30
expect brokerqueue/harbour/boxes lost=0
expect brokerqueue/harbour/positions lost>=100

# Try: why broker/harbour, and the Broker pane: zones, the lock, the shared file system.
