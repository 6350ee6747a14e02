# A hot shard. Forty machines share two shards well; then one of them goes wild, and its shard is full while the other one idles.
aws kinesis create-stream --stream-name readings --shard-count 2
aws kinesis wait stream-exists --stream-name readings
app create-producer --name plant --to stream/readings --rate 1600/s --count 3200 --batch 100 --retries 0 --key 'sensor-{1..40}'
sleep 5
expect app/plant sent=3200 throttled=0

# 1,500 a second are less than 1,600, but all of them have one key.
app create-producer --name wild --to stream/readings --rate 1500/s --count 2000 --batch 100 --retries 0 --key sensor-7
sleep 5
expect app/wild throttled>=100

# More shards do not divide one key.
aws kinesis split-shard --stream-name readings --shard-to-split shardId-000000000001 --new-starting-hash-key 255211775190703847597530955573826158592
sleep 5
app create-producer --name wild-again --to stream/readings --rate 1500/s --count 2000 --batch 100 --retries 0 --key sensor-7
sleep 5
expect app/wild-again throttled>=100

# Many keys do: the order of the machine's readings is the price.
app create-producer --name tamed --to stream/readings --rate 1500/s --count 3000 --batch 100 --retries 0 --key 'sensor-7-{1..40}'
sleep 5
expect app/tamed sent=3000 throttled=0

# Try: why app/wild, and the Shards pane (esc, K).
