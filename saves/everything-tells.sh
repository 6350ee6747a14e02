# Everything tells. Machines, a database and a table publish to one topic: by a role, as a service, and through a function.
aws sns create-topic --name ops
app create-endpoint --name night-desk --kind mailbox --confirms
aws sns subscribe --topic-arn ops --protocol email --notification-endpoint night-desk@example.com
sleep 5
aws autoscaling create-launch-configuration --launch-configuration-name small --image-id ami-12345678 --instance-type t3.micro
aws autoscaling create-auto-scaling-group --auto-scaling-group-name workers --launch-configuration-name small --min-size 0 --max-size 3 --availability-zones us-east-1a
aws autoscaling put-notification-configuration --auto-scaling-group-name workers --topic-arn ops --notification-types autoscaling:EC2_INSTANCE_LAUNCH autoscaling:EC2_INSTANCE_TERMINATE
app create-database --name shop --engine rds --multi-az
aws rds create-event-subscription --subscription-name shop-news --sns-topic-arn ops --source-type db-instance --source-ids shop --event-categories failover
app create-database --name baskets --engine dynamodb --stream NEW_IMAGE
aws lambda create-function --function-name teller --runtime nodejs22.x --role arn:aws:iam::000000000000:role/teller --handler publish --environment 'Variables={TOPIC_ARN=arn:aws:sns:us-east-1:000000000000:ops}' --zip-file fileb://teller.zip
sleep 5
STREAM=$(aws dynamodbstreams list-streams --table-name baskets --query 'Streams[0].StreamArn' --output text)
aws lambda create-event-source-mapping --function-name teller --event-source-arn $STREAM --starting-position LATEST
sleep 10
aws autoscaling set-desired-capacity --auto-scaling-group-name workers --desired-capacity 1
fault inject --kind crash --on database/shop --for 1m
app write --to database/baskets --body 'two books'
sleep 3m
app read --name night-desk --newest 1
# Two first messages, an instance, a failover that starts and ends, an item.
expect subscription/ops/night-desk@example.com delivered=6
expect dbevents/shop-news sent=2 failed=0
expect group/workers inService=1

# Try: story LAST, or stop the database: aws rds stop-db-instance --db-instance-identifier shop
