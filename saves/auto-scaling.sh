# Auto Scaling on the length of a queue. A group of one to six workers; each job takes 2 s, and 12 a minute come.
aws sqs create-queue --queue-name jobs --attributes VisibilityTimeout=60
aws autoscaling create-launch-configuration --launch-configuration-name worker-v1 --image-id ami-0abcdef1234567890 --instance-type t3.micro
aws autoscaling create-auto-scaling-group --auto-scaling-group-name workers --launch-configuration-name worker-v1 --min-size 1 --max-size 6 --availability-zones us-east-1a us-east-1b
app create-fleet --name crew --group workers --from queue/jobs --time 2s
app create-producer --name web --to queue/jobs --rate 12/min --body 'job {n}'
sleep 4m

# Out: more than 100 jobs wait at the end of a minute, and the group grows by three. In: two quiet minutes, and one is left.
OUT=$(aws autoscaling put-scaling-policy --auto-scaling-group-name workers --policy-name out --policy-type SimpleScaling --adjustment-type ChangeInCapacity --scaling-adjustment 3 --cooldown 120 --query PolicyARN --output text)
aws cloudwatch put-metric-alarm --alarm-name backlog-high --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=jobs --statistic Maximum --period 60 --evaluation-periods 1 --threshold 100 --comparison-operator GreaterThanThreshold --alarm-actions $OUT
IN=$(aws autoscaling put-scaling-policy --auto-scaling-group-name workers --policy-name in --policy-type SimpleScaling --adjustment-type ExactCapacity --scaling-adjustment 1 --cooldown 120 --query PolicyARN --output text)
aws cloudwatch put-metric-alarm --alarm-name backlog-low --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=jobs --statistic Maximum --period 60 --evaluation-periods 2 --threshold 10 --comparison-operator LessThanOrEqualToThreshold --alarm-actions $IN

# A rush: 600 jobs in one minute. One worker alone would need 20 minutes for them.
app create-producer --name rush --to queue/jobs --rate 10/s --count 600 --body 'rush {n}'
sleep 5m
expect group/workers desired>=4 inService>=4
expect alarm/backlog-high StateValue=ALARM

# The backlog is worked off; the quiet minutes send the workers home, and none of their jobs is lost.
sleep 12m
expect queue/jobs visible<5 expired=0 deadLettered=0
expect group/workers desired=1
aws cloudwatch describe-alarms --query 'MetricAlarms[].[AlarmName,StateValue]' --output text

# Try: g on the queue shows the curve and the alarm's line. What would a threshold of 20 have changed?
