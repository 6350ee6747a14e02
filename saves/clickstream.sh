# Clickstream. Clicks of twenty visitors over two shards: a dashboard and a session builder read all of them, each visitor's in order.
aws kinesis create-stream --stream-name clicks --shard-count 2
aws kinesis wait stream-exists --stream-name clicks
app create-consumer --name dashboard --from stream/clicks --start trim-horizon
app create-kcl-workers --name sessions --from stream/clicks --workers 2 --start trim-horizon
app create-producer --name web --to stream/clicks --rate 4/s --count 240 --key 'visitor-{1..20}' --body 'click {n}'

# A worker of the session builder dies. Ten seconds later the other one goes on at its checkpoint.
sleep 20
app crash --name sessions-1
sleep 60
expect app/web sent=240 lost=0
expect app/dashboard processed=240 outOfOrder=0
expect app/sessions workersRunning=1 leasesHeld=2 outOfOrder=0
expect shard/clicks/0 put>=100
expect shard/clicks/1 put>=100

# The next day's idea: who came from the newsletter? The clicks are still there.
app create-consumer --name newsletter --from stream/clicks --start trim-horizon
sleep 5
expect app/newsletter processed=240 outOfOrder=0

# Try: aws kinesis split-shard, while web goes on (app update --name web --count 1000). Is anything out of order?
