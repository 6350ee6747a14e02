# Logs of servers, for immediate analysis. Agents on three servers put their lines into a stream; a watcher reads them, and an alarm tells the ones on duty when a server writes too much.
aws sns create-topic --name on-duty
app create-endpoint --name nora --kind mailbox --confirms
aws sns subscribe --topic-arn on-duty --protocol email --notification-endpoint nora@example.com
aws kinesis create-stream --stream-name logs --shard-count 1
aws kinesis wait stream-exists --stream-name logs
aws cloudwatch put-metric-alarm --alarm-name too-many-lines --namespace AWS/Kinesis --metric-name IncomingRecords --dimensions Name=StreamName,Value=logs --statistic Sum --period 60 --evaluation-periods 1 --threshold 500 --comparison-operator GreaterThanThreshold --alarm-actions arn:aws:sns:us-east-1:000000000000:on-duty
app create-consumer --name watch --from stream/logs --start trim-horizon
app create-agent --name server-1 --to stream/logs --max-buffer-age 1s --rate 1/s --count 300 --body 'server-1 GET /cart 200'
app create-agent --name server-2 --to stream/logs --max-buffer-age 1s --rate 1/s --count 300 --body 'server-2 GET /cart 200'

# Two quiet minutes. Then a third server goes wrong: an error every 50 milliseconds.
sleep 2m
expect alarm/too-many-lines StateValue!=ALARM
app create-agent --name server-3 --to stream/logs --max-buffer-age 1s --rate 20/s --count 2000 --body 'server-3 GET /cart 500'
sleep 5
expect app/watch processed>=250
time until alarm/too-many-lines StateValue=ALARM --within 5m
expect endpoint/nora accepted>=1
sleep 3m
expect app/watch processed=2600
expect stream/logs put=2600 throttledPuts=0

# Try: why alarm/too-many-lines. Which minute was it, and how long after it did nora know?
